/** The catalogues of messages/ as they are on disk, and what a message has in it. */
import { readdirSync, readFileSync } from "node:fs";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";

/** Every message of a catalogue with its whole key: "common.theme.dark". */
export function readCatalogue(tag: string): Map<string, string> {
  const files = readdirSync(`messages/${tag}`).filter((name) => name.endsWith(".json"));
  const entries = files.flatMap((file) => {
    const words: unknown = JSON.parse(readFileSync(`messages/${tag}/${file}`, "utf8"));
    return listMessages(words, [file.replace(/\.json$/, "")]);
  });
  return new Map(entries);
}

function listMessages(node: unknown, path: string[]): [string, string][] {
  if (typeof node === "string") return [[path.join("."), node]];
  return Object.entries(node ?? {}).flatMap(([key, value]) => listMessages(value, [...path, key]));
}

export interface MessageParts {
  /** Placeholders, tags, and the branches of choices, each once. */
  parts: string[];
  /** The branches of each plural, without those for one number alone (`=0`). */
  plurals: { ordinal: boolean; branches: string[] }[];
}

/** Reads a message (ICU); throws where it isn't well-formed. */
export function readMessage(message: string): MessageParts {
  const parts = new Set<string>();
  const plurals: MessageParts["plurals"] = [];
  const visit = (elements: readonly MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      if (element.type === TYPE.tag) {
        parts.add(`<${element.value}>`);
        visit(element.children);
      } else if (element.type === TYPE.plural || element.type === TYPE.select) {
        const branches = Object.keys(element.options);
        parts.add(`{${element.value}}`);
        if (element.type === TYPE.select) for (const one of branches) parts.add(`{${element.value}, ${one}}`);
        else {
          const categories = branches.filter((one) => !one.startsWith("="));
          plurals.push({ ordinal: element.pluralType === "ordinal", branches: categories });
        }
        for (const { value } of Object.values(element.options)) visit(value);
      } else parts.add(`{${element.value}}`);
    }
  };
  visit(parse(message, { requiresOtherClause: true }));
  return { parts: [...parts].sort(), plurals };
}

/** How many characters of a message are shown at most, its placeholders by their names: of a choice, the longest branch. */
export function shownLength(message: string): number {
  const lengthOf = (elements: readonly MessageFormatElement[]): number =>
    elements.reduce((sum, element) => sum + shownLengthOf(element, lengthOf), 0);
  return lengthOf(parse(message));
}

function shownLengthOf(
  element: MessageFormatElement,
  lengthOf: (elements: readonly MessageFormatElement[]) => number,
): number {
  if (element.type === TYPE.pound) return 1;
  if (element.type === TYPE.tag) return lengthOf(element.children);
  if (element.type === TYPE.plural || element.type === TYPE.select) {
    return Math.max(...Object.values(element.options).map(({ value }) => lengthOf(value)));
  }
  return element.value.length;
}
