/** PURE: what a question asks for. People name things as other products do, mistype, and paste whole messages. */
import { plainLetters } from "@/lib/input/plain-letters";

/** Any of these words or phrases matches, as written in a folded text. */
export type Term = readonly string[];

/** Phrases that mean the same; what is found under one is found under all of them. Folded, as `foldText` writes. */
const alike: readonly (readonly string[])[] = [
  ["entra", "azure active directory", "active directory", "azure ad", "azuread", "aad"],
  ["lobby", "waiting room", "let in", "admit"],
  ["redirect uri", "redirect url", "reply url", "callback url", "redirect_uri"],
  ["admin approval", "admin consent", "administrator approval", "administrator consent"],
  ["time zone", "timezone", "time zones"],
  ["run out", "runs out", "expired", "expires", "expire", "expiry"],
  ["my apps", "myapps", "revoke", "withdraw"],
  ["throttl", "throttling", "throttled", "429", "too many requests", "rate limit", "retry-after"],
  ["sign in", "sign-in", "signin", "log in", "login", "logon"],
  ["sign up", "sign-up", "signup", "create an account", "first account"],
  ["cancel", "cancellation"],
  ["mail", "e-mail", "email"],
  ["organization", "organisation"],
  ["licence", "license"],
  ["move", "moving", "reschedul", "reschedule", "rescheduling"],
  ["multi-factor", "mfa", "2fa", "two-factor", "multifactor"],
  ["teams link", "join link", "meeting link", "meeting url"],
  ["recurr", "recurring", "recurrence", "repeat"],
  ["set-up", "setup", "set up"],
  ["activity", "flight recorder", "timeline"],
  ["troubleshoot availability", "x-ray"],
  ["date override", "date overrides", "special hours"],
  ["buffer", "buffers", "padding"],
];

/** Words that say nothing by themselves. */
const empty = new Set(
  "a an and are as at be by can can't cannot do does doesn't for from get how i in is it my not of on or the there to was what when where why with you your".split(
    " ",
  ),
);

/** Lower case, without accents, with one kind of apostrophe. */
export function foldText(text: string): string {
  return plainLetters(text).replace(/[\u2018\u2019]/g, "'");
}

const wordPattern = /[\p{L}\p{N}]+(?:[_.'-][\p{L}\p{N}]+)*/gu;

export function listWords(folded: string): string[] {
  return folded.match(wordPattern) ?? [];
}

/** What a part of the help has to have: each term. Words that aren't in `vocabulary` are taken for typos. */
export function readTerms(question: string, vocabulary: ReadonlySet<string>, everything: string): Term[] {
  // A permission may come with Graph's address in front.
  let rest = ` ${listWords(foldText(question).replace(/https?:\/\/[^\s/]+\//g, "")).join(" ")} `;
  const terms: Term[] = [];
  for (const group of alike) {
    const said = group.filter((phrase) => rest.includes(` ${phrase} `)).sort((a, b) => b.length - a.length);
    const [phrase] = said;
    if (!phrase) continue;
    terms.push(group);
    for (const one of said) rest = rest.replaceAll(` ${one} `, "  ");
  }
  const words = rest.split(" ").filter(Boolean);
  const telling = words.filter((word) => !empty.has(word));
  const asked = telling.length > 0 || terms.length > 0 ? telling : words;
  return [...terms, ...asked.flatMap((word) => readWord(word, vocabulary, everything))];
}

function readWord(word: string, vocabulary: ReadonlySet<string>, everything: string): Term[] {
  if (everything.includes(word)) return [[word]];
  const near = nearest(word, vocabulary);
  if (near.length > 0) return [near];
  // A name made of several words, such as `redirect_uri_mismatch`, is known by its parts.
  const parts = word.split(/[_.-]/).filter((part) => part.length > 2 && everything.includes(part));
  return parts.length > 1 ? parts.map((part) => [part]) : [[word]];
}

/** Words of the help that differ by one slip, or by two where they are long. */
function nearest(word: string, vocabulary: ReadonlySet<string>): string[] {
  const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  if (most === 0 || /^\d+$/.test(word)) return [];
  const near = [...vocabulary]
    .filter((known) => Math.abs(known.length - word.length) <= most)
    .map((known) => ({ known, slips: countSlips(word, known) }))
    .filter(({ slips }) => slips <= most)
    .sort((a, b) => a.slips - b.slips);
  return near.filter(({ slips }) => slips === near[0]?.slips).map(({ known }) => known);
}

/** Letters that are missing, too many, wrong or swapped with their neighbour (optimal string alignment). */
export function countSlips(one: string, other: string): number {
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const wrong = one[i - 1] === other[j - 1] ? 0 : 1;
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row[j] = Math.min(
        (above[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (above[j - 1] ?? 0) + wrong,
        isSwap ? (before[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    before = above;
    above = row;
  }
  return above[other.length] ?? 0;
}
