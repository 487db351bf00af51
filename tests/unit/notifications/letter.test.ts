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
