import { use } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import type { Picker, ZoneSource } from "@/lib/booking-page/load-picker";
import { type PickerQuery, prefillEntries } from "@/lib/booking-page/picker-query";
import { escapeHtml } from "@/lib/format/html";
import { listPlaces, offsetLabel, placeOf } from "@/lib/format/places";
import { clockTime } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { startOfDate } from "@/lib/slot-engine/zone";

interface ZoneFormProps {
  picker: Picker;
  query: PickerQuery;
  organizerName: string;
  /** In place of "This is where Ines is". */
  note?: string | undefined;
  now: number;
}

/** Where the visitor is and which clock they read: a plain form that asks for the same page again. */
export function ZoneForm({ picker, query, organizerName, note, now }: ZoneFormProps) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const { timeZone, clock, zoneFrom, day, month } = picker;
  // Offsets as they will be on the day that is shown, which may lie behind the next change of clocks.
  const shownAt = Math.max(now, startOfDate(day?.date ?? `${month}-01`, timeZone));
  const source: Record<ZoneSource, string> = {
    browser: words("zone.browser"),
    chosen: words("zone.chosen"),
    organizer: note ?? words("zone.organizer", { name: organizerName }),
    place: words("zone.place"),
  };
  const kept = {
    view: query.view,
    date: day?.date,
    duration: query.durationMinutes,
    name: query.name,
    email: query.email,
    ...Object.fromEntries(prefillEntries(query)),
  };
  return (
    <form
      method="get"
      data-zone
      // What differs from the page was chosen just now: no browser puts back what was chosen on an earlier visit.
      autoComplete="off"
      className="mt-4 grid gap-x-3 gap-y-1.5 md:grid-cols-[minmax(0,1fr)_auto] md:items-end lg:max-xl:grid-cols-1"
    >
      {Object.entries(kept).map(
        ([name, value]) => value != null && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <Field id="tz" label={words("zone.label")}>
        {(control) =>
          zoneFrom === "place" ? (
            <output {...control} aria-describedby="tz-hint" className="py-2.5">
              {`${placeOf(timeZone, locale)} (${offsetLabel(timeZone, shownAt)})`}
            </output>
          ) : (
            <Select
              {...control}
              name="tz"
              aria-describedby="tz-hint"
              // biome-ignore lint/security/noDangerouslySetInnerHtml: places and words of our own, escaped
              dangerouslySetInnerHTML={{ __html: zoneOptions(timeZone, shownAt, locale) }}
            />
          )
        }
      </Field>
      <Segmented
        name="clock"
        label={words("zone.clock")}
        defaultValue={clock}
        options={[
          { value: "24", label: words("zone.clock24") },
          { value: "12", label: words("zone.clock12") },
        ]}
      />
      <p id="tz-hint" className="col-span-full text-sm text-muted">
        {translator("common", locale)("sentences", {
          first: words("zone.now", { time: clockTime(now, timeZone, clock, locale) }),
          second: source[zoneFrom],
        })}
      </p>
      <div className="mt-1 hidden [@media(scripting:none)]:block">
        <Button type="submit" size="sm">
          {words("zone.apply")}
        </Button>
      </div>
    </form>
  );
}

/**
 * All time zones by region, with the offset that each has at `shownAt` (epoch milliseconds), as HTML: one text is sent and brought alive
 * sooner than 150 elements. HTML, 4.10.10: an option ends where the next one or its group does.
 */
function zoneOptions(timeZone: string, shownAt: number, locale: Locale): string {
  const words = translator("booking", locale);
  return listPlaces(timeZone, shownAt, locale)
    .map(({ region, places }) => {
      const options = places.map((place) => {
        const label = place.name === "UTC" ? place.name : `${place.name} (${place.offset})`;
        return `<option value=${place.timeZone}${place.timeZone === timeZone ? " selected" : ""}>${escapeHtml(label)}`;
      });
      if (region === null) return options.join("");
      return `<optgroup label="${escapeHtml(words(`zone.region.${region}`))}">${options.join("")}</optgroup>`;
    })
    .join("");
}
