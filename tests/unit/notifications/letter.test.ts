import { expect, test } from "vitest";
import { escapeHtml, writeLetter } from "@/lib/outbox/letter";

const letter = {
  locale: "en",
  greeting: "Hello Ada,",
  paragraphs: ["First.", "Second."],
  action: { label: "Open", url: "https://book.example/x?a=1&b=2" },
  closing: ["Bye."],
};

test("text and HTML say the same, in the same order", () => {
  const { text, html } = writeLetter(letter);
  expect(text).toBe("Hello Ada,\n\nFirst.\n\nSecond.\n\nOpen:\nhttps://book.example/x?a=1&b=2\n\nBye.\n");
  const words = ["Hello Ada,", "First.", "Second.", "Open", "Bye."].map((word) => html.indexOf(`>${word}<`));
  expect(words).toEqual(words.toSorted((a, b) => a - b));
  expect(words).not.toContain(-1);
  expect(html).toContain('href="https://book.example/x?a=1&amp;b=2"');
});

test("a name can't become markup", () => {
  const { html } = writeLetter({ ...letter, greeting: `Hello <img src=x onerror="alert('1')">,` });
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
