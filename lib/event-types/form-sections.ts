/** The sections of an event type's form, each with an address of its own, and what is in which. PURE, for server and browser. */
import { optionalNumbers } from "@/lib/event-types/numbers";

/** Fields by their names, or by what their names begin with, up to a full stop. In the order in which sections are listed. */
const fields = {
  general: ["title", "slug", "description", "durationsMinutes", "hidden"],
  location: ["location", "fallbackLocation", "meetingOptions", "rooms"],
  hosts: ["hosts", "rotatingHosts", "hostChoice", "onReschedule", "hostDeclines"],
  availability: [
    "scheduleId",
    "minimumNoticeMinutes",
    "notice",
    "availableNowMinutes",
    "bufferBeforeMinutes",
    "bufferAfterMinutes",
    "window",
    "preferAdjacentTimes",
  ],
  limits: optionalNumbers.filter((name) => name !== "availableNowMinutes"),
  questions: ["questions"],
  languages: ["translations"],
  notifications: ["notifications", "mailGreeting", "mailClosing"],
  calendar: ["subjectTemplate", "invitations", "outlookChanges"],
  embedding: ["embedOrigins"],
  advanced: [
    "requiresApproval",
    "rescheduleNeedsApproval",
    "approvalHours",
    "changePolicy",
    "emailCheck",
    "requiresLink",
    "redirectUrl",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SectionName = keyof typeof fields;

/** Those of an organizer's own event type; a team's has hosts besides. */
const ofEveryone = (Object.keys(fields) as SectionName[]).filter((name) => name !== "hosts");

/** The sections in their order. */
export function listSections(hasHosts: boolean): SectionName[] {
  return hasHosts ? (Object.keys(fields) as SectionName[]) : ofEveryone;
}

/** Where a field is, by its name or by the path of a complaint about it; undefined for one that isn't shown. */
export function sectionOf(name: string): SectionName | undefined {
  return listSections(true).find((section) =>
    fields[section].some((field: string) => name === field || name.startsWith(`${field}.`)),
  );
}
