/** The part of an event type's form that is about what visitors may do, and where they go. PURE, for server and browser. */
import { type ChangePolicy, defaultChangePolicy } from "@/lib/booking-record/change-policy";
import type { EventType } from "@/lib/event-types/schema";
import type { FormValues } from "@/lib/input/form-values";

/** The changes whose last moment is chosen. */
export const limitedChanges = ["cancelMinutes", "rescheduleMinutes"] as const;

/** Last moments to choose from, in minutes before the start. */
const commonLimits = [0, 60, 120, 240, 720, 1440, 2880, 10_080];

/** The value that means never. */
export const never = "never";

type Fields = Pick<EventType, "changePolicy" | "emailCheck" | "redirectUrl" | "requiresLink">;

/** The fields of a new event type. */
export const newVisitorValues = toVisitorValues({
  changePolicy: defaultChangePolicy,
  emailCheck: "suspicious",
  requiresLink: false,
});

export function toVisitorValues({ changePolicy, emailCheck, redirectUrl, requiresLink }: Fields): FormValues {
  return {
    "changePolicy.cancelMinutes": toLimit(changePolicy.cancelMinutes),
    "changePolicy.rescheduleMinutes": toLimit(changePolicy.rescheduleMinutes),
    "changePolicy.reason": changePolicy.reason,
    emailCheck,
    redirectUrl: redirectUrl ?? "",
    ...(requiresLink ? { requiresLink: "on" } : {}),
  };
}

export function readVisitorValues(values: FormValues) {
  return {
    changePolicy: {
      cancelMinutes: readLimit(values["changePolicy.cancelMinutes"]),
      rescheduleMinutes: readLimit(values["changePolicy.rescheduleMinutes"]),
      reason: values["changePolicy.reason"] ?? defaultChangePolicy.reason,
    },
    emailCheck: values.emailCheck ?? "suspicious",
    redirectUrl: values.redirectUrl?.trim() || null,
    requiresLink: values.requiresLink !== undefined,
  };
}

/** The last moments to show, in minutes before the start, and one that is set otherwise. */
export function limitChoices(values: FormValues, name: (typeof limitedChanges)[number]): number[] {
  const set = readLimit(values[`changePolicy.${name}`]);
  return [...new Set([...commonLimits, ...(set === null ? [] : [set])])].sort((a, b) => a - b);
}

function toLimit(minutes: ChangePolicy["cancelMinutes"]): string {
  return minutes === null ? never : String(minutes);
}

function readLimit(text = "0"): number | null {
  return text === never ? null : Number(text);
}
