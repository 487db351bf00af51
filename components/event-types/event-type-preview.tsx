import { CalendarCheckIcon, ClockIcon, LinkSimpleIcon, UsersThreeIcon } from "@phosphor-icons/react/ssr";
import type { ReactNode } from "react";
import { placeGlyphs } from "@/components/booking-page/place-glyphs";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { RealPage } from "@/components/event-types/real-page";
import { type Fact, FactList } from "@/components/ui/fact-list";
import { Panel } from "@/components/ui/panel";
import { Seal } from "@/components/ui/seal";
import { fillIn } from "@/lib/i18n/fill-in";
import type { FormValues } from "@/lib/input/form-values";
import { toSlug } from "@/lib/input/slug";

interface EventTypePreviewProps {
  typed: FormValues;
  words: EventTypeWords;
  organizerName: string;
  addressPrefix: string;
  isNew: boolean;
  /** Days with times, as stored; a new one has none yet. */
  month: ReactNode;
  /** Its booking page as frames show it; null for a new one. */
  frameHref: string | null;
}

/** The head of the booking page as it will be, and what saving means. */
export function EventTypePreview(props: EventTypePreviewProps) {
  const { typed, words, organizerName, addressPrefix, isNew, month, frameHref } = props;
  const title = typed.title?.trim() || words.untitled;
  const kind = typed["location.kind"] as keyof EventTypeWords["places"];
  const consequences: Fact[] = [
    { glyph: CalendarCheckIcon, text: words.keepsBookings },
    { glyph: LinkSimpleIcon, text: words.newAddress },
    { glyph: UsersThreeIcon, text: words.newOnly },
  ];
  return (
    <aside aria-label={words.preview} className="grid gap-3">
      <p className="text-sm font-semibold">{words.preview}</p>
      <Panel className="grid gap-4">
        <div className="flex items-center gap-3">
          <Seal name={organizerName} />
          <div className="min-w-0">
            <p className="text-sm text-muted">{organizerName}</p>
            <p className="text-lg font-strong">{title}</p>
          </div>
        </div>
        {typed.description?.trim() && (
          <p className="text-sm whitespace-pre-line">{typed.description.trim()}</p>
        )}
        <FactList
          facts={[
            { glyph: ClockIcon, text: fillIn(words.inMinutes, { minutes: typed.durationsMinutes ?? "" }) },
            { glyph: placeGlyphs[kind] ?? placeGlyphs.none, text: words.places[kind] ?? "" },
          ]}
        />
        {month}
        <p className="border-t border-hairline pt-4 font-mono text-sm break-all text-muted">
          {addressPrefix}
          {typed.slug?.trim() || toSlug(typed.title ?? "")}
        </p>
      </Panel>
      {frameHref && <RealPage href={frameHref} words={words} />}
      {!isNew && (
        <Panel>
          <h2 className="mb-2.5 text-md tracking-normal">{words.whenYouSave}</h2>
          <FactList facts={consequences} />
        </Panel>
      )}
    </aside>
  );
}
