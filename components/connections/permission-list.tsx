import {
  CalendarDotsIcon,
  KeyIcon,
  ShieldCheckIcon,
  UserIcon,
  VideoCameraIcon,
} from "@phosphor-icons/react/ssr";
import { use } from "react";
import { FactList } from "@/components/ui/fact-list";
import { listAskedPermissions } from "@/lib/connections/permission-words";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const glyphs = {
  meetings: VideoCameraIcon,
  calendar: CalendarDotsIcon,
  calendarRead: CalendarDotsIcon,
  profile: UserIcon,
  offline: KeyIcon,
  other: ShieldCheckIcon,
} as const;

/** What Microsoft will ask for and why, said before the organizer leaves. `scopes` is what this server asks for. */
export function PermissionList({ scopes }: { scopes: string }) {
  const locale = use(getLocale());
  const words = translator("connections", locale);
  const asked = listAskedPermissions(scopes, locale);
  return (
    <div className="grid gap-3">
      <p className="text-sm">{words("permissions.lead", { count: asked.length })}</p>
      <FactList facts={asked.map(({ key, text, why }) => ({ glyph: glyphs[key], text, detail: why }))} />
    </div>
  );
}
