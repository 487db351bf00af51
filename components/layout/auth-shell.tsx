import { type ReactNode, use } from "react";
import { LanguageChoice } from "@/components/layout/language-choice";
import { Mark } from "@/components/layout/mark";
import { ThemeChoice } from "@/components/layout/theme-choice";
import { SkipLink } from "@/components/ui/skip-link";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface AuthShellProps {
  title: string;
  /** One sentence below the title. */
  lead?: ReactNode;
  /** The way to the sister page: "No account yet? Create one". */
  aside?: ReactNode;
  /** What is on the linen beside the form on wide screens: what one gets, in a few facts. */
  beside?: ReactNode;
  children: ReactNode;
}

/** The door: sign up, sign in, a new password. A sheet to write on at the left, the linen at the right. */
export function AuthShell({ title, lead, aside, beside, children }: AuthShellProps) {
  const words = translator("common", use(getLocale()));
  return (
    <div className="grid min-h-dvh bg-surface lg:grid-cols-2">
      <SkipLink>{words("skip.form")}</SkipLink>
      <div className="grid grid-rows-[auto_minmax(0,1fr)_auto] px-4 md:px-6 lg:border-e lg:border-hairline">
        <header className="flex h-16 items-center md:h-20 lg:ps-[max(0px,calc((100vw-73rem)/2))]">
          <Mark href="/" name={words("product")} />
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="grid content-start justify-items-center pt-6 pb-12 outline-none lg:content-center lg:pt-0"
        >
          <div className="grid w-full max-w-96 gap-6">
            <div>
              <h1>{title}</h1>
              {lead && <p className="mt-1 text-muted">{lead}</p>}
            </div>
            {children}
            {aside && <p className="border-t border-hairline pt-4 text-sm text-muted">{aside}</p>}
          </div>
        </main>
        <footer className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4 text-sm text-muted lg:ps-[max(0px,calc((100vw-73rem)/2))]">
          <span>{words("houseLine")}</span>
          <span className="flex flex-wrap items-center gap-x-6 gap-y-2">
            <LanguageChoice />
            <ThemeChoice />
          </span>
        </footer>
      </div>
      <aside className="hidden bg-background px-12 lg:grid lg:place-items-center">
        {beside ?? <DeskBell />}
      </aside>
    </div>
  );
}

/** The bell, large and quiet, drawn in hairlines. */
function DeskBell() {
  return (
    <svg viewBox="0 0 260 200" aria-hidden="true" className="w-80 fill-none stroke-control" strokeWidth="1.5">
      <path d="M40 150a90 90 0 0 1 180 0z" className="fill-surface" />
      <path d="M57 136a74 74 0 0 1 42-54" className="stroke-hairline" strokeWidth="3" strokeLinecap="round" />
      <path d="M124 60v-16h12v16" className="fill-surface" />
      <rect x="106" y="26" width="48" height="18" rx="9" className="fill-brass stroke-brass" />
      <rect x="22" y="158" width="216" height="16" rx="8" className="fill-brass stroke-brass" />
      <path d="M0 182h260" className="stroke-hairline" />
    </svg>
  );
}
