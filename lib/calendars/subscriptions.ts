/**
 * Keeps one subscription for each connected mailbox: made after connecting, renewed at half its life, made again when Microsoft
 * has lost it. Where Microsoft can't call us, the calendar is asked in turns instead, and why is written down.
 */
import { hashCapability, newCapability } from "@/lib/auth/capability";
import { requestSync } from "@/lib/calendars/jobs";
import { isCallable, notificationAddresses } from "@/lib/calendars/notification-address";
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import type { CalendarSubscription, Prisma } from "@/lib/database/generated/client";
import { mailboxOf } from "@/lib/grants/mailbox";
import { pauseSeconds } from "@/lib/jobs/backoff";
import { inParallel } from "@/lib/jobs/in-parallel";
import { enqueue } from "@/lib/jobs/queue";
import type { Subscribed } from "@/lib/meetings/calendar-notifications";
import { subscriptionKeep } from "@/lib/meetings/jobs";
import { type CallContext, ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import { registration } from "@/lib/registration/registration";
import { isComplete } from "@/lib/registration/setup-state";

const calendar = () => calendarPort("teams");

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Longer than Microsoft may take to try both of our addresses, ten seconds each. */
const callTimeoutMs = 25_000;
const leaseSeconds = 60;

const batchSize = 50;
const atOnce = 4;

/** How we learn of changes in a mailbox. */
export type SyncMode =
  | { mode: "push"; expiresAt: Date }
  | {
      mode: "polling";
      /** `setting_up`: it is about to be asked for. */
      reason: "setting_up" | "no_public_https" | "unreachable" | "subscribed_elsewhere" | "unavailable";
      /** Microsoft's own words, where it gave some. */
      detail: string | null;
    };

/** Whether Microsoft calls us about this connection, or why it has to be asked. */
export async function syncModeOf(connection: { id: string }): Promise<SyncMode> {
  if (!(await isCallable())) return { mode: "polling", reason: "no_public_https", detail: null };
  const row = await db().calendarSubscription.findUnique({ where: { connectionId: connection.id } });
  if (row?.subscriptionId && row.expiresAt && row.expiresAt.getTime() > Date.now()) {
    return { mode: "push", expiresAt: row.expiresAt };
  }
  return { mode: "polling", reason: reasonOf(row?.problem ?? null), detail: row?.detail ?? null };
}

function reasonOf(problem: string | null) {
  if (problem === null || problem === "no_public_https") return "setting_up";
  return problem === "unreachable" || problem === "subscribed_elsewhere" ? problem : "unavailable";
}

type Connection = NonNullable<Awaited<ReturnType<typeof readConnection>>>;

function readConnection(id: string) {
  return db().meetingProviderConnection.findUnique({
    where: { id },
    select: { id: true, userId: true, state: true, reason: true, tenantId: true, accountId: true },
  });
}

/** The outcome of a step. */
interface Outcome {
  changes: Prisma.CalendarSubscriptionUpdateInput;
  /** Changes may have been missed. */
  hasGap: boolean;
}

/** The handler of `calendar.subscription`: brings the subscription of one connection in line. `renew`: whatever its age. */
export async function keepSubscription({
  connectionId,
  renew = false,
}: {
  connectionId: string;
  renew?: boolean;
}): Promise<void> {
  const connection = await readConnection(connectionId);
  if (!connection || !isComplete(await registration())) return;
  const row = await lease(connectionId);
  if (!row) {
    const startAt = new Date(Date.now() + 5_000);
    await db().$transaction((tx) => enqueue(tx, subscriptionKeep, { connectionId, renew }, { startAt }));
    return;
  }
  let outcome: Outcome = { changes: {}, hasGap: false };
  try {
    outcome = await step(connection, row, renew);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    outcome = setBack(row, error);
  } finally {
    await store(connection, outcome);
  }
}

async function lease(connectionId: string): Promise<CalendarSubscription | null> {
  await db().$executeRaw`
    INSERT INTO "CalendarSubscription" ("connectionId")
    SELECT id FROM "MeetingProviderConnection" WHERE id = ${connectionId}::uuid ON CONFLICT DO NOTHING`;
  const taken = await db().$executeRaw`
    UPDATE "CalendarSubscription" SET "leaseUntil" = now() + make_interval(secs => ${leaseSeconds})
    WHERE "connectionId" = ${connectionId}::uuid AND ("leaseUntil" IS NULL OR "leaseUntil" < now())`;
  return taken === 1 ? db().calendarSubscription.findUnique({ where: { connectionId } }) : null;
}

async function step(connection: Connection, row: CalendarSubscription, renew: boolean): Promise<Outcome> {
  const context = contextOf(connection.userId);
  if (!(await isCallable())) {
    if (row.subscriptionId) await calendar().endSubscription(context, row.subscriptionId);
    return without("no_public_https", dayMs);
  }
  if (connection.state === "reconnect_needed" || connection.reason === "no_mailbox") {
    return { changes: { dueAt: later(dayMs) }, hasGap: false };
  }
  const { notificationUrl } = notificationAddresses();
  const isSameMailbox = row.mailbox === mailboxOf(connection);
  if (!row.subscriptionId || !isSameMailbox) return create(connection, context);
  if (row.notificationUrl !== notificationUrl) {
    await calendar().endSubscription(context, row.subscriptionId);
    return create(connection, context);
  }
  if (!renew && !isPastHalfLife(row)) return { changes: { dueAt: halfLifeOf(row) }, hasGap: false };
  const renewed = await calendar().renewSubscription(context, row.subscriptionId);
  // Asked for after a reconnect, or because Microsoft paused it: notifications about the meantime may be missing.
  return renewed ? { changes: subscriptionColumns(renewed), hasGap: renew } : create(connection, context);
}

async function create(connection: Connection, context: CallContext): Promise<Outcome> {
  const addresses = notificationAddresses();
  const clientState = newCapability();
  let made = await calendar().subscribe(context, { ...addresses, clientState });
  if (!made.ok && made.error.code === "exists") {
    if (!(await endOwn(context, addresses.notificationUrl))) return without("subscribed_elsewhere", dayMs);
    made = await calendar().subscribe(context, { ...addresses, clientState });
  }
  if (!made.ok) {
    return made.error.code === "exists"
      ? without("subscribed_elsewhere", dayMs)
      : without("unreachable", dayMs, made.error.detail);
  }
  return {
    changes: {
      ...subscriptionColumns(made.value),
      subscriptionId: made.value.subscriptionId,
      secretHash: hashCapability(clientState),
      mailbox: mailboxOf(connection),
      notificationUrl: addresses.notificationUrl,
    },
    hasGap: true,
  };
}

/** Ends a subscription of ours that we have lost sight of. False: the mailbox is another installation's. */
async function endOwn(context: CallContext, notificationUrl: string): Promise<boolean> {
  const own = (await calendar().listSubscriptions(context)).filter(
    (one) => one.notificationUrl === notificationUrl,
  );
  for (const { subscriptionId } of own) await calendar().endSubscription(context, subscriptionId);
  return own.length > 0;
}

function subscriptionColumns({ expiresAt }: Subscribed): Prisma.CalendarSubscriptionUpdateInput {
  return { expiresAt, dueAt: halfLifeOf({ expiresAt }), problem: null, detail: null, attempts: 0 };
}

function without(problem: string, againInMs: number, detail: string | null = null): Outcome {
  const dueAt = later(againInMs);
  return { changes: { ...none, problem, detail, dueAt, attempts: 0 }, hasGap: false };
}

const none = { subscriptionId: null, secretHash: null, mailbox: null, expiresAt: null };

/** Microsoft refused. An existing subscription stays in use meanwhile. */
function setBack({ attempts }: CalendarSubscription, error: ProviderError): Outcome {
  const seconds = error.retryable
    ? pauseSeconds(attempts + 3, error.details.retryAfterSeconds)
    : dayMs / 1000 / 4;
  const changes = { problem: error.code, attempts: attempts + 1, dueAt: later(seconds * 1000) };
  return { changes, hasGap: false };
}

/** If the connection was removed meanwhile, its new subscription is removed too. */
async function store({ id, userId }: Connection, { changes, hasGap }: Outcome): Promise<void> {
  const kept = await db().$transaction(async (tx) => {
    const { count } = await tx.calendarSubscription.updateMany({
      where: { connectionId: id },
      data: { ...(changes as Prisma.CalendarSubscriptionUpdateManyMutationInput), leaseUntil: null },
    });
    if (count > 0 && hasGap) await requestSync(tx, id);
    return count > 0;
  });
  const made = changes.subscriptionId;
  if (!kept && typeof made === "string")
    await calendar().endSubscription(contextOf(userId), made).catch(noteUnended);
}

/**
 * Ends what a connection has at Microsoft, before its tokens are forgotten or another account takes its place. Best effort
 * and soon over: what is left ends by itself within a week, and its notifications are of no effect.
 */
export async function endSubscriptionOf(userId: string, patienceMs = 3_000): Promise<void> {
  const row = await db().calendarSubscription.findFirst({
    where: { connection: { userId, provider: "teams" }, subscriptionId: { not: null } },
    select: { connectionId: true, subscriptionId: true },
  });
  if (!row?.subscriptionId) return;
  const context: CallContext = { userId, priority: "visitor", timeoutMs: patienceMs };
  await calendar().endSubscription(context, row.subscriptionId).catch(noteUnended);
  await db().calendarSubscription.updateMany({
    where: { connectionId: row.connectionId, subscriptionId: row.subscriptionId },
    data: { ...none, dueAt: new Date() },
  });
}

function noteUnended(error: unknown): void {
  log().info({ error }, "A subscription at Microsoft was left to end by itself");
}

/** Maintains the subscriptions that are due, new connections first, and those that a new APP_URL makes possible. */
export async function keepDueSubscriptions(): Promise<void> {
  if (!isComplete(await registration())) return;
  await db().$executeRaw`
    INSERT INTO "CalendarSubscription" ("connectionId")
    SELECT c.id FROM "MeetingProviderConnection" c
    WHERE c.provider = 'teams' AND NOT EXISTS (
      SELECT 1 FROM "CalendarSubscription" s WHERE s."connectionId" = c.id)
    ON CONFLICT DO NOTHING`;
  const { notificationUrl } = notificationAddresses();
  const callable = await isCallable();
  const due = await db().$queryRaw<{ connectionId: string }[]>`
    UPDATE "CalendarSubscription" SET "dueAt" = now() + interval '15 minutes'
    WHERE "connectionId" IN (
      SELECT s."connectionId" FROM "CalendarSubscription" s
      JOIN "MeetingProviderConnection" c ON c.id = s."connectionId"
      WHERE c.state <> 'reconnect_needed' AND (s."dueAt" <= now()
        OR (s."subscriptionId" IS NOT NULL AND s."notificationUrl" <> ${notificationUrl})
        OR (s.problem = 'no_public_https' AND ${callable}))
      ORDER BY s."dueAt" LIMIT ${batchSize} FOR UPDATE OF s SKIP LOCKED)
    RETURNING "connectionId"::text`;
  await inParallel(due, atOnce, async ({ connectionId }) => {
    try {
      await keepSubscription({ connectionId });
    } catch (error) {
      log().error({ error, connectionId }, "A subscription could not be looked after");
    }
  });
}

const contextOf = (userId: string): CallContext => ({ userId, priority: "sync", timeoutMs: callTimeoutMs });

const later = (ms: number) => new Date(Date.now() + ms);

const halfLifeMs = () => (calendar().subscriptionMinutes / 2) * minuteMs;

/** Randomly a little earlier, so that subscriptions created together aren't renewed together. */
function halfLifeOf({ expiresAt }: { expiresAt: Date | null }, chance = Math.random()): Date {
  return new Date((expiresAt?.getTime() ?? 0) - halfLifeMs() * (1 + chance * 0.1));
}

function isPastHalfLife({ expiresAt }: CalendarSubscription): boolean {
  return expiresAt === null || expiresAt.getTime() - halfLifeMs() <= Date.now();
}
