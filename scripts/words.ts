/**
 * `npm run words`: which messages have no words yet in which language, and which have too many. Keeps the list of those that are shown in
 * English (messages/untranslated.json), which a test compares with the catalogues.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { shippedTags } from "@/lib/i18n/languages";
import { readCatalogue } from "@/tests/support/catalogues";

const english = readCatalogue("en");
const untranslated: Record<string, string[]> = {};
for (const tag of shippedTags.filter((one) => one !== "en")) {
  const words = readCatalogue(tag);
  const missing = [...english.keys()].filter((key) => !words.has(key)).sort();
  if (missing.length > 0) untranslated[tag] = missing;
  const [, , chosen] = process.argv;
  if (chosen === tag) for (const key of missing) console.log(`${key}: ${JSON.stringify(english.get(key))}`);
  const extra = [...words.keys()].filter((key) => !english.has(key));
  console.log(
    `${tag}: ${missing.length} missing${extra.length > 0 ? `, too many: ${extra.join(", ")}` : ""}`,
  );
}
const file = "messages/untranslated.json";
const list = `${JSON.stringify(untranslated, null, 2)}\n`;
if (readFileSync(file, "utf8") !== list) writeFileSync(file, list);
