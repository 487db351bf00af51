import { callKey, type FlightGroup } from "@/components/organizer-bookings/flight";
import { optionName } from "@/components/organizer-bookings/option-words";
import type { FlightLine } from "@/lib/flight-recorder/queries";
import { listOf } from "@/lib/format/lists";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type { ProviderProblem } from "@/lib/meetings/provider";

/** What happened, as a sentence. */
export function sentenceOf(line: FlightLine, visitorName: string, locale: Locale): string {
  const words = translator("bookings", locale);
  const { step, facts } = line;
  switch (step) {
    case "call":
      return sentenceOfCall(line, locale);
    case "booked":
      if (facts.by === "import") return words("recorder.steps.booked_by_import", { name: visitorName });
      return words("recorder.steps.booked", {
        name: visitorName,
        approval: String(facts.approval === true),
        by: String(facts.by ?? "visitor"),
        awaits: String(facts.awaits ?? "none"),
      });
    case "turn_taken":
      return words("recorder.steps.turn_taken", {
        host: String(facts.host ?? ""),
        reason: String(facts.reason ?? "order"),
        taken: Number(facts.taken ?? 0),
        weight: Number(facts.weight ?? 100),
        passedOver: String(facts.passedOver ?? "none"),
      });
    case "handed_over":
    case "handover_refused":
      return words(`recorder.steps.${step}`, {
        from: String(facts.from ?? ""),
        to: String(facts.to ?? ""),
        by: String(facts.by ?? "rule"),
      });
    case "address_confirmed":
      return words("recorder.steps.address_confirmed", {
        name: visitorName,
        approval: String(facts.approval === true),
      });
    case "running_late":
      return words("recorder.steps.running_late", {
        name: visitorName,
        by: String(facts.by ?? "visitor"),
        minutes: Number(facts.minutes ?? 0),
      });
    case "no_show":
      return words("recorder.steps.no_show", { name: visitorName, noShow: String(facts.noShow !== false) });
    case "attendance_read":
      return words("recorder.steps.attendance_read", {
        name: visitorName,
        verdict: String(facts.verdict ?? "unknown"),
      });
    case "meeting_created":
      return words("recorder.steps.meeting_created", { again: String(Number(facts.generation) > 1) });
    case "link_verified":
      return words("recorder.steps.link_verified", { unchanged: String(facts.unchanged !== false) });
    case "mailbox_out_of_reach":
      return words("recorder.steps.mailbox_out_of_reach", { isOff: String(facts.isOff === true) });
    case "meeting_waits":
    case "meeting_failed":
      return words(`recorder.steps.${step}`, { problem: problemOf(line) ?? "other" });
    case "removal_waits":
      return words("recorder.steps.removal_waits", { problem: problemOf(line) ?? "other" });
    case "organizer_told":
      return words("recorder.steps.organizer_told", { what: String(facts.what ?? "other") });
    case "outlook_unclear":
      return words("recorder.steps.outlook_unclear", { code: String(facts.vendorCode ?? "none") });
    case "outlook_asks":
    case "outlook_ignored":
    case "outlook_answered":
      return words(`recorder.steps.${step}`, {
        kind: String(facts.kind ?? "other"),
        why: String(facts.why ?? "other"),
        answer: String(facts.answer ?? "other"),
      });
    case "event_erased":
      return words("recorder.steps.event_erased", { outcome: line.outcome });
    case "room_answered":
      return words("recorder.steps.room_answered", {
        room: String(facts.room ?? ""),
        answer: String(facts.answer ?? "waiting"),
      });
    case "place_given":
      return words("recorder.steps.place_given", { kind: String(facts.kind ?? "other") });
    case "fallback_used":
      return words("recorder.steps.fallback_used", { kind: String(facts.kind ?? "other") });
    case "mail_sent":
    case "mail_waits":
    case "mail_failed":
      return words(`recorder.steps.${step}`, { mail: mailOf(line, locale), problem: problemOf(line) ?? "" });
    case "text_sent":
    case "text_waits":
    case "text_failed":
    case "text_unknown":
      return words(`recorder.steps.${step}`, { text: textOf(line, locale), problem: problemOf(line) ?? "" });
    case "rescheduled":
      return words("recorder.steps.rescheduled", { approval: String(facts.approval === true) });
    case "options_untaken":
      return words("recorder.steps.options_untaken", { options: optionsOf(line, locale) });
    case "options_set":
    case "options_wait":
    case "people_changed":
    case "approved":
    case "declined":
    case "expired":
    case "confirmation_lapsed":
    case "waits_again":
    case "cancelled":
    case "repair_requested":
    case "link_missing":
    case "meeting_moved":
    case "meeting_removed":
    case "meeting_vanished":
    case "event_found_again":
    case "event_retired":
    case "visitor_erased":
    case "outlook_link_lost":
    case "meeting_moves_over":
    case "event_placed":
    case "shared_calendar_closed":
    case "removed_by_hand":
      return words(`recorder.steps.${step}`);
    default:
      return words("recorder.steps.unknown", { step });
  }
}

/** What a group of lines is about. */
export function titleOf({ begunBy, by }: FlightGroup, locale: Locale): string {
  const words = translator("bookings", locale);
  return words(`recorder.groups.${begunBy}`, { by: by ?? "other" });
}

/** Whether anyone must do something about a line that did not go well; null for one that did. */
export function todoOf(line: FlightLine, locale: Locale): string | null {
  const words = translator("bookings", locale);
  if (line.step === "mailbox_out_of_reach") return words("recorder.todo.out_of_reach");
  if (line.step === "mail_waits") return words("recorder.todo.none");
  if (line.step === "text_waits") return words("recorder.todo.none");
  if (line.step === "removal_waits") {
    const problem = problemOf(line);
    return words(`recorder.todo.${isTodo(problem) && problem !== "refused" ? problem : "removal"}`);
  }
  if (line.step === "text_failed") {
    return words("recorder.todo.text_failed", { problem: problemOf(line) ?? "" });
  }
  if (line.step === "mail_failed") return words("recorder.todo.mail_failed");
  if (line.outcome === "ok" || !["meeting_waits", "meeting_failed", "link_missing"].includes(line.step)) {
    return null;
  }
  const problem = problemOf(line);
  const fallback = line.step === "meeting_failed" ? "refused" : "none";
  return words(`recorder.todo.${isTodo(problem) ? problem : fallback}`);
}

/** "184 ms", "1.24 s", "5 min 20 s", "3 h 5 min": two figures at most, as exact as anyone needs. */
export function durationOf(ms: number, locale: Locale): string {
  const words = translator("bookings", locale);
  if (ms < 1000) return words("recorder.milliseconds", { value: Math.round(ms) });
  if (ms < 60_000) return words("recorder.seconds", { value: (ms / 1000).toFixed(2) });
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? words("recorder.minutes", { minutes, seconds: seconds % 60 })
    : words("recorder.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

function sentenceOfCall(line: FlightLine, locale: Locale): string {
  const words = translator("bookings", locale);
  const what = words(`recorder.calls.${callKey(line.call)}`);
  const problem = problemOf(line);
  if (!isProblem(problem)) return what;
  return translator("common", locale)("named", { name: what, value: words(`recorder.problems.${problem}`) });
}

const mails = [
  "confirm_address",
  "requested",
  "confirmed",
  "link_ready",
  "rescheduled",
  "cancelled",
  "declined",
  "reminder",
  "follow_up",
  "no_show",
  "guest",
  "own_link",
  "organizer_request",
  "organizer_booked",
  "organizer_rescheduled",
  "organizer_cancelled",
  "organizer_expired",
  "handover_to",
  "handover_from",
  "handed_over",
  "calendar_change",
  "calendar_trouble",
  "late_visitor",
  "late_organizer",
] as const;

/** Which mail a line is about; mails to guests are all of one kind. */
function mailOf({ facts }: FlightLine, locale: Locale): string {
  const words = translator("bookings", locale);
  const kind = typeof facts.mail === "string" ? facts.mail.replace(/^booking-/, "").replaceAll("-", "_") : "";
  const known = mails.find((mail) => mail === kind || (mail === "guest" && kind.startsWith("guest_")));
  return words(`recorder.mails.${known ?? "other"}`);
}

function textOf({ facts }: FlightLine, locale: Locale): string {
  const words = translator("bookings", locale);
  const isReminder = typeof facts.text === "string" && facts.text.startsWith("reminder");
  return words(`recorder.mails.${isReminder ? "reminder" : "confirmed"}`);
}

function optionsOf({ facts }: FlightLine, locale: Locale): string {
  const names = typeof facts.options === "string" ? facts.options.split(",") : [];
  return listOf(
    names.map((one) => optionName(one, locale)),
    locale,
  );
}

function problemOf({ facts }: FlightLine): string | null {
  return typeof facts.problem === "string" ? facts.problem : null;
}

const todos = [
  "reconnect_needed",
  "not_connected",
  "misconfigured",
  "access_denied",
  "no_teams",
  "read_only",
  "no_mailbox",
  "refused",
] as const;

const problems = [
  "not_connected",
  "reconnect_needed",
  "out_of_reach",
  "misconfigured",
  "access_denied",
  "no_mailbox",
  "throttled",
  "unavailable",
  "superseded",
  "refused",
] as const satisfies ProviderProblem[];

function isTodo(problem: string | null): problem is (typeof todos)[number] {
  return todos.some((known) => known === problem);
}

function isProblem(problem: string | null): problem is (typeof problems)[number] {
  return problems.some((known) => known === problem);
}
