import { newChangeKey } from "@/tests/emulator/ids";
import type { Mailbox, StoredEvent } from "@/tests/emulator/state";

/** Marks an event as changed now. */
export function touch(mailbox: Mailbox, event: StoredEvent): void {
  mailbox.changeNumber += 1;
  event.changeNumber = mailbox.changeNumber;
  event.changeKey = newChangeKey();
  event.modifiedAt = Date.now();
}
