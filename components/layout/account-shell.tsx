import {
  CalendarCheckIcon,
  ClockIcon,
  IdentificationCardIcon,
  PlugsConnectedIcon,
} from "@phosphor-icons/react/ssr";
import { type ReactNode, use } from "react";
import { Mark } from "@/components/layout/mark";
import { type Person, PersonMenu } from "@/components/layout/person-menu";
import { TabBar } from "@/components/layout/tab-bar";
import type { Glyph } from "@/components/ui/icon";
import type { FormAction } from "@/components/ui/post-form";
import { SkipLink } from "@/components/ui/skip-link";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const tabs = [
  { key: "bookings", href: "/account/bookings", glyph: CalendarCheckIcon },
  { key: "event-types", href: "/account/event-types", glyph: IdentificationCardIcon },
  { key: "availability", href: "/account/availability", glyph: ClockIcon },
  { key: "integrations", href: "/account/integrations", glyph: PlugsConnectedIcon },
] as const satisfies readonly { key: string; href: string; glyph: Glyph }[];

export type AccountTab = (typeof tabs)[number]["key"];

interface AccountShellProps {
  person: Person;
  role: "organizer" | "admin";
  /** The tab one is under; none on the pages behind the seal. */
  current?: AccountTab | undefined;
  signOut: FormAction;
  /** Words of the skip link, where "Skip to content" says too little. */
  skip?: string;
  /** A bar that stays at the bottom: Save and what still stops it. */
  footer?: ReactNode;
  children: ReactNode;
}

/** The house of a signed-in organizer: top bar, tabs, one `main`. */
export function AccountShell({ person, role, current, signOut, skip, footer, children }: AccountShellProps) {
  const words = translator("common", use(getLocale()));
  return (
    <div className="pb-15 md:pb-0">
      <SkipLink>{skip ?? words("skip.content")}</SkipLink>
      <header className="border-b border-hairline bg-surface">
        <div className="wide flex h-14 items-center gap-8 md:h-16">
          <Mark href="/account/bookings" name={words("product")} />
          <TabBar
            label={words("tabs.navigation")}
            tabs={tabs.map((tab) => ({
              href: tab.href,
              glyph: tab.glyph,
              label: words(`tabs.${tab.key}`),
              current: tab.key === current,
            }))}
          />
          <div className="ms-auto flex items-center gap-4">
            <a className="hidden text-sm lg:inline" href={`/${person.handle}`}>
              {words("personMenu.publicPage")}
            </a>
            <PersonMenu
              person={person}
              signOut={signOut}
              links={[
                { href: "/account/profile", label: words("personMenu.profile") },
                { href: "/account/developer", label: words("personMenu.developer") },
                ...(role === "admin" ? [{ href: "/admin", label: words("personMenu.admin") }] : []),
                { href: "/help", label: words("personMenu.help") },
              ]}
            />
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="wide pt-6 pb-12 outline-none md:pt-8 md:pb-16">
        {children}
      </main>
      {footer}
    </div>
  );
}
