/** What an organizer may want of a Teams meeting besides its link. PURE, for server and browser. */

export const lobbies = ["default", "organizer", "organization", "invited", "everyone"] as const;
export const presenters = ["everyone", "organization", "organizer"] as const;
export const transcriptions = ["allowed", "off"] as const;
export const chats = ["enabled", "limited", "disabled"] as const;

/** What is left out is as the organizer's Teams policy says. */
export interface MeetingOptions {
  lobby: (typeof lobbies)[number];
  recordAutomatically: boolean;
  allowedPresenters: (typeof presenters)[number];
  transcription?: (typeof transcriptions)[number] | undefined;
  chat?: (typeof chats)[number] | undefined;
  /** Whether a tone is heard when someone on the phone comes or goes. */
  entryExitTones?: boolean | undefined;
  /** Whether those who don't present may turn on their microphone, and their camera. */
  attendeeMic?: boolean | undefined;
  attendeeCamera?: boolean | undefined;
  /** What is spoken, for recording and transcription (BCP 47 with a region). */
  spokenLanguage?: string | undefined;
  /** Addresses of colleagues, who are co-organizers of the Teams meeting, and who present beside them. */
  coOrganizers?: string[] | undefined;
  presenters?: string[] | undefined;
}

/** Those that are a property of the meeting, unlike the people in it. */
export type MeetingOptionName = Exclude<keyof MeetingOptions, "coOrganizers" | "presenters">;

export const defaultMeetingOptions: MeetingOptions = {
  lobby: "default",
  recordAutomatically: false,
  allowedPresenters: "everyone",
};

/** Sets of options for common cases. */
export const optionPresets = {
  plain: defaultMeetingOptions,
  interview: {
    lobby: "organizer",
    recordAutomatically: false,
    allowedPresenters: "organizer",
    transcription: "off",
    chat: "limited",
  },
  consult: {
    lobby: "organization",
    recordAutomatically: true,
    allowedPresenters: "everyone",
    transcription: "allowed",
    chat: "enabled",
  },
  lesson: {
    lobby: "everyone",
    recordAutomatically: false,
    allowedPresenters: "organizer",
    chat: "limited",
    entryExitTones: false,
    attendeeMic: true,
    attendeeCamera: true,
  },
  webinar: {
    lobby: "everyone",
    recordAutomatically: false,
    allowedPresenters: "organizer",
    chat: "enabled",
    entryExitTones: false,
    attendeeMic: false,
    attendeeCamera: false,
  },
} as const satisfies Record<string, MeetingOptions>;

export type OptionPreset = keyof typeof optionPresets;

/** True if all options are the Teams defaults, so that nothing has to be set. */
export function isPlain(options: MeetingOptions): boolean {
  const { coOrganizers = [], presenters = [], ...rest } = options;
  const names = Object.keys(rest) as MeetingOptionName[];
  return (
    coOrganizers.length + presenters.length === 0 &&
    names.every((name) => rest[name] === undefined || rest[name] === defaultMeetingOptions[name])
  );
}
