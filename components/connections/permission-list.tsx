import {
  CalendarDotsIcon,
  KeyIcon,
  ShieldCheckIcon,
  UserIcon,
  VideoCameraIcon,
} from "@phosphor-icons/react/ssr";
import { FactList } from "@/components/ui/fact-list";
import { listAskedPermissions } from "@/lib/connections/permission-words";
import { translator } from "@/lib/i18n/translator";

const words = translator("connections");

const glyphs = {
  meetings: VideoCameraIcon,
  calendar: CalendarDotsIcon,
  profile: UserIcon,
  offline: KeyIcon,
  other: ShieldCheckIcon,
} as const;

/** What Microsoft will ask for and why, said before the organizer leaves. `scopes` is what this server asks for. */
export function PermissionList({ scopes }: { scopes: string }) {
  const asked = listAskedPermissions(scopes);
  return (
    <div className="grid gap-3">
      <p className="text-sm">{words("permissions.lead", { count: asked.length })}</p>
      <FactList facts={asked.map(({ key, text, why }) => ({ glyph: glyphs[key], text, detail: why }))} />
    </div>
  );
}
