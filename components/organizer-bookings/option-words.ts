import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type { OptionsOutcome } from "@/lib/meetings/options";

/** "Record automatically: you chose yes, the meeting has no." */
export function sentenceOfOption(
  { option, wanted, actual }: OptionsOutcome["untaken"][number],
  locale: Locale,
): string {
  const words = translator("bookings", locale);
  const values = { wanted: said(wanted, locale), actual: said(actual, locale) };
  return words("options.sentence", {
    ...values,
    option: optionName(option, locale),
    known: String(actual !== null),
  });
}

const names = [
  "lobby",
  "recordAutomatically",
  "allowedPresenters",
  "transcription",
  "chat",
  "entryExitTones",
  "attendeeMic",
  "attendeeCamera",
  "spokenLanguage",
  "coOrganizers",
  "presenters",
] as const;

/** What an option is called: as Teams calls it, so that people find it there and in Microsoft's help. */
export function optionName(option: string, locale: Locale): string {
  const words = translator("bookings", locale);
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

function said(value: string | boolean | null, locale: Locale): string {
  const words = translator("bookings", locale);
  if (value === null) return "";
  if (typeof value === "boolean") return words(`options.values.${value ? "yes" : "no"}`);
  const known = values.find((one) => one === value);
  return known ? words(`options.values.${known}`) : value;
}

/** The reasons are of one kind nearly always; the one that asks most of someone counts. */
export function whyOf({ untaken }: OptionsOutcome): string {
  const given = new Set(untaken.map(({ why }) => why));
  return ["access_denied", "refused", "overruled", "not_found"].find((why) => given.has(why)) ?? "other";
}
