/** English that is recognizable as not English: every letter has an accent, every message is longer and is in brackets. */
import { english } from "@/lib/i18n/messages";

const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const accented = [..."áƀçđéƒǧĥíĵķłɱñóƥɋřšţúṽŵẋýžÁƁÇĐÉƑǦĤÍĴĶŁṀÑÓƤɊŘŠŢÚṼŴẊÝŽ"];
const accentOf = new Map([...plain].map((letter, index) => [letter, accented[index] ?? letter]));
const extra = 0.4;

interface Taken {
  text: string;
  /** Where reading goes on. */
  at: number;
  letters: number;
}

/** Reads a message (ICU) up to the brace that ends it, and writes its words with accents; names and keywords stay. */
function takeMessage(message: string, from: number): Taken {
  let text = "";
  let letters = 0;
  let at = from;
  while (at < message.length && message[at] !== "}") {
    const character = message[at] ?? "";
    if (character === "{") {
      const argument = takeArgument(message, at);
      text += argument.text;
      letters += argument.letters;
      at = argument.at;
    } else if (character === "<") {
      const end = message.indexOf(">", at) + 1;
      text += message.slice(at, end);
      at = end;
    } else {
      text += accentOf.get(character) ?? character;
      letters += 1;
      at += 1;
    }
  }
  return { text, at, letters };
}

function takeArgument(message: string, from: number): Taken {
  const head =
    /^\{\s*\w+\s*(?:,\s*(?:plural|select|selectordinal)\s*,)?/.exec(message.slice(from))?.[0] ?? "";
  if (!head.endsWith(",")) {
    const at = message.indexOf("}", from) + 1;
    return { text: message.slice(from, at), at, letters: 0 };
  }
  let text = head;
  let letters = 0;
  let at = from + head.length;
  while (message[at] !== "}") {
    if (message[at] !== "{") {
      text += message[at];
      at += 1;
      continue;
    }
    const branch = takeMessage(message, at + 1);
    text += `{${branch.text}}`;
    letters = Math.max(letters, branch.letters);
    at = branch.at + 1;
  }
  return { text: `${text}}`, at: at + 1, letters };
}

/** "Join in {minutes} minutes" → "[Ĵóíñ íñ {minutes} ɱíñúţéš öööö ööö]" */
export function toPseudo(message: string): string {
  const { text, letters } = takeMessage(message, 0);
  const more = "ööööö "
    .repeat(letters)
    .slice(0, Math.ceil(letters * extra))
    .trim();
  return `[${text}${more ? ` ${more}` : ""}]`;
}

function translate(node: unknown): unknown {
  if (typeof node === "string") return toPseudo(node);
  return Object.fromEntries(Object.entries(node ?? {}).map(([key, value]) => [key, translate(value)]));
}

/** Both directions of writing, by the tags that such languages usually have; dates are written as in English. */
export function pseudoLanguages() {
  const messages = translate(english) as typeof english;
  return {
    "en-XA": { messages, formats: "en-GB", direction: "ltr" },
    "ar-XB": { messages, formats: "en-GB", direction: "rtl" },
  } as const;
}
