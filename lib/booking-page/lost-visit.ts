/** A visitor's form that came back because the page it was on is older than this server: shown again as it was sent. */
import { type FormState, openForm } from "@/lib/auth/form-state";
import { readLostForm } from "@/lib/auth/lost-form";
import { type PickerQuery, readPickerQuery, type SearchParams } from "@/lib/booking-page/picker-query";
import { describeKeptTime, takeKeptStart } from "@/lib/booking-page/read-form";
import { openSlotForm, type SlotFormState } from "@/lib/booking-page/slot-form-state";
import type { Listener } from "@/lib/booking-page/time-choices";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** The fields of such a form; null: this page was asked for, not sent. */
export async function readLostVisit(): Promise<Record<string, string> | null> {
  const values = await readLostForm();
  return values && takeKeptStart(values);
}

/** What a form of reasons shows first. */
export function lostFormState(values: Record<string, string> | null, locale: Locale): FormState {
  return values ? { ...openForm, status: "refused", values, message: describeRenewed(locale) } : openForm;
}

/** What a form that asks for a time shows first. */
export function lostSlotState(
  values: Record<string, string> | null,
  listener: Listener,
): SlotFormState | undefined {
  if (!values) return undefined;
  return {
    ...openSlotForm,
    isRenewed: true,
    status: "refused",
    values,
    keptTime: describeKeptTime(values.start, listener),
    message: describeRenewed(listener.locale),
    hint: translator("booking", listener.locale)("form.renewedHint"),
  };
}

/**
 * What a page that offers times was asked for: the fields of a form that came back to it, and the address with what had been
 * chosen in that form, so that the same times are shown.
 */
export async function readPickerVisit(
  params: SearchParams,
): Promise<{ lost: Record<string, string> | null; query: PickerQuery }> {
  const lost = await readLostVisit();
  return { lost, query: readPickerQuery(withLostChoice(params, lost)) };
}

function withLostChoice(params: SearchParams, values: Record<string, string> | null): SearchParams {
  if (!values) return params;
  const { start, timeZone: tz, clock, durationMinutes: duration, link } = values;
  const chosen = Object.entries({ start, tz, clock, duration, link }).filter(([, value]) => value);
  return { ...params, ...Object.fromEntries(chosen) };
}

function describeRenewed(locale: Locale): string {
  return translator("booking", locale)("form.renewed");
}
