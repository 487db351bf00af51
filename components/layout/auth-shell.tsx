import type { ReactNode } from "react";
import { Mark } from "@/components/layout/mark";
import { ThemeChoice } from "@/components/layout/theme-choice";
import { SkipLink } from "@/components/ui/skip-link";
import { translator } from "@/lib/i18n/translator";

interface AuthShellProps {
  title: string;
  /** One sentence below the title. */
  lead?: ReactNode;
  /** The way to the sister page: "No account yet? Create one". */
  aside?: ReactNode;
  children: ReactNode;
}

/** The door: sign up, sign in, a new password. */
export function AuthShell({ title, lead, aside, children }: AuthShellProps) {
  const words = translator("common");
  return (
    <div className="grid min-h-dvh grid-rows-[auto_minmax(0,1fr)_auto]">
      <SkipLink>{words("skip.form")}</SkipLink>
      <header className="wide flex h-16 w-full items-center">
        <Mark href="/" name={words("product")} />
      </header>
      <main id="main" tabIndex={-1} className="wide grid w-full items-start outline-none md:items-center">
        <div className="mx-auto grid w-full max-w-104 gap-4 py-6 md:py-12">
          <div className="grid gap-6 rounded-lg border border-hairline bg-surface px-5 py-6 md:px-8 md:py-8">
            <div>
              <h1>{title}</h1>
              {lead && <p className="mt-1 text-muted">{lead}</p>}
            </div>
            {children}
          </div>
          {aside && <p className="text-center text-sm text-muted">{aside}</p>}
        </div>
      </main>
      <footer className="wide flex w-full justify-between py-4 text-sm text-muted">
        <span className="self-center">{words("houseLine")}</span>
        <ThemeChoice />
      </footer>
    </div>
  );
}
