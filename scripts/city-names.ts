/**
 * Writes lib/format/city-names.json: the places that time zones are named after, in each language that doesn't write them as English does.
 * Takes the folder of an unpacked `cldr-dates-full` (https://github.com/unicode-org/cldr-json, licence Unicode-3.0). Run it again when
 * zones have been added.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { placeOf, readZone } from "@/lib/format/places";
import { defaultLocale, shippedTags } from "@/lib/i18n/languages";

const [, , folder = "cldr-dates-full"] = process.argv;

/** CLDR keeps Brazilian Portuguese under the language alone. */
const folderOf = (tag: string) => (tag === "pt-BR" ? "pt" : tag);

function listCities(node: unknown, path: string[] = []): [string, string][] {
  if (typeof node !== "object" || node === null) return [];
  if ("exemplarCity" in node) return [[path.join("/"), String(node.exemplarCity)]];
  return Object.entries(node).flatMap(([key, value]) => listCities(value, [...path, key]));
}

const names = shippedTags
  .filter((tag) => tag !== "en")
  .map((tag) => {
    const file = `${folder}/main/${folderOf(tag)}/timeZoneNames.json`;
    const { main } = JSON.parse(readFileSync(file, "utf8"));
    const cities = listCities(main[folderOf(tag)].dates.timeZoneNames.zone).flatMap(
      ([zone, city]): [string, string][] => {
        const known = readZone(zone);
        return known && placeOf(known, defaultLocale) !== city ? [[known, city]] : [];
      },
    );
    return [tag, Object.fromEntries(cities.sort(([one], [other]) => (one < other ? -1 : 1)))] as const;
  });
writeFileSync("lib/format/city-names.json", `${JSON.stringify(Object.fromEntries(names), null, 1)}\n`);
