import {
  HourglassMediumIcon,
  LinkBreakIcon,
  LinkSimpleIcon,
  MapPinIcon,
  MinusIcon,
  PhoneIcon,
  SealCheckIcon,
} from "@phosphor-icons/react/ssr";
import { type ComponentProps, use } from "react";
import { Badge } from "@/components/ui/badge";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const looks = {
  ready: { tone: "success", glyph: SealCheckIcon },
  creating: { tone: "calm", glyph: HourglassMediumIcon },
  waits: { tone: "danger", glyph: LinkBreakIcon, weight: "bold" },
  failed: { tone: "danger", glyph: LinkBreakIcon, weight: "bold" },
  link: { tone: "none", glyph: LinkSimpleIcon },
  phone: { tone: "none", glyph: PhoneIcon },
  in_person: { tone: "none", glyph: MapPinIcon },
  none: { tone: "none", glyph: MinusIcon },
} as const satisfies Record<string, Pick<ComponentProps<typeof Badge>, "tone" | "glyph" | "weight">>;

/** The state of a Teams meeting, or the kind of place where none is needed. */
export type MeetingState = keyof typeof looks;

interface MeetingBadgeProps {
  state: MeetingState;
  /** `status` on a page that shows the change as it happens. */
  role?: "status";
}

/** The status of a booking's meeting: verified, being created, waiting, or not online. */
export function MeetingBadge({ state, role }: MeetingBadgeProps) {
  return (
    <Badge {...looks[state]} {...(role && { role })}>
      {translator("common", use(getLocale()))(`meeting.${state}`)}
    </Badge>
  );
}
