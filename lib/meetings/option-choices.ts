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
}

export type MeetingOptionName = keyof MeetingOptions;

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
  webinar: {
    lobby: "everyone",
    recordAutomatically: false,
    allowedPresenters: "organizer",
    chat: "enabled",
    entryExitTones: false,
  },
} as const satisfies Record<string, MeetingOptions>;

export type OptionPreset = keyof typeof optionPresets;

/** True if all options are the Teams defaults, so that nothing has to be set. */
export function isPlain(options: MeetingOptions): boolean {
  return presetOf(options) === "plain";
}

/** The set that these options are; null for options of the organizer's own. */
function presetOf(options: MeetingOptions): OptionPreset | null {
  const names = Object.keys(optionPresets) as OptionPreset[];
  return names.find((name) => isSame(options, optionPresets[name])) ?? null;
}

function isSame(one: MeetingOptions, other: MeetingOptions): boolean {
  return (
    one.lobby === other.lobby &&
    one.recordAutomatically === other.recordAutomatically &&
    one.allowedPresenters === other.allowedPresenters &&
    one.transcription === other.transcription &&
    one.chat === other.chat &&
    one.entryExitTones === other.entryExitTones &&
    one.attendeeMic === other.attendeeMic &&
    one.attendeeCamera === other.attendeeCamera
  );
}
