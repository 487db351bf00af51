"use client";

import { KeepTyping } from "@/components/booking-page/keep-typing";
import { type SlotAction, SlotForm, type SlotFormWords } from "@/components/booking-page/slot-form";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { SlotFormState } from "@/lib/booking-page/slot-form-state";

interface MoveFormProps {
  action: SlotAction;
  initial?: SlotFormState | undefined;
  hidden: Readonly<Record<string, string>>;
  requestKey: string;
  /** The field for a message to the other side; null: there is none. */
  reason: { bookingId: string; label: string; hint: string; optional: string | undefined } | null;
  words: SlotFormWords & { time: string };
}

/** Asks for another time for a booking there is already. */
export function MoveForm({ words, reason, ...rest }: MoveFormProps) {
  const places = {
    start: { id: "times", label: words.time },
    ...(reason ? { reason: { id: "reason", label: reason.label } } : {}),
  };
  return (
    <>
      <SlotForm {...rest} id="book" words={words} places={places}>
        {({ values, errors }) =>
          reason && (
            <Field
              id="reason"
              label={reason.label}
              optional={reason.optional}
              hint={reason.hint}
              error={errors.reason}
              className="col-span-full"
            >
              {(control) => (
                <Textarea {...control} name="reason" rows={3} maxLength={1000} defaultValue={values.reason} />
              )}
            </Field>
          )
        }
      </SlotForm>
      {reason && <KeepTyping formId="book" name={reason.bookingId} />}
    </>
  );
}
