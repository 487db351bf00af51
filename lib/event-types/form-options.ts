/** The meeting options of an event type as its form has them. PURE, for server and browser. */
import { readAddressList } from "@/lib/input/addresses";
import type { FormValues } from "@/lib/input/form-values";
import {
  defaultMeetingOptions,
  type MeetingOptions,
  type OptionPreset,
  optionPresets,
} from "@/lib/meetings/option-choices";

const field = <Name extends string>(name: Name) => `meetingOptions.${name}` as const;

/** On, off, or as the organizer's Teams policy says. */
const switches = ["entryExitTones", "attendeeMic", "attendeeCamera"] as const;

/** The sets to choose from, in the order in which they are shown. */
export const presetNames = Object.keys(optionPresets) as OptionPreset[];

/** What no set chooses: people and their language are each organizer's own. */
const ownNames = ["spokenLanguage", "coOrganizers", "presenters"] as const;

export function toOptionValues(options: MeetingOptions): FormValues {
  const { spokenLanguage = "", coOrganizers = [], presenters = [] } = options;
  return {
    ...toSetValues(options),
    [field("spokenLanguage")]: spokenLanguage,
    [field("coOrganizers")]: coOrganizers.join("\n"),
    [field("presenters")]: presenters.join("\n"),
  };
}

function toSetValues(options: MeetingOptions): FormValues {
  const { lobby, allowedPresenters, recordAutomatically, transcription, chat } = options;
  return {
    [field("lobby")]: lobby,
    [field("allowedPresenters")]: allowedPresenters,
    [field("transcription")]: transcription ?? "",
    [field("chat")]: chat ?? "",
    ...Object.fromEntries(
      switches.map((name) => [field(name), options[name] === undefined ? "" : options[name] ? "on" : "off"]),
    ),
    ...(recordAutomatically ? { [field("recordAutomatically")]: "on" } : {}),
  };
}

export const newOptionValues = toOptionValues(defaultMeetingOptions);

/** What the schema checks: an empty choice takes an option away. */
export function readOptionValues(values: FormValues) {
  const chosen = (name: (typeof switches)[number]) => {
    const value = values[field(name)];
    return value ? value === "on" : null;
  };
  return {
    lobby: values[field("lobby")],
    allowedPresenters: values[field("allowedPresenters")],
    recordAutomatically: values[field("recordAutomatically")] !== undefined,
    transcription: values[field("transcription")] || null,
    chat: values[field("chat")] || null,
    entryExitTones: chosen("entryExitTones"),
    attendeeMic: chosen("attendeeMic"),
    attendeeCamera: chosen("attendeeCamera"),
    spokenLanguage: values[field("spokenLanguage")] || null,
    coOrganizers: readAddressList(values[field("coOrganizers")] ?? ""),
    presenters: readAddressList(values[field("presenters")] ?? ""),
  };
}

/** The fields with a set put in, and everything else as it was typed. */
export function withPreset(values: FormValues, name: string): FormValues {
  const preset = presetNames.find((known) => known === name);
  if (!preset) return values;
  const own: readonly string[] = ownNames.map(field);
  const others = Object.entries(values).filter(([key]) => !key.startsWith(field("")) || own.includes(key));
  return { ...Object.fromEntries(others), ...toSetValues(optionPresets[preset]) };
}

/** The set that the fields hold now; null for a choice of the organizer's own. */
export function presetIn(values: FormValues): OptionPreset | null {
  const holds = (wanted: FormValues) =>
    [...new Set([...Object.keys(wanted), field("recordAutomatically")])].every(
      (key) => (values[key] ?? "") === (wanted[key] ?? ""),
    );
  return presetNames.find((name) => holds(toSetValues(optionPresets[name]))) ?? null;
}
