import { translator } from "@/lib/i18n/translator";
import type { OptionsOutcome } from "@/lib/meetings/options";

const words = translator("bookings");

/** "Record automatically: you chose yes, the meeting has no." */
export function sentenceOfOption({ option, wanted, actual }: OptionsOutcome["untaken"][number]): string {
  const values = { wanted: said(wanted), actual: said(actual) };
  return words("options.sentence", { ...values, option: optionName(option), known: String(actual !== null) });
}

const names = [
  "lobby",
  "recordAutomatically",
  "allowedPresenters",
  "transcription",
  "chat",
  "entryExitTones",
] as const;

/** What an option is called: as Teams calls it, so that people find it there and in Microsoft's help. */
export function optionName(option: string): string {
  const name = names.find((known) => known === option);
  return name ? words(`options.names.${name}`) : option;
}

const values = [
  "organizer",
  "organization",
  "organizationAndFederated",
  "organizationExcludingGuests",
  "invited",
  "everyone",
  "roleIsPresenter",
  "allowed",
  "off",
  "enabled",
  "limited",
  "disabled",
] as const;

function said(value: string | boolean | null): string {
  if (value === null) return "";
  if (typeof value === "boolean") return words(`options.values.${value ? "yes" : "no"}`);
  const known = values.find((one) => one === value);
  return known ? words(`options.values.${known}`) : value;
}

/** The reasons are of one kind nearly always; the one that asks most of somebody counts. */
export function whyOf({ untaken }: OptionsOutcome): string {
  const given = new Set(untaken.map(({ why }) => why));
  return ["access_denied", "refused", "overruled", "not_found"].find((why) => given.has(why)) ?? "other";
}
