import type { Editor } from "@/components/editor/editor-form";
import { NumberField } from "@/components/editor/fields";
import { Section } from "@/components/editor/section";
import type { EventTypeWords } from "@/components/event-types/event-type-form";
import { limits } from "@/lib/event-types/numbers";

interface LimitsPartProps {
  editor: Editor;
  words: EventTypeWords;
}

/** Which times are offered, how many bookings there can be, and for how many people. */
export function LimitsPart({ editor, words }: LimitsPartProps) {
  const common = { editor, optional: words.optional };
  return (
    <Section editor={editor} name="limits" title={words.sections.names.limits}>
      <div className="grid gap-4 md:grid-cols-2 md:gap-6">
        <NumberField
          {...common}
          name="slotIntervalMinutes"
          label={words.interval}
          hint={words.intervalHint}
          suffix={words.minutes}
          min={1}
        />
        <NumberField {...common} name="slotOffsetMinutes" label={words.offset} suffix={words.minutes} />
        {limits.map((name) => (
          <NumberField
            key={name}
            {...common}
            name={name}
            label={words[name]}
            suffix={name.endsWith("Minutes") ? words.minutes : words.bookings}
            min={1}
          />
        ))}
        <NumberField {...common} name="seats" label={words.seats} hint={words.seatsHint} suffix="" min={1} />
      </div>
    </Section>
  );
}
