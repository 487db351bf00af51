import { expect, it } from "vitest";
import { type EmbedChoice, embedCodeOf } from "@/lib/event-types/embed-code";

const usual: EmbedChoice = {
  appUrl: "https://book.example.com",
  page: "ines/first",
  mode: "inline",
  theme: "auto",
  lang: "",
  linkText: "Book a time",
  title: "First consultation",
};

it("the code for a website says what differs from the usual, around a link that works by itself", () => {
  expect(embedCodeOf(usual).html).toBe(
    [
      '<script src="https://book.example.com/embed.js" async></script>',
      '<bellhop-booking page="ines/first">',
      '  <a href="https://book.example.com/ines/first">Book a time</a>',
      "</bellhop-booking>",
    ].join("\n"),
  );
  const { html, react } = embedCodeOf({ ...usual, mode: "popup", theme: "dark", lang: "pt-BR" });
  const opening = '<bellhop-booking page="ines/first" mode="popup" theme="dark" lang="pt-BR">';
  expect(html).toContain(opening);
  expect(react).toContain(opening);
});

it("the code for a website without scripts is the frame alone, in the same look", () => {
  const { sharepoint } = embedCodeOf({ ...usual, theme: "light", lang: "de" });
  expect(sharepoint).toContain('src="https://book.example.com/embed/ines/first?theme=light&amp;lang=de"');
  expect(sharepoint).toContain('title="First consultation"');
});

it("words in the code are text, whatever is in them", () => {
  const odd = { ...usual, linkText: '<b> & "you"', title: '"><script>' };
  const { html, react, sharepoint } = embedCodeOf(odd);
  expect(html).toContain("&lt;b&gt; &amp; &quot;you&quot;");
  expect(react).toContain(String.raw`{"<b> & \"you\""}`);
  expect(sharepoint).not.toContain("<script>");
});
