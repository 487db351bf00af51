/** The part of an event type's form that is about invitations and mails. PURE, for server and browser. */
import type { EventType } from "@/lib/event-types/schema";
import type { FormValues } from "@/lib/input/form-values";
import { defaultNotifications } from "@/lib/notices/defaults";

export const inviters = ["outlook", "bellhop"] as const;

/** What a change made in Outlook does to a booking. */
export const outlookPolicies = ["apply", "ask", "ignore"] as const;

/** Mails that are sent or not, in the order of the form. */
export const mailSwitches = [
  "confirmation",
  "rescheduled",
  "cancelled",
  "decision",
  "noShow",
  "organizerCopies",
  "organizerRequest",
] as const;

/** Text messages that are sent or not. */
export const textSwitches = ["textConfirmation", "textReminders"] as const;

const switches = [...mailSwitches, ...textSwitches] as const;

/** Reminders to tick, in minutes before the start. */
const commonReminders = [10_080, 1440, 60, 15];

/** Words of thanks to choose from, in minutes after the end. */
const commonFollowUps = [60, 1440];

type Mails = Pick<
  EventType,
  "invitations" | "outlookChanges" | "notifications" | "approvalHours" | "mailGreeting" | "mailClosing"
>;

const reminderField = "notifications.reminder.";

/** The fields of a new event type. */
export const newMailValues = toMailValues({
  invitations: "outlook",
  outlookChanges: "apply",
  notifications: defaultNotifications,
  approvalHours: 48,
  mailGreeting: "",
  mailClosing: "",
});

export function toMailValues({
  invitations,
  outlookChanges,
  notifications,
  approvalHours,
  mailGreeting,
  mailClosing,
}: Mails): FormValues {
  const ticked = [
    ...switches.filter((name) => notifications[name]).map((name) => `notifications.${name}`),
    ...notifications.reminderMinutes.map((minutes) => `${reminderField}${minutes}`),
  ];
  return {
    invitations,
    outlookChanges,
    mailGreeting,
    mailClosing,
    approvalHours: approvalHours === null ? "" : String(approvalHours),
    "notifications.followUp":
      notifications.followUpMinutes === null ? "" : String(notifications.followUpMinutes),
    ...Object.fromEntries(ticked.map((name) => [name, "on"])),
  };
}

export function readMailValues(values: FormValues) {
  const followUp = values["notifications.followUp"];
  return {
    invitations: values.invitations,
    outlookChanges: values.outlookChanges,
    mailGreeting: values.mailGreeting,
    mailClosing: values.mailClosing,
    approvalHours: values.approvalHours?.trim() ? Number(values.approvalHours) : null,
    notifications: {
      ...Object.fromEntries(switches.map((name) => [name, values[`notifications.${name}`] !== undefined])),
      reminderMinutes: remindersIn(values),
      followUpMinutes: followUp ? Number(followUp) : null,
    },
  };
}

/** The reminders to show, the earliest first: common ones, and those that are set already. */
export function reminderChoices(values: FormValues): { name: string; minutes: number }[] {
  return [...new Set([...commonReminders, ...remindersIn(values)])]
    .sort((a, b) => b - a)
    .map((minutes) => ({ name: `${reminderField}${minutes}`, minutes }));
}

/** The words of thanks to show, in minutes after the end. */
export function followUpChoices(values: FormValues): number[] {
  const set = values["notifications.followUp"];
  return [...new Set([...commonFollowUps, ...(set ? [Number(set)] : [])])].sort((a, b) => a - b);
}

function remindersIn(values: FormValues): number[] {
  return Object.keys(values)
    .filter((name) => name.startsWith(reminderField))
    .map((name) => Number(name.slice(reminderField.length)))
    .sort((a, b) => b - a);
}
