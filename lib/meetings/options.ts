/** Meeting options as requests name them and rows keep them. PURE. */
import { z } from "zod";
import { jsonColumn } from "@/lib/database/json-column";
import { distinctAddresses } from "@/lib/input/addresses";
import { mailAddress } from "@/lib/input/email";
import {
  chats,
  defaultMeetingOptions,
  isPlain,
  lobbies,
  type MeetingOptions,
  presenters,
  transcriptions,
} from "@/lib/meetings/option-choices";

export const meetingOptionFields = {
  lobby: z.enum(lobbies, "lobby_choice").meta({
    description: "Who can bypass the lobby; `default` leaves it to the organizer's Teams policy",
  }),
  recordAutomatically: z.boolean("yes_or_no"),
  allowedPresenters: z.enum(presenters, "presenters_choice"),
};

const colleagues = z
  .array(mailAddress)
  .max(20, "too_many")
  .overwrite((addresses) => distinctAddresses(addresses));

/** Options that came later: null and left out both mean as the organizer's Teams policy says. */
export const extraMeetingOptionFields = {
  transcription: z
    .enum(transcriptions, "transcription_choice")
    .meta({ description: "Whether transcription is allowed. If left out, as the Teams policy says" }),
  chat: z.enum(chats, "chat_choice").meta({
    description:
      "`limited`: only during the meeting. If left out, as the Teams policy says. You can't choose a meeting's passcode: Teams sets it permanently",
  }),
  entryExitTones: z.boolean("yes_or_no").meta({
    description:
      "Whether a tone is played when people on the phone join or leave; left out: as the Teams policy says",
  }),
  attendeeMic: z.boolean("yes_or_no").meta({
    description:
      "Whether people who don't present can turn on their microphone; left out: as the Teams policy says",
  }),
  attendeeCamera: z.boolean("yes_or_no").meta({
    description:
      "Whether people who don't present can turn on their camera; left out: as the Teams policy says",
  }),
  spokenLanguage: z
    .string()
    .regex(/^[A-Za-z]{2,3}-[A-Za-z]{2}$/, "language_region")
    .meta({
      description:
        "Language spoken in the meeting, for recording and transcription, with its region; left out: as Teams chooses",
      examples: ["fr-FR"],
    }),
  coOrganizers: colleagues.meta({
    description:
      "Addresses that colleagues in the organizer's own organization sign in with. They're co-organizers of each Teams meeting, but not invited to it",
    examples: [["ada@example.com"]],
  }),
  presenters: colleagues.meta({
    description:
      "Addresses that colleagues in the organizer's own organization sign in with. They can present in each Teams meeting, even if `allowedPresenters` is `organizer`",
    examples: [["grace@example.com"]],
  }),
};

type Given = { [Name in keyof MeetingOptions]?: MeetingOptions[Name] | null | undefined };

/** Merges several sets of options, later ones first; null removes an option. */
export function mergeMeetingOptions(...given: Given[]): MeetingOptions {
  const merged = Object.assign({}, ...given.map(withoutUndefined)) as Given;
  const { lobby, recordAutomatically, allowedPresenters, transcription, chat } = merged;
  const { entryExitTones, attendeeMic, attendeeCamera, spokenLanguage, coOrganizers, presenters } = merged;
  return {
    lobby: lobby ?? defaultMeetingOptions.lobby,
    recordAutomatically: recordAutomatically ?? defaultMeetingOptions.recordAutomatically,
    allowedPresenters: allowedPresenters ?? defaultMeetingOptions.allowedPresenters,
    ...(transcription ? { transcription } : {}),
    ...(chat ? { chat } : {}),
    ...(typeof entryExitTones === "boolean" ? { entryExitTones } : {}),
    ...(typeof attendeeMic === "boolean" ? { attendeeMic } : {}),
    ...(typeof attendeeCamera === "boolean" ? { attendeeCamera } : {}),
    ...(spokenLanguage ? { spokenLanguage } : {}),
    ...(coOrganizers?.length ? { coOrganizers } : {}),
    ...(presenters?.length ? { presenters } : {}),
  };
}

function withoutUndefined(given: Given): Given {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Options missing in a row have their defaults. */
const stored = z
  .object({
    ...meetingOptionFields,
    ...extraMeetingOptionFields,
    spokenLanguage: z.string(),
    coOrganizers: z.array(z.string()),
    presenters: z.array(z.string()),
  })
  .partial()
  .transform((given) => mergeMeetingOptions(given));

/** The options that an event type asks for. */
export const readMeetingOptions = jsonColumn("EventType.meetingOptions", stored);

/** The options that a meeting has to be given; null: none. */
export const readWantedOptions = jsonColumn("Meeting.options", stored.nullable());

/**
 * Of an event type's options, those that a meeting has to be given; null where nothing has to be set. One that was given options before
 * (`isSet`) is given plain ones too.
 */
export function optionsToSet(kind: string, options: MeetingOptions, isSet = false): MeetingOptions | null {
  return kind === "teams" && (isSet || !isPlain(options)) ? options : null;
}

const optionValue = z.union([z.string(), z.boolean()]);

const person = z.object({
  accountId: z.string().optional(),
  email: z.string(),
  role: z.enum(["coorganizer", "presenter"]).default("coorganizer"),
});

const outcomeSchema = z.object({
  /** `waiting`: it is tried again; `given_up`: only when the organizer asks for it. */
  state: z.enum(["applied", "waiting", "given_up"]),
  tries: z.number(),
  /** Who is a co-organizer or presenter or should be, and those who were for an earlier state of the booking. */
  coOrganizers: z.array(person).default([]),
  former: z.array(person).default([]),
  untaken: z.array(
    z.object({
      option: z.string(),
      wanted: optionValue,
      /** What the meeting has instead; null where it could not be read. */
      actual: optionValue.nullable(),
      why: z.string(),
    }),
  ),
});

/** The outcome of setting a meeting's options, as stored in its row. */
export type OptionsOutcome = z.output<typeof outcomeSchema>;

/** Null: not looked at yet. */
export const readOptionsOutcome = jsonColumn("Meeting.optionsOutcome", outcomeSchema.nullable());
