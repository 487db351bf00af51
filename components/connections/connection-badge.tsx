import {
  CheckCircleIcon,
  CircleHalfIcon,
  HourglassIcon,
  PlugsIcon,
  ProhibitIcon,
} from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Badge, type Tone } from "@/components/ui/badge";
import type { Glyph } from "@/components/ui/icon";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const looks = {
  connected: { tone: "success", glyph: CheckCircleIcon },
  reconnect_needed: { tone: "danger", glyph: PlugsIcon },
  limited: { tone: "warning", glyph: CircleHalfIcon },
  not_connected: { tone: "none", glyph: PlugsIcon },
  not_configured: { tone: "none", glyph: ProhibitIcon },
  approval_needed: { tone: "warning", glyph: HourglassIcon },
} as const satisfies Record<string, { tone: Tone; glyph: Glyph }>;

export type ConnectionState = keyof typeof looks;

/** The status of an organizer's connection to a provider. */
export function ConnectionBadge({ state }: { state: ConnectionState }) {
  return <Badge {...looks[state]}>{translator("common", use(getLocale()))(`connection.${state}`)}</Badge>;
}
