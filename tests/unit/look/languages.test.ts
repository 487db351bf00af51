import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { catalogueOf, complete } from "@/lib/i18n/catalogue";
import { japaneseFont } from "@/lib/i18n/fonts";
import { addLanguages, findLocale, languageOf, localeOf, shippedTags } from "@/lib/i18n/languages";
import { english } from "@/lib/i18n/messages";
import { translator } from "@/lib/i18n/translator";

const danish = { ...english, common: { ...english.common, product: "Portner" } };
const added: (() => void)[] = [];

/** Adds Danish for one test. */
function addDanish() {
  added.push(addLanguages({ da: { messages: danish, formats: "da", direction: "ltr" } }));
}

afterEach(() => {
  for (const remove of added.splice(0)) remove();
});

describe("the catalogue for someone's language", () => {
  it("the catalogue for someone's language is one of twelve, and English for all others", () => {
    expect([...shippedTags].sort()).toEqual(
      ["ar", "de", "en", "es", "fr", "he", "it", "ja", "nl", "pl", "pt-BR", "sv"].sort(),
    );
    for (const tag of shippedTags) expect(localeOf(tag)).toBe(tag);
    for (const tag of ["en-US", "da", "tlh", "", "-", "constructor", "__proto__"]) {
      expect(localeOf(tag), tag).toBe("en");
    }
  });

  it.each([
    ["da", "da"],
    ["de-AT", "de"],
    ["DE-ch", "de"],
    ["pt-BR", "pt-BR"],
    ["pt", "pt-BR"],
    ["pt-PT", "pt-BR"],
    ["iw-IL", "he"],
    ["ar-EG", "ar"],
    ["zh-Hant-TW", "en"],
  ])("%s is read in the catalogue of %s", (tag, locale) => {
    addDanish();
    expect(localeOf(tag)).toBe(locale);
  });

  it("the catalogue for someone's language is the first there is of those that are asked for", () => {
    expect(findLocale(["tlh", "da-DK", "de-AT", "en"])).toBe("de");
    expect(findLocale(["tlh", "da-DK"])).toBeNull();
  });

  it("the catalogue for someone's language has the words of its language", () => {
    addDanish();
    expect(translator("common", localeOf("da"))("product")).toBe("Portner");
    expect(translator("common", localeOf("en"))("product")).toBe("Bellhop");
    expect(languageOf(localeOf("da")).formats).toBe("da");
  });

  it("the catalogue for someone's language is read right to left where people read so", () => {
    const mirrored = shippedTags.filter((tag) => languageOf(localeOf(tag)).direction === "rtl");
    expect(mirrored.sort()).toEqual(["ar", "he"]);
  });

  it("the catalogue for someone's language has every word, in English where it is missing", () => {
    for (const tag of shippedTags) {
      const { messages } = languageOf(localeOf(tag));
      expect(Object.keys(messages), tag).toEqual(Object.keys(english));
      expect(messages.common.product, tag).toBe("Bellhop");
    }
    const words = { door: { open: "Open", shut: "Shut" }, key: "Key" };
    expect(complete(words, { door: { open: "Auf", shut: "", more: "Mehr" }, key: { odd: "Art" } })).toEqual({
      door: { open: "Auf", shut: "Shut" },
      key: "Key",
    });
    expect(complete(words, undefined)).toEqual(words);
    expect(complete(words, { door: "Tür" })).toEqual(words);
  });

  it("the catalogue for someone's language is set in a font of the version that its address names", () => {
    const { version } = JSON.parse(
      readFileSync("node_modules/@fontsource-variable/noto-sans-jp/package.json", "utf8"),
    );
    expect(japaneseFont).toBe(`noto-sans-jp-${version}`);
  });

  it("the catalogue for someone's language stays readable where one of its files isn't", () => {
    const folder = mkdtempSync("messages/zz-");
    try {
      writeFileSync(`${folder}/common.json`, '{ "product": ');
      writeFileSync(`${folder}/auth.json`, '{ "form": { "foreignOrigin": "Nej" } }');
      const messages = catalogueOf(folder.slice("messages/".length));
      expect(messages.common).toEqual(english.common);
      expect(messages.auth.form.foreignOrigin).toBe("Nej");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
