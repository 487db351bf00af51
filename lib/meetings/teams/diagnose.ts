/** Checks one connection with read-only calls, and reports how each went. Tokens stay inside. */

import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import type { CallRecord } from "@/lib/flight-recorder/flight-recorder";
import { mailboxOf } from "@/lib/grants/mailbox";
import { ProviderError } from "@/lib/meetings/provider";
import type { DiagnosisOutcome, DiagnosisStep, DiagnosisStepName } from "@/lib/meetings/sign-in-port";
import { accessFor } from "@/lib/meetings/teams/access";
import { callGraphAs, type GraphAccount, type GraphCall } from "@/lib/meetings/teams/graph";
import { type GraphAnswer, GraphError, readBody } from "@/lib/meetings/teams/graph-answer";
import { calendarSchema, offersTeams } from "@/lib/meetings/teams/graph-schema";

const timeoutMs = 8_000;

/**
 * Renews the token, then reads profile, calendar and one event of ours. What fails is reported, and stops what builds on it. There is no
 * profile to read of a managed mailbox: its organization gave this server a calendar, and not its directory.
 */
export async function diagnose({ ownerId: userId }: OwnerScope): Promise<DiagnosisStep[]> {
  const { access, step } = await renewToken(userId);
  if (!access) return [step, skipped("profile"), skipped("calendar"), skipped("event")];
  const select = (fields: string) => ({ $select: fields });
  const profile = access.managed
    ? []
    : [await read("profile", access, { method: "GET", path: "/me", query: select("id") })];
  const calendar = await read(
    "calendar",
    access,
    { method: "GET", path: "/me/calendar", query: select("allowedOnlineMeetingProviders") },
    (answer) => {
      const hasTeams = access.accountKind === "work" && offersTeams(readBody(calendarSchema, answer));
      return hasTeams ? "ok" : "no_teams";
    },
  );
  const eventId = await findEventId(userId, mailboxOf(access));
  if (!eventId) return [step, ...profile, calendar, skipped("event")];
  const ofEvent = { path: "/me/events/{event}", ids: { event: eventId }, query: select("id,isCancelled") };
  return [step, ...profile, calendar, await read("event", access, { method: "GET", ...ofEvent })];
}

const blank = {
  call: null,
  status: null,
  requestId: null,
  durationMs: 0,
  detail: null,
  retryAfterSeconds: null,
};

const skipped = (step: DiagnosisStepName): DiagnosisStep => ({ ...blank, step, outcome: "skipped" });

/** A new token proves that Microsoft still honours the grant; the one at hand may only not have run out yet. */
async function renewToken(userId: string) {
  const startedAt = performance.now();
  const known = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider: "teams" } },
    select: { tokenVersion: true },
  });
  const step: DiagnosisStep = {
    ...blank,
    step: "token",
    call: "POST /oauth2/v2.0/token",
    outcome: "ok",
    status: 200,
  };
  try {
    const rejected = known ? { rejected: known.tokenVersion } : {};
    const access = await accessFor(userId, { ...rejected, countsAsUse: false });
    return { access, step: { ...step, durationMs: performance.now() - startedAt } };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const failed = { ...step, ...factsOf(error), durationMs: performance.now() - startedAt };
    return { access: null, step: await explainEnd(userId, failed) };
  }
}

/** Where the organizer has to come back, Microsoft's own words for it were written down with the connection. */
async function explainEnd(userId: string, step: DiagnosisStep): Promise<DiagnosisStep> {
  if (step.outcome !== "reconnect_needed" && step.outcome !== "not_connected") return step;
  const row = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider: "teams" } },
    select: { lastError: true },
  });
  return { ...step, call: null, detail: row?.lastError ?? step.detail };
}

async function read(
  step: DiagnosisStepName,
  account: GraphAccount,
  call: GraphCall,
  judge: (answer: GraphAnswer) => DiagnosisOutcome = () => "ok",
): Promise<DiagnosisStep> {
  const startedAt = performance.now();
  const records: CallRecord[] = [];
  const limits = {
    priority: "visitor" as const,
    deadline: Date.now() + timeoutMs,
    onCall: (record: CallRecord) => records.push(record),
  };
  const record = () => {
    const record = records.at(-1);
    return {
      ...blank,
      step,
      call: `${call.method} ${call.path}`,
      status: record?.status ?? null,
      requestId: record?.requestId ?? null,
      durationMs: performance.now() - startedAt,
    };
  };
  try {
    const answer = await callGraphAs(account, limits, call);
    return { ...record(), outcome: judge(answer) };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { ...record(), ...factsOf(error) };
  }
}

function factsOf(error: ProviderError): Partial<DiagnosisStep> & Pick<DiagnosisStep, "outcome"> {
  const { status, requestId, vendorCode, retryAfterSeconds } = error.details;
  return {
    outcome: outcomeOf(error),
    status: status ?? null,
    ...(requestId ? { requestId } : {}),
    detail: vendorCode ?? null,
    retryAfterSeconds: retryAfterSeconds ?? null,
  };
}

function outcomeOf(error: ProviderError): DiagnosisOutcome {
  if (error instanceof GraphError && error.isGone) return "gone";
  // A token that was made just now and is turned down all the same: only a new sign-in helps.
  if (error instanceof GraphError && error.isTokenRejected) return "reconnect_needed";
  return error.details.vendorCode === "timeout" ? "timeout" : error.code;
}

/** The event of the booking that comes next in this mailbox, or else of the last one. */
async function findEventId(userId: string, mailbox: string): Promise<string | null> {
  const [meeting] = await db().$queryRaw<{ calendarEventId: string }[]>`
    SELECT "calendarEventId" FROM "Meeting"
    WHERE "hostId" = ${userId}::uuid AND coalesce("calendarMailbox", ${mailbox}) = ${mailbox} AND "calendarEventId" IS NOT NULL AND "sharedCalendar" IS NULL
      AND status = 'ready'
    ORDER BY ("endsAt" > now()) DESC, abs(extract(epoch FROM "startsAt" - now())) LIMIT 1`;
  return meeting?.calendarEventId ?? null;
}
