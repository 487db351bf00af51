import { CalendarDotsIcon, KeyIcon, UserIcon, VideoCameraIcon } from "@phosphor-icons/react/ssr";
import { FactList } from "@/components/ui/fact-list";
import { translator } from "@/lib/i18n/translator";

const words = translator("connections");

/** What Microsoft will ask for, said before the organizer leaves. */
export function PermissionList() {
  return (
    <div className="grid gap-3">
      <p className="text-sm">{words("permissions.lead")}</p>
      <FactList
        facts={[
          { glyph: VideoCameraIcon, text: words("permissions.meetings") },
          { glyph: CalendarDotsIcon, text: words("permissions.calendar") },
          { glyph: UserIcon, text: words("permissions.profile") },
          { glyph: KeyIcon, text: words("permissions.offline") },
        ]}
      />
    </div>
  );
}
