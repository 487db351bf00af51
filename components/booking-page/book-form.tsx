import { UserPlusIcon } from "@phosphor-icons/react/ssr";
import { type ComponentProps, use } from "react";
import { visitorFormWords } from "@/components/booking-page/form-words";
import { pickedForm } from "@/components/booking-page/picked-form";
import { VisitorForm, type VisitorFormWords } from "@/components/booking-page/visitor-form";
import { Icon } from "@/components/ui/icon";
import type { Picker } from "@/lib/booking-page/load-picker";
import type { PickerQuery } from "@/lib/booking-page/picker-query";
import type { Offer } from "@/lib/offers/offer";
import { getLocale } from "@/lib/reader/locale";

interface BookFormProps extends Pick<ComponentProps<typeof VisitorForm>, "action"> {
  offer: Offer;
  picker: Picker;
  query: PickerQuery;
  lost: Record<string, string> | null;
  /** What is booked, as hidden fields. */
  fields: Readonly<Record<string, string>>;
  /** Words that differ where an organizer books for a visitor; left out: visitors book themselves. */
  words?: Partial<VisitorFormWords>;
}

/** The form that books the chosen time, filled in with what the address says. */
export function BookForm({ action, offer, picker, query, lost, fields, words }: BookFormProps) {
  const locale = use(getLocale());
  const { organizer, timeZone, eventType } = offer;
  return (
    <VisitorForm
      {...pickedForm({
        picker,
        lost,
        locale,
        organizer: { name: organizer.name, timeZone },
        fields: { ...fields, durationMinutes: String(picker.durationMinutes) },
      })}
      action={action}
      prefill={{
        name: query.name ?? "",
        email: query.email ?? "",
        guests: query.guests ?? "",
        answers: answersOf(eventType.questions, query.answers),
      }}
      questions={eventType.questions}
      guestsIcon={<Icon glyph={UserPlusIcon} />}
      words={{ ...visitorFormWords(locale), ...words }}
      isOwn={words === undefined}
    />
  );
}

/** Attributes of an element on another website come in lower case. */
function answersOf(questions: Offer["eventType"]["questions"], given: PickerQuery["answers"]) {
  const entries = questions.flatMap(({ id }): [string, string][] => {
    const answer = given[id] ?? given[id.toLowerCase()];
    return answer === undefined ? [] : [[id, answer]];
  });
  return Object.fromEntries(entries);
}
