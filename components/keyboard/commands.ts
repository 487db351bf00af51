import { plainLetters } from "@/lib/input/plain-letters";

/** What the key sheet and the command palette show, as `/account/commands` answers it in the organizer's language. */
export const commandsAddress = "/account/commands";

/** Where single keys are switched off and on. */
export const keysHref = "/account/profile#keys";

export interface Command {
  href: string;
  label: string;
  /** Where the label is in another language than the page. */
  lang?: string;
}

export interface Commands {
  groups: { id: string; label: string; commands: Command[] }[];
  /** Each key with what it does. */
  keys: KeyLine[];
  words: {
    keysTitle: string;
    change: string;
    close: string;
    title: string;
    search: string;
    none: string;
    /** With `{query}` where the words of the search belong. */
    help: string;
  };
}

export interface KeyLine {
  keys: readonly string[];
  does: string;
}

/** The commands with all of these words in their label, or their group's, in any order. Groups with none are left out. */
export function findCommands(groups: Commands["groups"], query: string): Commands["groups"] {
  const words = plainLetters(query).split(/\s+/).filter(Boolean);
  const fits = (text: string) => words.every((word) => text.includes(word));
  return groups
    .map((group) => ({
      ...group,
      commands: group.commands.filter(({ label }) => fits(plainLetters(`${label} ${group.label}`))),
    }))
    .filter(({ commands }) => commands.length > 0);
}
