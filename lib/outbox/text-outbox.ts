/** Text messages on their way. What they say is sealed, for they carry a link that acts for anyone who holds it. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Tx } from "@/lib/database/client";
import { seal, unseal } from "@/lib/encryption/cipher";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { defineJob, enqueue } from "@/lib/jobs/queue";
import { numberHashOf } from "@/lib/outbox/text-limits";

export const textJob = defineJob<{ textId: string }>("text.send", 2);

export const textPurpose = "TextMessage.Text.v1";

export interface NewText {
  bookingId: string;
  /** confirmed, or reminder.60 */
  kind: string;
  revision: number;
  /** E.164; null when what the visitor gave is no number that can be reached from abroad. */
  to: string | null;
  body: string;
}

const content = z.object({ to: z.string(), body: z.string() });

/** Puts a text on its way as part of the caller's transaction. */
export async function sendText(tx: Tx, { to, body, ...text }: NewText): Promise<void> {
  const id = randomUUID();
  if (to === null) {
    const lastError = "number_form";
    await tx.textMessage.create({ data: { id, ...text, status: "failed", lastError } });
    await note(tx, [text.bookingId], {
      step: "text_failed",
      outcome: "failed",
      facts: { text: text.kind, problem: lastError },
    });
    return;
  }
  const textSealed = seal(JSON.stringify({ to, body }), { purpose: textPurpose, row: id });
  await tx.textMessage.create({ data: { id, ...text, textSealed, numberHash: numberHashOf(to) } });
  await enqueue(tx, textJob, { textId: id });
}

/** What a stored text says, and to which number. */
export function openText({
  id,
  textSealed,
}: {
  id: string;
  textSealed: string | null;
}): z.output<typeof content> {
  if (textSealed === null) throw new Error("Nothing is sent of this text any more: its words are gone.");
  return content.parse(JSON.parse(unseal(textSealed, { purpose: textPurpose, row: id })));
}
