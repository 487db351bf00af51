import {
  CheckCircleIcon,
  ClockCounterClockwiseIcon,
  EnvelopeSimpleIcon,
  HourglassMediumIcon,
  SealCheckIcon,
  XCircleIcon,
} from "@phosphor-icons/react/ssr";
import { type ComponentProps, use } from "react";
import { Badge } from "@/components/ui/badge";
import type { VisitState } from "@/lib/booking-record/visit-state";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const looks: Record<VisitState, Pick<ComponentProps<typeof Badge>, "tone" | "glyph">> = {
  pending: { tone: "calm", glyph: HourglassMediumIcon },
  unconfirmed: { tone: "warning", glyph: EnvelopeSimpleIcon },
  lapsed: { tone: "none", glyph: ClockCounterClockwiseIcon },
  creating: { tone: "calm", glyph: HourglassMediumIcon },
  waits: { tone: "calm", glyph: HourglassMediumIcon },
  asked: { tone: "success", glyph: CheckCircleIcon },
  failed: { tone: "warning", glyph: HourglassMediumIcon },
  verified: { tone: "success", glyph: SealCheckIcon },
  confirmed: { tone: "success", glyph: CheckCircleIcon },
  declined: { tone: "none", glyph: XCircleIcon },
  cancelled: { tone: "none", glyph: XCircleIcon },
  past: { tone: "none", glyph: ClockCounterClockwiseIcon },
};

/** The booking's status, in a line that is announced when it changes. */
export function VisitBadge({ state, organizerName }: { state: VisitState; organizerName: string }) {
  const word = state === "waits" || state === "failed" ? "creating" : state;
  return (
    <div role="status" className="[&>span]:py-0.5 [&>span]:whitespace-normal">
      <Badge {...looks[state]}>
        {translator("booking", use(getLocale()))(`visit.state.${word}`, { name: organizerName })}
      </Badge>
    </div>
  );
}
