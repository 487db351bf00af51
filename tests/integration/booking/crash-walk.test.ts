import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { handOver } from "@/lib/booking/hand-over";
import { reschedule } from "@/lib/booking/reschedule";
import { noticeOwnEvents } from "@/lib/calendars/changes";
import { db } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import type { GraphFaultInput } from "@/tests/emulator/faults";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import {
  addMicrosoftAccount,
  connectMicrosoft,
  startMicrosoft,
  type TestMicrosoft,
} from "@/tests/support/microsoft";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { readSubject } from "@/tests/support/received-mail";
import { startSmtpServer } from "@/tests/support/smtp";
import { makeTeam } from "@/tests/support/team";
import { startWorkerProcess, type WorkerProcess } from "@/tests/support/worker-process";

/*
 * One booking for each place at which a worker can die. All live the same life: booked, moved, replaced by another event because
 * its Teams meeting was lost, cancelled. In each part of it
 * real workers run until every one of them has come to its place, are killed there with SIGKILL, and others take over.
 */

let database: TestDatabase;
let microsoft: TestMicrosoft;
const workers: WorkerProcess[] = [];

/** Recipients whose mail server keeps the worker waiting, before or after it has taken the mail. */
const held = { before: new Set<string>(), after: new Set<string>() };
const reached = new Set<string>();
const letGo: (() => void)[] = [];

function hold(recipient: string): Promise<void> {
  reached.add(recipient);
  return new Promise((resolve) => letGo.push(resolve));
}

const smtp = await startSmtpServer(
  (recipient) => (held.before.has(recipient) ? hold(recipient) : undefined),
  ({ to: [recipient = ""] }) => (held.after.has(recipient) ? hold(recipient) : undefined),
);

beforeAll(async () => {
  microsoft = await startMicrosoft();
  database = await createTestDatabase({ ...microsoft.variables, SMTP_URL: smtp.url });
  await prepareJobs();
});
afterAll(async () => {
  await killWorkers();
  await database.cleanup();
  await microsoft.emulator.close();
  await smtp.close();
});

async function startWorkers(count: number) {
  workers.push(...(await Promise.all(Array.from({ length: count }, () => startWorkerProcess()))));
}

async function killWorkers() {
  await Promise.all(workers.splice(0).map((worker) => worker.kill()));
}

/** Long enough for a machine that is busy with something else. */
const patienceSeconds = 240;

type Call = Pick<GraphFaultInput, "method" | "path" | "when">;

const calls = {
  create: { method: "POST", path: "/me/events" },
  readBack: { method: "GET", path: "/me/events/*" },
  findMeeting: { method: "GET", path: "/me/onlineMeetings" },
  setOptions: { method: "PATCH", path: "/me/onlineMeetings/*" },
  move: { method: "PATCH", path: "/me/events/*" },
  lookTwice: { method: "GET", path: "/me/calendarView" },
  cancel: { method: "POST", path: "/me/events/*/cancel" },
  remove: { method: "DELETE", path: "/me/events/*" },
} as const satisfies Record<string, Call>;

/** Where a worker dies: at a call, before or after it takes effect; in our own transaction; while a mail is handed over. */
type Place =
  | { at: keyof typeof calls; when: "before" | "after"; inFormer?: boolean }
  | { at: "transaction" }
  | { at: "mail"; when: "before" | "after" };

const others: Place[] = [
  { at: "transaction" },
  { at: "mail", when: "before" },
  { at: "mail", when: "after" },
];

/** Each line is one booking, each list one part of its life. A call that only reads needs one place. */
const life: Record<"booked" | "moved" | "replaced" | "cancelled" | "handedOver", Place[]> = {
  booked: [
    { at: "create", when: "before" },
    { at: "create", when: "after" },
    { at: "readBack", when: "after" },
    { at: "findMeeting", when: "after" },
    { at: "setOptions", when: "before" },
    { at: "setOptions", when: "after" },
    ...others,
  ],
  moved: [
    ...Array.from({ length: 3 }, () => ({ at: "move", when: "before" }) as const),
    ...Array.from({ length: 3 }, () => ({ at: "move", when: "after" }) as const),
    ...others,
  ],
  replaced: [
    { at: "readBack", when: "before" },
    { at: "create", when: "before" },
    { at: "create", when: "after" },
    { at: "setOptions", when: "after" },
    { at: "lookTwice", when: "before" },
    { at: "lookTwice", when: "after" },
    { at: "cancel", when: "before" },
    { at: "cancel", when: "after" },
    { at: "transaction" },
  ],
  cancelled: [
    { at: "cancel", when: "before" },
    { at: "cancel", when: "after" },
    { at: "readBack", when: "after" },
    { at: "cancel", when: "after" },
    { at: "cancel", when: "before" },
    { at: "readBack", when: "before" },
    ...others,
  ],
  handedOver: [
    { at: "create", when: "before" },
    { at: "create", when: "after" },
    { at: "readBack", when: "after" },
    { at: "findMeeting", when: "after" },
    { at: "setOptions", when: "after" },
    { at: "remove", when: "before", inFormer: true },
    { at: "remove", when: "after", inFormer: true },
    ...others,
  ],
};

interface Walker {
  email: string;
  /** The account of the host who had it before. */
  formerEmail?: string;
  userId: string;
  bookingId: string;
  visitor: string;
}

async function makeWalker(): Promise<Walker> {
  const organizer = await makeOrganizer({ meetingOptions: { lobby: "organizer" } });
  const email = await addMicrosoftAccount(microsoft.control);
  await connectMicrosoft(organizer.id, email);
  const request = requestFor(organizer, hourAhead(2));
  const outcome = await book(request);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return { email, userId: organizer.id, bookingId: outcome.value.id, visitor: request.visitor.email };
}

/** Runs workers until each booking is at its place, kills them there, and lets others go on. */
async function dieAt(walkers: Walker[], places: Place[]): Promise<void> {
  const blockers: pg.Client[] = [];
  const since = Date.now();
  const awaited = new Set<string>();
  /** The places that no one has come to yet. */
  const missing = async () => {
    for (const { status, accountEmail } of await microsoft.control.requests({ since })) {
      if (status === "hung") awaited.delete(accountEmail ?? "");
    }
    return walkers.flatMap(({ bookingId, email, formerEmail = "" }, index) =>
      awaited.has(email) || awaited.has(formerEmail) ? [{ ...places[index], bookingId }] : [],
    );
  };
  const sayWhy = async (error: Error) => {
    const states = await Promise.all((await missing()).map(({ bookingId }) => stateOf(bookingId)));
    throw new Error(`${error.message}\n${JSON.stringify(states)}`);
  };
  for (const [index, place] of places.entries()) {
    const walker = walkers[index];
    if (!walker) throw new Error("more places than bookings");
    if (place.at === "transaction") {
      blockers.push(await lockBooking(walker.bookingId));
    } else if (place.at === "mail") {
      held[place.when].add(walker.visitor);
    } else {
      const { when, inFormer = false } = place;
      const account = (inFormer && walker.formerEmail) || walker.email;
      awaited.add(account);
      await microsoft.control.graphFault({
        account,
        ...calls[place.at],
        when,
        outcome: "hang",
      });
    }
  }
  let wasBlocked = false;
  try {
    // Two, since one alone has fewer hands than there are places to die at.
    await startWorkers(2);
    await eventually(missing, (left) => left.length === 0, patienceSeconds).catch(sayWhy);
    const areHeld = async () => {
      wasBlocked ||= await isAnybodyBlocked();
      return wasBlocked && reached.size === places.filter(({ at }) => at === "mail").length;
    };
    await eventually(areHeld, Boolean, patienceSeconds);
  } finally {
    await killWorkers();
    await microsoft.control.clearFaults();
    for (const blocker of blockers) await blocker.end();
    held.before.clear();
    held.after.clear();
    reached.clear();
    for (const go of letGo.splice(0)) go();
  }
  await letLeasesEnd();
  await startWorkers(1);
}

/** What is known of a booking that isn't where it should be by now, for the message of a test that fails. */
async function stateOf(bookingId: string) {
  const { meetingId, meeting, entries } = await db().booking.findUniqueOrThrow({
    where: { id: bookingId },
    include: {
      meeting: { include: { retired: true } },
      entries: {
        select: { at: true, step: true, outcome: true, call: true, status: true, facts: true },
        orderBy: { id: "desc" },
        take: 12,
      },
    },
  });
  const jobs = await db().$queryRaw`
    SELECT name, state::text, start_after, heartbeat_on, retry_count, data FROM jobs.job
    WHERE data->>'meetingId' = ${meetingId} AND state < 'completed'`;
  return { meeting, jobs, steps: entries, now: new Date() };
}

/** Keeps anyone who wants to write about a booking waiting in the middle of their transaction. */
async function lockBooking(bookingId: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query("BEGIN");
  await client.query('SELECT 1 FROM "Booking" WHERE id = $1 FOR UPDATE', [bookingId]);
  return client;
}

async function isAnybodyBlocked(): Promise<boolean> {
  const [row] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return Number(row?.count) > 0;
}

/** What a dead worker held ends by itself after up to a minute and a half; here that time has passed. */
async function letLeasesEnd(): Promise<void> {
  await db().$executeRaw`UPDATE "Mail" SET "leaseUntil" = now() WHERE "leaseUntil" > now()`;
  await db().$executeRaw`UPDATE "Meeting" SET "leaseUntil" = now() WHERE "leaseUntil" > now()`;
  await db()
    .$executeRaw`UPDATE jobs.job SET heartbeat_on = now() - interval '1 minute' WHERE state = 'active'`;
}

/** Everything there is of one booking, as people find it. */
async function snapshotOf({ email, visitor, bookingId }: Walker) {
  const { events, sentInvitations, onlineMeetings } = await microsoft.control.mailbox(email);
  const { meeting, startsAt } = await db().booking.findUniqueOrThrow({
    where: { id: bookingId },
    include: { meeting: { include: { claims: { select: { id: true } } } } },
  });
  const [event] = events;
  const link = event?.onlineMeeting?.joinUrl ?? null;
  const mails = smtp.received.filter(({ to }) => to.includes(visitor));
  const subjects = new Map(
    mails.map((mail) => [/^message-id: (.*)$/im.exec(mail.raw)?.[1], newsOf(readSubject(mail))]),
  );
  return {
    events: events.length,
    isInPlace: event ? Date.parse(`${event.start?.dateTime?.slice(0, 19)}Z`) === +startsAt : null,
    isSameLink: event ? meeting.joinUrl === link : null,
    isLobbySet: onlineMeetings.some(
      ({ joinWebUrl, lobbyBypassSettings }) =>
        joinWebUrl === link && lobbyBypassSettings?.scope === "organizer",
    ),
    status: meeting.status,
    claims: meeting.claims.length,
    outlook: sentInvitations.map(({ kind }) => kind),
    mails: heard([...subjects.values()]),
  };
}

/** What an email is about: its subject without names and times. */
function newsOf(subject: string): string | undefined {
  const [news] = subject.split(":");
  return news?.endsWith("will meet you") ? "will meet you" : news;
}

/** A link that took longer than a minute comes in two emails; to their reader it makes no difference. */
function heard(subjects: (string | undefined)[]) {
  const [first, second, ...rest] = subjects;
  const isLate = first === "Booked" && second === "Your link is ready";
  return isLate ? ["Confirmed", ...rest] : subjects;
}

/** Waits until all stand as they should; a difference shows by itself. */
async function expectAll(walkers: Walker[], snapshot: Awaited<ReturnType<typeof snapshotOf>>) {
  const wanted = walkers.map(() => snapshot);
  const isDone = (now: unknown[]) => JSON.stringify(now) === JSON.stringify(wanted);
  const ask = () => Promise.all(walkers.map(snapshotOf));
  await eventually(ask, isDone, 2 * patienceSeconds).catch(() => undefined);
  expect(await ask()).toEqual(wanted);
}

describe("a worker that is killed at any step of a booking's life", { timeout: 900_000 }, () => {
  let walkers: Walker[];
  const links = new Map<string, string | null>();
  const linkOf = async ({ bookingId }: Walker) =>
    (await db().booking.findUniqueOrThrow({ where: { id: bookingId }, include: { meeting: true } })).meeting
      .joinUrl;

  it("a worker killed at any step leaves one event, one invitation, one verified link with its options, and one confirmation", async () => {
    walkers = await Promise.all(life.booked.map(makeWalker));
    await dieAt(walkers, life.booked);
    await expectAll(walkers, {
      events: 1,
      isInPlace: true,
      isSameLink: true,
      isLobbySet: true,
      status: "ready",
      claims: 1,
      outlook: ["invitation"],
      mails: ["Confirmed"],
    });
    for (const walker of walkers) links.set(walker.bookingId, await linkOf(walker));
  });

  it("a worker killed at any step moves the same event with the same link, and everyone hears of it once", async () => {
    await killWorkers();
    for (const { bookingId } of walkers) {
      const outcome = await reschedule({ bookingId, start: Date.parse(hourAhead(2, 15)), by: "visitor" });
      expect(outcome).toMatchObject({ ok: true });
    }
    await dieAt(walkers, life.moved);
    await expectAll(walkers, {
      events: 1,
      isInPlace: true,
      isSameLink: true,
      isLobbySet: true,
      status: "ready",
      claims: 1,
      outlook: ["invitation", "update"],
      mails: ["Confirmed", "Rescheduled"],
    });
    for (const walker of walkers) expect(await linkOf(walker)).toBe(links.get(walker.bookingId));
  });

  it("a worker killed at any step replaces an event that has lost its Teams meeting, and takes the old one out", async () => {
    await killWorkers();
    for (const { email, userId, bookingId } of walkers) {
      const [event] = (await microsoft.control.mailbox(email)).events;
      const eventId = event?.id ?? "";
      await microsoft.control.stripTeams(email, eventId);
      await noticeOwnEvents([{ connectionId: bookingId, userId, eventId, kind: "updated" }]);
    }
    await dieAt(walkers, life.replaced);
    await expectAll(walkers, {
      events: 1,
      isInPlace: true,
      isSameLink: true,
      isLobbySet: true,
      status: "ready",
      claims: 1,
      outlook: ["invitation", "update", "update", "invitation", "cancellation"],
      mails: ["Confirmed", "Rescheduled"],
    });
    for (const walker of walkers) expect(await linkOf(walker)).not.toBe(links.get(walker.bookingId));
  });

  it("a worker killed at any step takes the event out of the calendar, frees the time, and everyone hears of it once", async () => {
    await killWorkers();
    for (const { bookingId } of walkers) await cancel({ bookingId, by: "visitor" });
    await dieAt(walkers, life.cancelled);
    await expectAll(walkers, {
      events: 0,
      isInPlace: null,
      isSameLink: null,
      isLobbySet: false,
      status: "none",
      claims: 0,
      outlook: ["invitation", "update", "update", "invitation", "cancellation", "cancellation"],
      mails: ["Confirmed", "Rescheduled", "Cancelled"],
    });
  });
});

/** A booking of a team of two; it is known by the one who doesn't have it, and takes it over. */
async function makeTeamWalker(): Promise<Walker & { formerEmail: string }> {
  const people = [await makeOrganizer(), await makeOrganizer()] as const;
  const [formerEmail, email] = [
    await addMicrosoftAccount(microsoft.control),
    await addMicrosoftAccount(microsoft.control),
  ];
  await connectMicrosoft(people[0].id, formerEmail);
  await connectMicrosoft(people[1].id, email);
  const team = await makeTeam([...people], {
    location: { kind: "teams" },
    invitations: "bellhop",
    meetingOptions: { lobby: "organizer" },
  });
  const request = requestFor(team, hourAhead(2));
  // A calendar may be slower than visitors wait, on a machine that is busy with something else.
  const outcome = await eventually(
    () => book(request),
    ({ ok }) => ok,
    patienceSeconds,
  );
  if (!outcome.ok) throw new Error(outcome.error.code);
  const visitor = request.visitor.email;
  const bookingId = outcome.value.id;
  const { ownerId } = await db().booking.findUniqueOrThrow({ where: { id: bookingId } });
  const [former, taker] = ownerId === people[0].id ? [formerEmail, email] : [email, formerEmail];
  const userId = people.find(({ id }) => id !== ownerId)?.id ?? "";
  return { email: taker, formerEmail: former, userId, bookingId, visitor };
}

describe("a worker that is killed at any step of a handover", { timeout: 900_000 }, () => {
  it("a worker killed at any step of a handover leaves one event, with the new host, and one email that says who it is", async () => {
    await killWorkers();
    const walkers: (Walker & { formerEmail: string })[] = [];
    for (const _ of life.handedOver) walkers.push(await makeTeamWalker());
    const before = await Promise.all(
      walkers.map(async ({ bookingId }) => {
        const { tokenHash, joinTokenHash } = await db().booking.findUniqueOrThrow({
          where: { id: bookingId },
        });
        return { tokenHash, joinTokenHash };
      }),
    );
    await startWorkers(1);
    await eventually(
      () => Promise.all(walkers.map(snapshotOf)),
      (all) => all.every(({ status, mails }) => status === "ready" && mails.join() === "Confirmed"),
      patienceSeconds,
    );
    await killWorkers();
    for (const { bookingId, userId } of walkers) {
      const outcome = await eventually(
        () => handOver({ bookingId, by: "organizer", to: userId }),
        ({ ok }) => ok,
        patienceSeconds,
      );
      expect(outcome).toMatchObject({ ok: true });
    }
    await dieAt(walkers, life.handedOver);
    await expectAll(walkers, {
      events: 1,
      isInPlace: true,
      isSameLink: true,
      isLobbySet: true,
      status: "ready",
      claims: 1,
      outlook: [],
      mails: ["Confirmed", "will meet you"],
    });
    for (const [index, { formerEmail, bookingId }] of walkers.entries()) {
      await eventually(
        () => microsoft.control.mailbox(formerEmail),
        ({ events }) => events.length === 0,
        patienceSeconds,
      );
      expect(await db().booking.findUniqueOrThrow({ where: { id: bookingId } })).toMatchObject(
        before[index] ?? {},
      );
    }
  });
});
