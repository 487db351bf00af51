/**
 * This server's own credentials at Microsoft: when they are refused no one's connection is at fault, so the administrators
 * are notified, at most once a day, and what waited goes on as soon as they are taken again.
 */

import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import { sendCredentialsRefused } from "@/lib/meetings/mails/credentials-refused";
import { takeUpWaiting } from "@/lib/meetings/take-up";
import { clearAlert, raiseAlert } from "@/lib/outbox/operator-alert";

const kind = "teams_credentials";

/** Microsoft refused the credentials. `detail` is its error and number. A failure to notify is logged, never thrown. */
export async function noteCredentialsRefused(detail: string): Promise<void> {
  log().error({ detail }, "Microsoft refused this server's own credentials");
  await unlessFaulty(() =>
    db().$transaction(async (tx) => {
      for (const admin of await raiseAlert(tx, kind, detail)) await sendCredentialsRefused(tx, admin, detail);
    }),
  );
}

/** Microsoft refused the credentials when they were used last. */
export async function areCredentialsRefused(): Promise<boolean> {
  return (await db().operatorAlert.count({ where: { kind, clearedAt: null } })) > 0;
}

/** Microsoft took the credentials. The first time after a refusal, everything that waited for them is taken up. */
export async function noteCredentialsTaken(): Promise<void> {
  await unlessFaulty(() =>
    db().$transaction(async (tx) => {
      if (await clearAlert(tx, kind)) await takeUpWaiting(tx, "misconfigured");
    }),
  );
}

async function unlessFaulty(run: () => Promise<unknown>): Promise<void> {
  await run().catch((error) => log().error({ error }, "The alert about the credentials could not be kept"));
}
