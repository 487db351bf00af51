import { HeartbeatIcon, UsersThreeIcon, WrenchIcon } from "@phosphor-icons/react/ssr";
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
  { key: "setup", href: "/admin", glyph: WrenchIcon },
  { key: "health", href: "/admin/connections", glyph: HeartbeatIcon },
  { key: "users", href: "/admin/users", glyph: UsersThreeIcon },
] as const satisfies readonly { key: string; href: string; glyph: Glyph }[];

export type AdminTab = (typeof tabs)[number]["key"];

interface AdminShellProps {
  person: Person;
  current: AdminTab;
  signOut: FormAction;
  children: ReactNode;
}

/** The house of the platform's administrators. */
export function AdminShell({ person, current, signOut, children }: AdminShellProps) {
  const words = translator("common", use(getLocale()));
  return (
    <div className="pb-15 md:pb-0">
      <SkipLink>{words("skip.content")}</SkipLink>
      <header className="border-b border-hairline bg-surface">
        <div className="wide flex h-14 items-center gap-8 md:h-16">
          <Mark href="/admin" name={words("product")} annex={words("adminTabs.annex")} />
          <TabBar
            label={words("adminTabs.navigation")}
            tabs={tabs.map((tab) => ({
              href: tab.href,
              glyph: tab.glyph,
              label: words(`adminTabs.${tab.key}`),
              current: tab.key === current,
            }))}
          />
          <div className="ms-auto flex items-center gap-4">
            <a className="hidden text-sm lg:inline" href="/account/bookings">
              {words("adminTabs.back")}
            </a>
            <PersonMenu
              person={person}
              signOut={signOut}
              links={[
                { href: "/account/bookings", label: words("adminTabs.back") },
                { href: "/account/profile", label: words("personMenu.profile") },
                { href: "/help", label: words("personMenu.help") },
              ]}
            />
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="wide pt-6 pb-12 outline-none md:pt-8 md:pb-16">
        {children}
      </main>
    </div>
  );
}
