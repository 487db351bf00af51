import { use } from "react";
import { listPlaces } from "@/lib/format/places";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** Time zones as options: the place first, how far it is from UTC second. `at` is the present, epoch milliseconds. */
export function ZoneOptions({ present, at }: { present: string; at: number }) {
  const locale = use(getLocale());
  const words = translator("availability", locale);
  return listPlaces(present, at, locale).map(({ region, places }) => {
    const options = places.map(({ timeZone, name, offset }) => (
      <option key={timeZone} value={timeZone}>{`${name} (${offset})`}</option>
    ));
    if (region === null) return options;
    return (
      <optgroup key={region} label={words(`regions.${region}`)}>
        {options}
      </optgroup>
    );
  });
}
