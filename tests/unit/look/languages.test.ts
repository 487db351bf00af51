import { afterEach, describe, expect, it } from "vitest";
import { addLanguages, findLocale, languageOf, localeOf } from "@/lib/i18n/languages";
import { english } from "@/lib/i18n/messages";
import { translator } from "@/lib/i18n/translator";

const german = { ...english, common: { ...english.common, product: "Portier" } };
const added: (() => void)[] = [];

/** Adds German and Brazilian Portuguese for one test. */
function addTwo() {
  added.push(
    addLanguages({
      de: { messages: german, formats: "de", direction: "ltr" },
      "pt-BR": { messages: english, formats: "pt-BR", direction: "ltr" },
    }),
  );
}

afterEach(() => {
  for (const remove of added.splice(0)) remove();
});

describe("the catalogue for someone's language", () => {
  it("the catalogue for someone's language is English alone as the product is shipped, whatever is asked for", () => {
    for (const tag of ["en", "en-US", "de", "ar-EG", "", "constructor", "__proto__"]) {
      expect(localeOf(tag), tag).toBe("en");
    }
  });

  it.each([
    ["de", "de"],
    ["de-AT", "de"],
    ["DE-ch", "de"],
    ["pt-BR", "pt-BR"],
    ["pt-PT", "en"],
    ["en-US", "en"],
  ])("%s is read in the catalogue of %s", (tag, locale) => {
    addTwo();
    expect(localeOf(tag)).toBe(locale);
  });

  it("the catalogue for someone's language is the first there is of those that are asked for", () => {
    addTwo();
    expect(findLocale(["fr", "it-IT", "de-AT", "en"])).toBe("de");
    expect(findLocale(["fr", "it-IT"])).toBeNull();
  });

  it("the catalogue for someone's language has the words of its language", () => {
    addTwo();
    expect(translator("common", localeOf("de"))("product")).toBe("Portier");
    expect(translator("common", localeOf("en"))("product")).toBe("Bellhop");
    expect(languageOf(localeOf("de")).formats).toBe("de");
  });
});
