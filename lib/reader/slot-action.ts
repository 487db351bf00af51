/** A form that asks for a time: where it can't be had, the form comes back with times that can, in its sender's zone. */
import { refresh } from "next/cache";
import type { z } from "zod";
import { describeKeptTime, readIssues, readListener, takeKeptStart } from "@/lib/booking-page/read-form";
import type { SlotFormState } from "@/lib/booking-page/slot-form-state";
import { describeMistakes, describeRefusal, type Refusal } from "@/lib/booking-page/slot-refusal";
import { type FormValues, toFormValues } from "@/lib/input/form-values";
import type { InputIssue } from "@/lib/input/parse";
import { answerForm, type Rules, type Sent } from "@/lib/reader/action";

/** Why a time could not be had. */
export type SlotRefused = Refusal | { code: "invalid_request"; issues: readonly InputIssue[] };

/** What a form is about: at the least, whose time is asked for and their zone (IANA). */
interface Subject {
  organizer: { name: string; timeZone: string };
}

/** A form that was sent, with the chosen time among its fields. */
export interface SentSlot<About> extends Sent<About> {
  fields: FormValues;
}

interface SlotAction<Schema extends z.ZodType, About extends Subject>
  extends Pick<Rules<Schema, About>, "guard" | "limit" | "schema"> {
  /** Turns fields into what the schema checks. */
  read: (fields: FormValues, about: About) => unknown;
  /** Looks over what the schema leaves open, given its complaints; null: there is nothing to complain of. */
  review?: (issues: readonly InputIssue[], sent: SentSlot<About>) => Promise<SlotRefused | null>;
  /** Leads elsewhere where the time could be had. */
  run: (input: z.output<Schema>, sent: SentSlot<About>) => Promise<SlotRefused>;
}

/** Makes a server action for `SlotForm`. */
export function slotAction<Schema extends z.ZodType, About extends Subject>({
  read,
  review = complain,
  run,
  ...rules
}: SlotAction<Schema, About>): (state: SlotFormState, formData: FormData) => Promise<SlotFormState> {
  return async (_state, formData) => {
    const fields = takeKeptStart(toFormValues(formData));
    return answerForm({ ...rules, read: (_, about) => read(fields, about) }, formData, {
      async refuse(refusal, sent) {
        if (refusal.code !== "invalid_input") return toState(refusal, fields, sent);
        const { issues } = refusal;
        const refused = sent.who && (await review(issues, { ...sent, who: sent.who, fields }));
        return toState(refused ?? { code: "invalid_request", issues }, fields, sent);
      },
      async run(input, sent) {
        const slot = { ...sent, fields };
        return toState((await review([], slot)) ?? (await run(input, slot)), fields, sent);
      },
    });
  };
}

async function complain(issues: readonly InputIssue[]): Promise<SlotRefused | null> {
  return issues.length > 0 ? { code: "invalid_request", issues } : null;
}

/** A form that another site has sent is refused before anything is looked up: its words name no one. */
const unknown: Subject["organizer"] = { name: "", timeZone: "UTC" };

function toState(
  refused: SlotRefused,
  fields: FormValues,
  { who, locale }: Sent<Subject | null>,
): SlotFormState {
  const listener = readListener(fields, who?.organizer ?? unknown, locale);
  const typed = { values: fields, keptTime: describeKeptTime(fields.start, listener) };
  if (refused.code === "invalid_request") {
    return describeMistakes(readIssues(refused.issues, locale), typed, locale);
  }
  // The list of times on the page is out of date.
  if ("alternatives" in refused) refresh();
  return describeRefusal(refused, listener, typed);
}
