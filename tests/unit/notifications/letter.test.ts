import { expect, test } from "vitest";
import { escapeHtml } from "@/lib/format/html";
import { writeLetter } from "@/lib/outbox/letter";

const letter = {
  locale: "en",
  greeting: "Hello Ada,",
  paragraphs: ["First.", "Second."],
  facts: [{ label: "When", value: "Monday\n10:00" }],
  actions: [
    { label: "Open", url: "https://book.example/x?a=1&b=2" },
    { label: "Close", url: "https://book.example/y" },
  ],
  closing: ["Bye."],
};

test("text and HTML say the same, in the same order", () => {
  const { text, html } = writeLetter(letter);
  expect(text).toBe(
    [
      "Hello Ada,\n\nFirst.\n\nSecond.",
      "When\nMonday\n10:00",
      "Open:\nhttps://book.example/x?a=1&b=2",
      "Close:\nhttps://book.example/y",
      "Bye.\n",
    ].join("\n\n"),
  );
  const words = ["Hello Ada,", "First.", "Second.", "When", "Monday", "10:00", "Open", "Close", "Bye."].map(
    (word) => html.indexOf(`>${word}<`),
  );
  expect(words).toEqual(words.toSorted((a, b) => a - b));
  expect(words).not.toContain(-1);
  expect(html).toContain('href="https://book.example/x?a=1&amp;b=2"');
});

test("words of the writer's own take the greeting's place and come last, line by line, in their own direction", () => {
  const own = { greeting: "שלום,\n\nTwo\nlines <b>", closing: "Ines" };
  const { text, html } = writeLetter({ ...letter, own });
  expect(text.startsWith("שלום,\n\nTwo\nlines <b>\n\nFirst.")).toBe(true);
  expect(text.endsWith("\n\nBye.\n\nInes\n")).toBe(true);
  const paragraphs = [...html.matchAll(/<p dir="auto"[^>]*>(.*?)<\/p>/g)].map(([, words]) => words);
  expect(paragraphs).toEqual(["שלום,", "Two<br>lines &lt;b&gt;", "Ines"]);
  expect(html).not.toContain(">Hello Ada,</p>");
  expect(html.indexOf(">Bye.<")).toBeLessThan(html.indexOf(">Ines<"));
  expect(writeLetter({ ...letter, own: { greeting: null, closing: null } })).toEqual(writeLetter(letter));
});

test("a name can't become markup", () => {
  const markup = `Hello <img src=x onerror="alert('1')">,`;
  const { html } = writeLetter({
    locale: "en",
    preview: markup,
    greeting: markup,
    paragraphs: [markup],
    facts: [{ label: markup, value: markup }],
    actions: [{ label: markup, url: markup }],
    closing: [markup],
  });
  expect(html).not.toContain("<img");
  expect(html).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;");
});

test.each([
  ["&", "&amp;"],
  ["&lt;", "&amp;lt;"],
  ["plain", "plain"],
])("%s is written as %s", (text, escaped) => {
  expect(escapeHtml(text)).toBe(escaped);
});

const logo = { url: "https://book.example/api/brand/x/logo-1.png", width: 512, height: 128 };

test("a branded letter begins with the logo, named in words for those who see no pictures, in the size of mails", () => {
  const { html } = writeLetter({ ...letter, brand: { name: `Ada "& Co"`, logo, colours: null } });
  expect(html).toContain(
    `<img src="${logo.url}" alt="Ada &quot;&amp; Co&quot;" width="192" height="48" style="border:0">`,
  );
  expect(html.indexOf("<img")).toBeLessThan(html.lastIndexOf("Hello Ada"));
});

test("a branded letter without a logo begins with the name, and its buttons have the accent", () => {
  const colours = { accent: "#7a1fa2", ink: "#fbfcfa" };
  const { html, text } = writeLetter({ ...letter, brand: { name: "Ada & Co", logo: null, colours } });
  expect(html).toContain(">Ada &amp; Co</p>");
  expect(html).not.toContain("<img");
  expect(html).toContain("background:#7a1fa2;color:#fbfcfa");
  expect(html).not.toContain("#025469");
  expect(text).toBe(writeLetter(letter).text);
});

test("a letter says its language and direction, also where a mail program shows only what is in its body", () => {
  const facts = [{ label: "Wo", value: "vera@example.org" }];
  for (const [locale, direction] of [
    ["de", "ltr"],
    ["ar", "rtl"],
    ["he", "rtl"],
  ]) {
    const { html } = writeLetter({
      locale: locale ?? "",
      greeting: "Hallo",
      paragraphs: [],
      facts,
      closing: [],
    });
    expect(html).toContain(`<html lang="${locale}" dir="${direction}">`);
    expect(html).toContain(`<div lang="${locale}" dir="${direction}"`);
    expect(html).toContain('<strong dir="auto">vera@example.org</strong>');
  }
});
