import { randomUUID } from "node:crypto";
import type { Picker } from "@/lib/booking-page/load-picker";
import { lostSlotState } from "@/lib/booking-page/lost-visit";
import type { Listener } from "@/lib/booking-page/time-choices";

interface PickedForm extends Pick<Listener, "organizer" | "locale"> {
  picker: Pick<Picker, "timeZone" | "clock">;
  /** The form that came back from an older page, if one did. */
  lost: Record<string, string> | null;
  /** What the form is about, as hidden fields. */
  fields: Readonly<Record<string, string>>;
}

/** What every form below the picker starts with: a key of its own, and the zone and clock in which its times are shown. */
export function pickedForm({ picker: { timeZone, clock }, lost, fields, ...listener }: PickedForm) {
  return {
    initial: lostSlotState(lost, { ...listener, timeZone, clock }),
    hidden: { ...fields, timeZone, clock },
    requestKey: randomUUID(),
  };
}
