/** Reads what a visitor's form sends. PURE but for the catalogue of words. */
import type { BookingRequest } from "@/lib/booking/schema";
import { type Listener, speakSlotWithDay } from "@/lib/booking-page/time-choices";
import { placeOf, readZone } from "@/lib/format/places";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { readAddressList } from "@/lib/input/addresses";
import { describeIssue } from "@/lib/input/describe";
import type { FormValues } from "@/lib/input/form-values";
import type { InputIssue } from "@/lib/input/parse";
import { digestOf, identify, type RequestIdentity } from "@/lib/input/request-identity";
import { readUtm } from "@/lib/input/utm";
import type { Question } from "@/lib/offers/offer";

/** The fields with the time that was chosen last. */
export function takeKeptStart(values: FormValues): FormValues {
  // Without a script the chosen time comes back in a field of its own; one that was chosen since goes first.
  const { keptStart, ...rest } = values;
  return keptStart && !rest.start ? { ...rest, start: keptStart } : rest;
}

/** For whom times are written. */
export function readListener(
  values: FormValues,
  organizer: { name: string; timeZone: string },
  locale: Locale,
): Listener {
  return {
    locale,
    organizer,
    timeZone: readZoneOf(values, organizer),
    clock: values.clock === "12" ? "12" : "24",
  };
}

/** The zone that a form was filled in (IANA): its sender's, or else the organizer's. */
export function readZoneOf({ timeZone }: FormValues, organizer: { timeZone: string }): string {
  return readZone(timeZone) ?? organizer.timeZone;
}

/** "Your time is still Thursday 10 December, 09:30." Null where none was chosen. */
export function describeKeptTime(start: string | undefined, listener: Listener): string | null {
  const at = Date.parse(start ?? "");
  if (Number.isNaN(at)) return null;
  const { label } = speakSlotWithDay({ start: at, end: at }, listener);
  return translator("booking", listener.locale)("form.kept", {
    time: label,
    place: placeOf(listener.timeZone, listener.locale),
  });
}

/** Room for many more guests than are taken. */
const longestGuestList = 20_000;

/** The request for a booking, still to be checked by its schema. */
export function toBookingRequest(
  values: FormValues,
  questions: readonly Question[],
  { timeZone, locale }: { timeZone: string; locale: string | undefined },
): Omit<{ [Key in keyof BookingRequest]: unknown }, "answers"> & {
  answers: Record<string, string | boolean>;
} {
  const utm = readUtm((name) => values[name]);
  const guests = readAddressList((values.guests ?? "").slice(0, longestGuestList));
  return {
    handle: values.handle,
    slug: values.slug,
    start: values.start,
    durationMinutes: Number(values.durationMinutes),
    visitor: { name: values.name, email: values.email, timeZone, ...(locale ? { locale } : {}) },
    answers: Object.fromEntries(questions.flatMap((question) => readAnswer(question, values))),
    ...(guests.length > 0 ? { guests } : {}),
    ...(values.link ? { link: values.link } : {}),
    ...(values.host ? { host: values.host } : {}),
    ...(Object.keys(utm).length > 0 ? { utm } : {}),
  };
}

function readAnswer({ id, kind }: Question, values: FormValues): [string, string | boolean][] {
  const value = values[`answers.${id}`]?.trim();
  if (!value) return [];
  return [[id, kind === "checkbox" ? true : value]];
}

/** The first complaint about each field of the form, by the field's name. */
export function readIssues(issues: readonly InputIssue[], locale: Locale): Record<string, string> {
  const words = translator("booking", locale);
  const errors: Record<string, string> = {};
  for (const issue of issues) {
    const [first = "", second = ""] = issue.path.split(".");
    if (first === "guests") {
      errors.guests ??=
        issue.message === "too_many" ? words("form.tooManyGuests") : describeIssue(issue, locale);
    } else if (first === "start") errors.start ??= words("form.time");
    else errors[first === "visitor" ? second : issue.path] ??= describeIssue(issue, locale);
  }
  return errors;
}

/**
 * Who asks: one form with one content, so that sending it twice is one booking, and anyone who sends the same form with other content (from
 * a browser's history, on a shared machine) asks again. `sender` keeps the forms of different people apart.
 */
export function identityOfForm(
  { requestKey = "" }: FormValues,
  sender: readonly string[],
  request: BookingRequest,
): { identity?: RequestIdentity } {
  const isRandom = /^[\w-]{32,64}$/.test(requestKey);
  if (!isRandom) return {};
  const content = Buffer.from(digestOf(request)).toString("base64url");
  return { identity: identify(["form", ...sender, requestKey, content], request) };
}
