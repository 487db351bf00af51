import {
  CalendarCheckIcon,
  ClockIcon,
  IdentificationCardIcon,
  PlugsConnectedIcon,
} from "@phosphor-icons/react/ssr";
import { type ComponentProps, type ReactNode, use } from "react";
import type { Person } from "@/components/layout/person-menu";
import { Shell } from "@/components/layout/shell";
import { TeamSwitch } from "@/components/layout/team-switch";
import type { Glyph } from "@/components/ui/icon";
import type { FormAction } from "@/components/ui/post-form";
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
  /** The teams one is in, by name. */
  teams: ComponentProps<typeof TeamSwitch>["teams"];
  /** The team whose pages these are. */
  teamId?: string | undefined;
  children: ReactNode;
}

/** The pages of a signed-in organizer. */
export function AccountShell(props: AccountShellProps) {
  const { person, role, current, signOut, teams, teamId, children } = props;
  const words = translator("common", use(getLocale()));
  return (
    <Shell
      person={person}
      signOut={signOut}
      home={{ href: "/account/bookings" }}
      navigation={{
        label: words("tabs.navigation"),
        tabs: tabs.map(({ key, ...tab }) => ({
          ...tab,
          label: words(`tabs.${key}`),
          current: key === current,
        })),
      }}
      aside={{ href: `/${person.handle}`, label: words("personMenu.publicPage") }}
      {...(teams.length > 0 ? { switcher: <TeamSwitch teams={teams} current={teamId} /> } : {})}
      menu={[
        { href: "/account/profile", label: words("personMenu.profile") },
        { href: "/account/security", label: words("personMenu.security") },
        { href: "/account/teams", label: words("personMenu.teams") },
        { href: "/account/developer", label: words("personMenu.developer") },
        ...(role === "admin" ? [{ href: "/admin", label: words("personMenu.admin") }] : []),
        { href: "/help", label: words("personMenu.help") },
      ]}
    >
      {children}
    </Shell>
  );
}
