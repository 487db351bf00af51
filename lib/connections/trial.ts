/** The result of an admin's last test of this server's registration. Neither tokens nor addresses are kept. */
import { z } from "zod";
import { connectionErrorCodes } from "@/lib/connections/connection-error";
import { db } from "@/lib/database/client";
import { jsonColumn } from "@/lib/database/json-column";
import type { AccountFacts, Identity } from "@/lib/meetings/sign-in-port";

const provider = "teams";

const resultSchema = z.union([
  z.object({
    state: z.enum(["connected", "limited", "reconnect_needed"]),
    reason: z.string().nullable(),
    accountKind: z.enum(["work", "personal"]),
    tenantId: z.string(),
  }),
  z.object({ code: z.enum(connectionErrorCodes), supportCode: z.string() }),
]);

export type TrialResult = z.output<typeof resultSchema>;

const readTestResult = jsonColumn("ProviderRegistration.testResult", resultSchema.nullable());

export interface Trial {
  at: Date;
  result: TrialResult;
  /** Values were saved since, so the result may be outdated. */
  isOutdated: boolean;
}

type Outcome = { identity: Identity; account: AccountFacts } | Extract<TrialResult, { code: unknown }>;

/** Stores the result of a test. */
export async function noteTrial(outcome: Outcome): Promise<void> {
  const testResult: TrialResult =
    "code" in outcome
      ? { code: outcome.code, supportCode: outcome.supportCode }
      : {
          state: outcome.account.state,
          reason: outcome.account.reason,
          accountKind: outcome.identity.accountKind,
          tenantId: outcome.identity.tenantId,
        };
  const data = { testedAt: new Date(), testResult };
  await db().providerRegistration.upsert({
    where: { provider },
    create: { provider, ...data },
    update: data,
  });
}

/** The last test, or null. */
export async function readTrial(): Promise<Trial | null> {
  const row = await db().providerRegistration.findUnique({
    where: { provider },
    select: { testedAt: true, testResult: true, changedAt: true },
  });
  const result = row && readTestResult(row.testResult, provider);
  if (!row?.testedAt || !result) return null;
  return { at: row.testedAt, result, isOutdated: row.testedAt < row.changedAt };
}
