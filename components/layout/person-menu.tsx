import { type ReactNode, use } from "react";
import { ThemeChoice } from "@/components/layout/theme-choice";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { Seal } from "@/components/ui/seal";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export interface Person {
  name: string;
  handle: string;
  email?: string | undefined;
  pictureUrl?: string | undefined;
}

interface PersonMenuProps {
  person: Person;
  links: readonly { href: string; label: string }[];
  signOut: FormAction;
}

const row =
  "flex min-h-10 w-full items-center rounded-md px-3 text-start text-sm font-medium text-ink no-underline transition-colors hover:bg-accent-tint hover:text-accent-strong";

/** The seal at the end of the top bar and what opens from it. The browser's popover does the opening: no script. */
export function PersonMenu({ person, links, signOut }: PersonMenuProps) {
  const words = translator("common", use(getLocale()));
  return (
    <>
      <button
        type="button"
        popoverTarget="person-menu"
        aria-label={words("personMenu.name", { name: person.name })}
        className="flex min-h-11 items-center gap-2 rounded-full text-sm font-medium text-ink"
      >
        <Seal name={person.name} pictureUrl={person.pictureUrl} />
        <span className="max-md:hidden">{words("personMenu.navigation")}</span>
      </button>
      <div
        id="person-menu"
        popover="auto"
        className="absolute inset-auto top-15 end-4 m-0 w-72 max-w-[calc(100vw-2rem)] rounded-lg border border-hairline bg-raised p-2 text-ink shadow-float open:animate-appear md:top-17 md:end-[max(1.5rem,calc((100vw-73rem)/2+1.5rem))]"
      >
        <div className="px-3 pt-2 pb-3 text-sm">
          <p className="font-semibold">{person.name}</p>
          <p className="text-muted">{person.email ?? `/${person.handle}`}</p>
        </div>
        <Rule />
        <nav aria-label={words("personMenu.navigation")}>
          <a href={`/${person.handle}`} className={`${row} lg:hidden`}>
            {words("personMenu.publicPage")}
          </a>
          {links.map((link) => (
            <a key={link.href} href={link.href} className={row}>
              {link.label}
            </a>
          ))}
        </nav>
        <Rule />
        <div className="flex items-center justify-between px-3 py-2 text-sm text-muted">
          {words("theme.legend")}
          <ThemeChoice />
        </div>
        <Rule />
        <PostForm action={signOut}>
          <button type="submit" className={row} data-signs-out="">
            {words("personMenu.signOut")}
          </button>
        </PostForm>
      </div>
    </>
  );
}

function Rule(): ReactNode {
  return <hr className="my-1 border-hairline" />;
}
