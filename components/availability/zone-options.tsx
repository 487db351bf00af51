import { listPlaces } from "@/lib/format/places";
import { translator } from "@/lib/i18n/translator";

const words = translator("availability");

/** Time zones as options: the place first, how far it is from UTC second. `at` is the present, epoch milliseconds. */
export function ZoneOptions({ present, at }: { present: string; at: number }) {
  return listPlaces(present, at).map(({ region, places }) => {
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
