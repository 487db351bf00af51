import { CalendarCheckIcon, ClockIcon, LinkSimpleIcon, UsersThreeIcon } from "@phosphor-icons/react/ssr";
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
  /** Its booking page as frames show it; null for a new one. */
  frameHref: string | null;
}

/** The booking page as it will be, and what saving means. One that has no page yet shows its head. */
export function EventTypePreview(props: EventTypePreviewProps) {
  const { typed, words, organizerName, addressPrefix, frameHref } = props;
  const consequences: Fact[] = [
    { glyph: CalendarCheckIcon, text: words.keepsBookings },
    { glyph: LinkSimpleIcon, text: words.newAddress },
    { glyph: UsersThreeIcon, text: words.newOnly },
  ];
  return (
    <aside aria-label={words.preview} className="grid gap-3">
      <p className="text-sm font-semibold">{words.preview}</p>
      {frameHref === null ? (
        <Head typed={typed} words={words} organizerName={organizerName} />
      ) : (
        <>
          <RealPage href={frameHref} typed={typed} words={words} />
          <p className="text-sm text-muted">{words.previewHint}</p>
        </>
      )}
      <p className="font-mono text-sm break-all text-muted">
        {addressPrefix}
        {typed.slug?.trim() || toSlug(typed.title ?? "")}
      </p>
      {frameHref !== null && (
        <Panel>
          <h2 className="mb-2.5 text-md tracking-normal">{words.whenYouSave}</h2>
          <FactList facts={consequences} />
        </Panel>
      )}
    </aside>
  );
}

function Head({
  typed,
  words,
  organizerName,
}: Pick<EventTypePreviewProps, "typed" | "words" | "organizerName">) {
  const kind = typed["location.kind"] as keyof EventTypeWords["places"];
  return (
    <Panel className="grid gap-4">
      <div className="flex items-center gap-3">
        <Seal name={organizerName} />
        <div className="min-w-0">
          <p className="text-sm text-muted">{organizerName}</p>
          <p className="text-lg font-strong">{typed.title?.trim() || words.untitled}</p>
        </div>
      </div>
      {typed.description?.trim() && <p className="text-sm whitespace-pre-line">{typed.description.trim()}</p>}
      <FactList
        facts={[
          { glyph: ClockIcon, text: fillIn(words.inMinutes, { minutes: typed.durationsMinutes ?? "" }) },
          { glyph: placeGlyphs[kind] ?? placeGlyphs.none, text: words.places[kind] ?? "" },
        ]}
      />
    </Panel>
  );
}
