import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { reschedule } from "@/lib/booking/reschedule";
import { noticeOwnEvents } from "@/lib/calendars/changes";
import { db } from "@/lib/database/client";
import type { Result } from "@/lib/result";
import type { GraphFaultInput } from "@/tests/emulator/faults";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

/*
 * One account for each answer that Microsoft may give to any call and take back. All live the same life; in each part of it every
 * call that belongs to it is answered like that, once or twice. What counts is what there is in the end.
 */

vi.setConfig({ testTimeout: 240_000 });

let stage: WorkingStage;
beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());

type Answer = Partial<GraphFaultInput>;

const answers: Record<string, Answer> = {
  "404 ResourceNotFound": { status: 404, code: "ResourceNotFound" },
  "404 ErrorItemNotFound": { status: 404, code: "ErrorItemNotFound" },
  "404 as a page": { status: 404, body: "<h1>Not found</h1>" },
  "404 without a body": { status: 404, body: "" },
  "409 ConcurrentItemSave": { status: 409, code: "ConcurrentItemSave" },
  "412": { status: 412, code: "ErrorIrresolvableConflict" },
  "423": { status: 423, code: "Locked" },
  "400 in unknown words": { status: 400, code: "ErrorOfTomorrow" },
  "403 in unknown words": { status: 403, code: "ErrorAccountSuspend" },
  "500": { status: 500, code: "InternalServerError" },
  "503": { status: 503, code: "ServiceUnavailable" },
  "an answer that is lost": { outcome: "drop", when: "after" },
};

type Call = Pick<GraphFaultInput, "method" | "path">;

const calls = {
  create: { method: "POST", path: "/me/events" },
  read: { method: "GET", path: "/me/events/*" },
  find: { method: "GET", path: "/me/events" },
  view: { method: "GET", path: "/me/calendarView" },
  change: { method: "PATCH", path: "/me/events/*" },
  findMeeting: { method: "GET", path: "/me/onlineMeetings" },
  setOptions: { method: "PATCH", path: "/me/onlineMeetings/*" },
  readOptions: { method: "GET", path: "/me/onlineMeetings/*" },
  cancel: { method: "POST", path: "/me/events/*/cancel" },
  remove: { method: "DELETE", path: "/me/events/*" },
} as const satisfies Record<string, Call>;

interface Walker {
  name: string;
  answer: Answer;
  times: number;
  organizer: TestOrganizer & { email: string };
  bookingIds: string[];
}

async function makeWalkers(times: number[], eventType: object): Promise<Walker[]> {
  const walkers: Walker[] = [];
  for (const [name, answer] of Object.entries(answers)) {
    for (const count of times) {
      const organizer = await stage.connect(await makeOrganizer(eventType));
      walkers.push({ name: `${name}, ${count} times`, answer, times: count, organizer, bookingIds: [] });
    }
  }
  return walkers;
}

/** Answers these calls of everyone in their way, once the walk has come to this part. */
async function spoil(walkers: Walker[], names: (keyof typeof calls)[]): Promise<void> {
  await stage.microsoft.control.clearFaults();
  for (const { answer, times, organizer } of walkers) {
    for (const name of names) {
      await stage.microsoft.control.graphFault({
        account: organizer.email,
        ...calls[name],
        ...answer,
        times,
      });
    }
  }
}

/** Does something for everyone, a few at a time; anyone who is turned away by a calendar that does not answer asks again. */
async function everybody(
  walkers: Walker[],
  act: (walker: Walker) => Promise<Result<{ id: string }, { code: string }>>,
) {
  const left = [...walkers];
  const hand = async () => {
    for (let walker = left.shift(); walker; walker = left.shift()) {
      const one = walker;
      await eventually(
        () => act(one),
        (outcome) => outcome.ok || outcome.error.code !== "calendar_unavailable",
      ).then((outcome) => expect(outcome, one.name).toMatchObject({ ok: true }));
    }
  };
  await Promise.all([hand(), hand(), hand()]);
}

async function bookFor(walker: Walker, start: string) {
  const outcome = await book(requestFor(walker.organizer, start));
  if (outcome.ok) walker.bookingIds.push(outcome.value.id);
  return outcome;
}

const idOf = ({ bookingIds }: Walker, place = 0) => bookingIds[place] ?? "";

/** Everything there is, as people find it. */
async function snapshotOf({ name, organizer, bookingIds }: Walker) {
  const { events, sentInvitations, onlineMeetings } = await stage.microsoft.control.mailbox(organizer.email);
  const bookings = await db().booking.findMany({
    where: { id: { in: bookingIds } },
    include: { meeting: { include: { retired: { select: { id: true } } } } },
    orderBy: { createdAt: "asc" },
  });
  const meeting = bookings[0]?.meeting;
  const [event] = events;
  const link = event?.onlineMeeting?.joinUrl ?? null;
  return {
    name,
    bookings: bookings.map(({ status, cancelledBy }) => cancelledBy ?? status),
    events: events.length,
    isInPlace: event
      ? Date.parse(`${event.start?.dateTime?.slice(0, 19)}Z`) === meeting?.startsAt.getTime()
      : null,
    isSameLink: event ? meeting?.joinUrl === link : null,
    isLobbySet: onlineMeetings.some(
      ({ joinWebUrl, lobbyBypassSettings }) =>
        joinWebUrl === link && lobbyBypassSettings?.scope === "organizer",
    ),
    meeting: [meeting?.status, meeting?.problem, meeting?.generation, meeting?.retired.length],
    outlook: sentInvitations.map(({ kind }) => kind),
  };
}

type Snapshot = Omit<Awaited<ReturnType<typeof snapshotOf>>, "name">;

async function expectAll(walkers: Walker[], snapshot: Snapshot) {
  const wanted = walkers.map(({ name }) => ({ name, ...snapshot }));
  const ask = () => Promise.all(walkers.map(snapshotOf));
  // Asking all of them is work for the machine that all of this runs on: not too often.
  for (const deadline = Date.now() + 150_000; Date.now() < deadline; await sleep(1000)) {
    if (isDeepStrictEqual(await ask(), wanted)) return;
    await endPauses();
  }
  expect(await ask()).toEqual(wanted);
}

/** How long jobs wait between tries is none of this test's business. */
async function endPauses() {
  await db().$executeRaw`
    UPDATE jobs.job SET start_after = now() WHERE state IN ('created', 'retry') AND start_after > now()
      AND name IN ('meeting.sync', 'meeting.compare', 'event.retire')`;
}

const live = {
  events: 1,
  isInPlace: true,
  isSameLink: true,
  isLobbySet: true,
  meeting: ["ready", null, 1, 0],
};

const gone = {
  events: 0,
  isInPlace: null,
  isSameLink: null,
  isLobbySet: false,
  meeting: ["none", null, 2, 0],
};

describe("the life of a booking, with each answer of Microsoft's once and twice at every call", () => {
  let walkers: Walker[];
  beforeAll(async () => {
    walkers = await makeWalkers([1, 2], { meetingOptions: { lobby: "organizer" } });
  }, 120_000);

  it("a booking whose answers from Microsoft repeat begins with one event, one link with its options, and one invitation", async () => {
    await spoil(walkers, ["create", "read", "find", "findMeeting", "setOptions", "readOptions"]);
    await everybody(walkers, (walker) => bookFor(walker, hourAhead(2)));
    await expectAll(walkers, { ...live, bookings: ["confirmed"], outlook: ["invitation"] });
  });

  it("a booking whose answers from Microsoft repeat moves the same event when its visitor moves it", async () => {
    await spoil(walkers, ["change", "read", "find", "view"]);
    const start = Date.parse(hourAhead(2, 15));
    await everybody(walkers, (walker) => reschedule({ bookingId: idOf(walker), start, by: "visitor" }));
    await expectAll(walkers, { ...live, bookings: ["confirmed"], outlook: ["invitation", "update"] });
  });

  it("a booking whose answers from Microsoft repeat follows what its organizer does in Outlook, and is never cancelled by itself", async () => {
    await spoil(walkers, ["read", "find", "view"]);
    const dateTime = hourAhead(3, 11).slice(0, 19);
    for (const walker of walkers) {
      const { id: userId, email } = walker.organizer;
      const [event] = (await stage.microsoft.control.mailbox(email)).events;
      const eventId = event?.id ?? "";
      await stage.microsoft.control.changeEvent(email, eventId, {
        start: { dateTime, timeZone: "UTC" },
        end: { dateTime: dateTime.replace(":00:00", ":30:00"), timeZone: "UTC" },
      });
      await noticeOwnEvents([{ connectionId: "", userId, eventId, kind: "removed" }]);
    }
    await expectAll(walkers, {
      ...live,
      bookings: ["confirmed"],
      outlook: ["invitation", "update", "update"],
    });
  });

  it("a booking whose answers from Microsoft repeat ends without an event, and with one cancellation", async () => {
    await spoil(walkers, ["cancel", "remove", "read", "find", "view"]);
    await everybody(walkers, (walker) => cancel({ bookingId: idOf(walker), by: "visitor" }));
    await expectAll(walkers, {
      ...gone,
      bookings: ["visitor"],
      outlook: ["invitation", "update", "update", "cancellation"],
    });
  });
});

describe("the life of a session, with each answer of Microsoft's twice at every call", () => {
  let walkers: Walker[];
  beforeAll(async () => {
    walkers = await makeWalkers([2], { seats: 3, meetingOptions: { lobby: "organizer" } });
  }, 120_000);

  it("a session whose answers from Microsoft repeat invites each of its people once", async () => {
    await spoil(walkers, []);
    await everybody(walkers, (walker) => bookFor(walker, hourAhead(2)));
    await expectAll(walkers, { ...live, bookings: ["confirmed"], outlook: ["invitation"] });
    await spoil(walkers, ["change", "read", "find"]);
    await everybody(walkers, (walker) => bookFor(walker, hourAhead(2)));
    await expectAll(walkers, {
      ...live,
      bookings: ["confirmed", "confirmed"],
      outlook: ["invitation", "invitation"],
    });
  });

  it("a session whose answers from Microsoft repeat tells each of its people once that they are out, and leaves no event behind", async () => {
    await spoil(walkers, ["change", "read", "find", "view"]);
    await everybody(walkers, (walker) => cancel({ bookingId: idOf(walker), by: "organizer" }));
    await expectAll(walkers, {
      ...live,
      bookings: ["organizer", "confirmed"],
      outlook: ["invitation", "invitation", "cancellation"],
    });
    await spoil(walkers, ["cancel", "remove", "read", "find", "view"]);
    await everybody(walkers, (walker) => cancel({ bookingId: idOf(walker, 1), by: "organizer" }));
    await expectAll(walkers, {
      ...gone,
      bookings: ["organizer", "organizer"],
      outlook: ["invitation", "invitation", "cancellation", "cancellation"],
    });
  });
});
