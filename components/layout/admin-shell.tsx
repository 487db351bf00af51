import {
  HeartbeatIcon,
  ListMagnifyingGlassIcon,
  UsersThreeIcon,
  WrenchIcon,
} from "@phosphor-icons/react/ssr";
import { type ReactNode, use } from "react";
import type { Person } from "@/components/layout/person-menu";
import { Shell } from "@/components/layout/shell";
import type { Glyph } from "@/components/ui/icon";
import type { FormAction } from "@/components/ui/post-form";
import { version } from "@/lib/config/version";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const tabs = [
  { key: "setup", href: "/admin", glyph: WrenchIcon, short: "setupShort" },
  { key: "health", href: "/admin/connections", glyph: HeartbeatIcon, short: "healthShort" },
  { key: "users", href: "/admin/users", glyph: UsersThreeIcon, short: null },
  { key: "audit", href: "/admin/audit", glyph: ListMagnifyingGlassIcon, short: null },
] as const satisfies readonly { key: string; href: string; glyph: Glyph; short: string | null }[];

export type AdminTab = (typeof tabs)[number]["key"];

interface AdminShellProps {
  person: Person;
  current: AdminTab;
  signOut: FormAction;
  children: ReactNode;
}

/** The pages of the platform's administrators. */
export function AdminShell({ person, current, signOut, children }: AdminShellProps) {
  const words = translator("common", use(getLocale()));
  const back = { href: "/account/bookings", label: words("adminTabs.back") };
  return (
    <Shell
      person={person}
      signOut={signOut}
      home={{ href: "/admin", annex: words("adminTabs.annex") }}
      navigation={{
        label: words("adminTabs.navigation"),
        tabs: tabs.map(({ key, short, ...tab }) => ({
          ...tab,
          ...(short ? { shortLabel: words(`adminTabs.${short}`) } : {}),
          label: words(`adminTabs.${key}`),
          current: key === current,
        })),
      }}
      aside={back}
      menu={[
        back,
        { href: "/account/profile", label: words("personMenu.profile") },
        { href: "/help", label: words("personMenu.help") },
      ]}
      footer={`${words("product")} ${version}`}
    >
      {children}
    </Shell>
  );
}
