"use client";

import { type SlotAction, SlotForm, type SlotFormWords } from "@/components/booking/slot-form";

interface MoveFormProps {
  action: SlotAction;
  hidden: Readonly<Record<string, string>>;
  requestKey: string;
  words: SlotFormWords & { time: string };
}

/** Asks for another time for a booking there is already: nothing has to be typed. */
export function MoveForm({ words, ...rest }: MoveFormProps) {
  return (
    <SlotForm {...rest} id="book" words={words} places={{ start: { id: "times", label: words.time } }} />
  );
}
