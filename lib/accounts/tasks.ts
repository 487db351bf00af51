import { db } from "@/lib/database/client";
import { countOf, type RetentionRule, ranOut, sumOf } from "@/lib/database/retention-rule";
import { uploadRetention } from "@/lib/imports/uploads";
import type { RepeatedTask } from "@/lib/jobs/runner";

/** Links that ran out open nothing any more. */
const linkRetention: RetentionRule = {
  kind: "links",
  days: 0,
  count: (now) =>
    sumOf([
      db().passwordReset.count(ranOut(now)),
      db().invitation.count(ranOut(now)),
      db().teamInvitation.count(ranOut(now)),
      db().pendingSignUp.count(ranOut(now)),
      db().emailChange.count(ranOut(now)),
      db().signInLink.count(ranOut(now)),
    ]),
  remove: (now) =>
    sumOf([
      countOf(db().passwordReset.deleteMany(ranOut(now))),
      countOf(db().invitation.deleteMany(ranOut(now))),
      countOf(db().teamInvitation.deleteMany(ranOut(now))),
      countOf(db().pendingSignUp.deleteMany(ranOut(now))),
      countOf(db().emailChange.deleteMany(ranOut(now))),
      countOf(db().signInLink.deleteMany(ranOut(now))),
    ]),
};

const sessionRetention: RetentionRule = {
  kind: "sessions",
  days: 0,
  count: (now) => db().session.count(ranOut(now)),
  remove: (now) => countOf(db().session.deleteMany(ranOut(now))),
};

export const accountRetention: RetentionRule[] = [linkRetention, sessionRetention, uploadRetention];

async function sweepExpired(): Promise<void> {
  for (const { remove } of accountRetention) await remove(new Date());
}

export const accountTasks: RepeatedTask[] = [
  { name: "accounts.sweep", everySeconds: 3600, run: sweepExpired },
];
