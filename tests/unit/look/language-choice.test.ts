import { describe, expect, it } from "vitest";
import { POST } from "@/app/api/language/route";
import { nameOfLanguage, shippedTags } from "@/lib/i18n/languages";

function choose(lang: string, referer = "https://desk.example/ines?month=2026-12&lang=fr") {
  const body = new FormData();
  body.set("lang", lang);
  return POST(
    new Request("https://desk.example/api/language", { method: "POST", body, headers: { referer } }),
  );
}

describe("choosing a language", () => {
  it("choosing a language keeps it for a year and goes back to the page, without the language in its address", async () => {
    const answer = await choose("pt-BR");
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/ines?month=2026-12");
    expect(answer.headers.get("set-cookie")).toBe(
      "lang=pt-BR; Path=/; SameSite=Lax; HttpOnly; Max-Age=31536000",
    );
  });

  it.each(["da", "de; Domain=.example", ""])("choosing a language takes none but ours: %s", async (lang) => {
    const answer = await choose(lang);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  it("choosing a language is done by its name in itself", () => {
    expect(shippedTags.map(nameOfLanguage)).toEqual([
      "English",
      "Deutsch",
      "Français",
      "Español",
      "Italiano",
      "Nederlands",
      "Português (Brasil)",
      "Polski",
      "Svenska",
      "日本語",
      "العربية",
      "עברית",
    ]);
  });
});
