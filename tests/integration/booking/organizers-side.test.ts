import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as readByApi } from "@/app/api/v1/bookings/[token]/route";
import { POST as moveByApi } from "@/app/api/v1/me/bookings/[id]/reschedule/route";
import { GET as listByApi } from "@/app/api/v1/me/bookings/route";
import { exportAccount } from "@/lib/accounts/export-account";
import { actOnSeveral } from "@/lib/booking/act-on-several";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { eraseVisitor } from "@/lib/booking/erase-visitor";
import { exportBookings } from "@/lib/booking/export-csv";
import { setNoShow } from "@/lib/booking/no-show";
import { getPrivateNote, savePrivateNote } from "@/lib/booking/private-note";
import { reschedule } from "@/lib/booking/reschedule";
import { getBookingByToken, getOwnBooking, listBookings } from "@/lib/booking-record/queries";
import { referenceOf } from "@/lib/booking-record/reference";
import {
  listSavedFilters,
  maxSavedFilters,
  removeSavedFilter,
  saveFilter,
} from "@/lib/booking-record/saved-filters";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import { sendDueMails } from "@/lib/notifications/send-due";
import { openMailContent } from "@/lib/outbox/outbox";
import { prepareJobs } from "@/lib/worker";
import { call, organizerWithKey } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const phone = { location: { kind: "phone", value: "+33 1 23 45 67 89" } };
const visitor = (name: string, email: string) => ({ visitor: { name, email, timeZone: "Europe/Paris" } });

async function bookFor(organizer: TestOrganizer, start: string, more: object = {}) {
  const booked = await book(requestFor(organizer, start, more));
  if (!booked.ok) throw new Error(booked.error.code);
  return booked.value;
}

async function mailsOf(bookingId: string): Promise<{ to: string; kind: string; text: string }[]> {
  const mails = await db().mail.findMany({ where: { bookingId }, orderBy: { createdAt: "asc" } });
  return mails.map((mail) => ({ to: mail.to, kind: mail.kind, text: openMailContent(mail).text }));
}

describe("an organizer who books for a visitor", () => {
  const farAhead = hourAhead(200);

  it("an organizer who books for a visitor needs neither notice, horizon, approval, answers nor a link", async () => {
    const organizer = await makeOrganizer({
      ...phone,
      minimumNoticeMinutes: 60 * 24 * 30,
      window: { kind: "rolling", days: 10 },
      requiresApproval: true,
      requiresLink: true,
      questions: [{ id: "topic", label: "Topic", kind: "text", required: true }],
    });
    for (const start of [hourAhead(1), farAhead]) {
      const request = requestFor(organizer, start);
      expect(await book(request)).toMatchObject({ ok: false });
      const booked = await book(request, { by: "organizer" });
      if (!booked.ok) throw new Error(booked.error.code);
      expect(await getOwnBooking(organizer.scope, booked.value.id)).toMatchObject({ status: "confirmed" });
    }
  });

  it("an organizer who books for a visitor is never booked twice all the same, and keeps to their hours", async () => {
    const organizer = await makeOrganizer(phone, {
      weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: "09:00", end: "17:00" }],
    });
    await bookFor(organizer, hourAhead(3));
    expect(await book(requestFor(organizer, hourAhead(3)), { by: "organizer" })).toMatchObject({
      error: { code: "slot_taken" },
    });
    expect(await book(requestFor(organizer, hourAhead(3, 20)), { by: "organizer" })).toMatchObject({
      error: { code: "outside_availability" },
    });
  });

  it("an organizer who books for a visitor has the visitor notified as usual, and is sent no copy", async () => {
    const organizer = await makeOrganizer(phone);
    const request = requestFor(organizer, hourAhead(2));
    const booked = await book(request, { by: "organizer" });
    if (!booked.ok) throw new Error(booked.error.code);
    await sendDueMails({ bookingId: booked.value.id });
    expect((await mailsOf(booked.value.id)).map(({ to, kind }) => ({ to, kind }))).toEqual([
      { to: request.visitor.email, kind: "booking-confirmed" },
    ]);
    const [first] = await listFlight(organizer.scope, booked.value.id);
    expect(first).toMatchObject({ step: "booked", facts: { by: "organizer" } });
  });
});

describe("an organizer who does something with several bookings", () => {
  const statusOf = async (ids: string[]) =>
    (await db().booking.findMany({ where: { id: { in: ids } }, orderBy: { startsAt: "asc" } })).map(
      ({ status, cancelReason }) => [status, cancelReason],
    );

  it("an organizer who does something with several bookings does it to each of their own and to no one else's", async () => {
    const [organizer, other] = [await makeOrganizer(phone), await makeOrganizer(phone)];
    const own = [await bookFor(organizer, hourAhead(2)), await bookFor(organizer, hourAhead(3))];
    const foreign = await bookFor(other, hourAhead(4));
    const bookingIds = [...own, foreign, ...own].map(({ id }) => id);
    const act = { scope: organizer.scope, bookingIds, message: "I am ill" };
    expect(await actOnSeveral({ ...act, verb: "no_show" })).toEqual({
      done: [],
      left: [...own, foreign].map(({ id }) => id),
    });
    for (const _ of ["once", "again"]) {
      expect(await actOnSeveral({ ...act, verb: "cancel" })).toEqual({
        done: own.map(({ id }) => id),
        left: [foreign.id],
      });
    }
    expect(await statusOf(bookingIds)).toEqual([
      ["cancelled", "I am ill"],
      ["cancelled", "I am ill"],
      ["confirmed", null],
    ]);
  });

  it("an organizer who does something with several bookings is stopped by none that has changed meanwhile", async () => {
    const organizer = await makeOrganizer({ ...phone, requiresApproval: true });
    const [first, second, third] = [
      await bookFor(organizer, hourAhead(2)),
      await bookFor(organizer, hourAhead(3)),
      await bookFor(organizer, hourAhead(4)),
    ];
    await cancel({ bookingId: first.id, by: "organizer" });
    const act = { scope: organizer.scope };
    expect(await actOnSeveral({ ...act, verb: "approve", bookingIds: [first.id, second.id] })).toEqual({
      done: [second.id],
      left: [first.id],
    });
    expect(
      await actOnSeveral({ ...act, verb: "decline", bookingIds: [second.id, third.id], message: "Full" }),
    ).toEqual({ done: [third.id], left: [second.id] });
    expect(await statusOf([first.id, second.id, third.id])).toEqual([
      ["cancelled", null],
      ["confirmed", null],
      ["declined", "Full"],
    ]);
  });
});

describe("an organizer who saves filters", () => {
  it("an organizer who saves filters has each once, keeps so many of their own alone, and takes them along", async () => {
    const [{ scope }, other] = [await makeOrganizer(phone), await makeOrganizer(phone)];
    const save = (name: string, query = "status=no_show") => saveFilter(scope, { name, query });
    const [first, again] = [await save("No-shows"), await save("No-shows", "status=no_show&view=past")];
    if (!first.ok || !again.ok) throw new Error("not saved");
    expect(again.value).toEqual({ id: first.value.id, name: "No-shows", query: "status=no_show&view=past" });
    await save("Declined", "status=declined");
    expect((await listSavedFilters(scope)).map(({ name }) => name)).toEqual(["Declined", "No-shows"]);
    expect((await exportAccount(scope)).savedFilters).toHaveLength(2);
    await removeSavedFilter(other.scope, first.value.id);
    expect(await listSavedFilters(scope)).toHaveLength(2);
    expect(await listSavedFilters(other.scope)).toEqual([]);
    await removeSavedFilter(scope, first.value.id);
    await removeSavedFilter(scope, first.value.id);
    expect((await listSavedFilters(scope)).map(({ name }) => name)).toEqual(["Declined"]);
    for (let n = 1; n < maxSavedFilters; n += 1)
      expect(await save(`Filter ${n}`)).toMatchObject({ ok: true });
    expect(await save("One more")).toEqual({ ok: false, error: { code: "too_many_filters" } });
    expect(await save("Declined")).toMatchObject({ ok: true });
    await expect(saveFilter(other.scope, { name: "Rosa", query: "view=past&q=Rosa" })).rejects.toThrow(
      "SavedFilter_no_search",
    );
  });
});

describe("an organizer whose visitor did not come", () => {
  it("an organizer whose visitor did not come records that once, however often they say it", async () => {
    const organizer = await makeOrganizer(phone);
    const { id } = await bookFor(organizer, hourAhead(2));
    const say = (noShow: boolean, hours: number) =>
      setNoShow(
        { bookingId: id, scope: organizer.scope, noShow },
        new Date(Date.parse(hourAhead(2)) + hours * 3600_000),
      );
    const recorded = async () => {
      const { noShowAt } = await db().booking.findUniqueOrThrow({ where: { id } });
      const steps = (await listFlight(organizer.scope, id)).filter(({ step }) => step === "no_show");
      return [noShowAt?.toISOString() ?? null, steps.length];
    };
    const first = new Date(Date.parse(hourAhead(2)) + 3600_000).toISOString();
    expect(await say(true, -1)).toEqual({ ok: false, error: { code: "not_begun" } });
    for (const hours of [1, 2]) {
      expect(await say(true, hours)).toMatchObject({ ok: true });
      expect(await recorded()).toEqual([first, 1]);
    }
    for (const hours of [3, 4]) {
      expect(await say(false, hours)).toMatchObject({ ok: true });
      expect(await recorded()).toEqual([null, 2]);
    }
  });
});

describe("an organizer who moves a booking", () => {
  it("an organizer who moves a booking is bound by neither notice nor horizon, and their message goes out with the new time", async () => {
    const organizer = await makeOrganizer(phone);
    const { id } = await bookFor(organizer, hourAhead(2));
    await sendDueMails({ bookingId: id });
    await db().eventType.update({
      where: { id: organizer.eventTypeId },
      data: { minimumNoticeMinutes: 60 * 24 * 30, window: { kind: "rolling", days: 10 } },
    });
    const start = Date.parse(hourAhead(100));
    expect(await reschedule({ bookingId: id, start, by: "visitor" })).toMatchObject({ ok: false });
    const moved = await reschedule({ bookingId: id, start, by: "organizer", reason: "I am travelling" });
    expect(moved).toMatchObject({ ok: true });
    await sendDueMails({ bookingId: id });
    const mail = (await mailsOf(id)).find(({ kind }) => kind === "booking-rescheduled");
    expect(mail?.text).toContain("I am travelling");
  });

  it("an organizer who moves a booking sends the message over the API too, and never moves into another booking", async () => {
    const organizer = await organizerWithKey();
    const first = await bookFor(organizer, hourAhead(2));
    await bookFor(organizer, hourAhead(3));
    const params = { id: first.id };
    const { key } = organizer;
    const taken = await call(moveByApi, { params, key, body: { start: hourAhead(3), reason: "x" } });
    expect(taken).toMatchObject({ status: 409, body: { code: "slot_taken" } });
    const moved = await call(moveByApi, { params, key, body: { start: hourAhead(4), reason: "Sorry" } });
    expect(moved).toMatchObject({ status: 200, body: { moveReason: "Sorry" } });
  });
});

describe("searching", () => {
  it("searching bookings finds by parts of name and address, and by reference, among one's own alone", async () => {
    const [organizer, stranger] = [await makeOrganizer(phone), await makeOrganizer(phone)];
    const rosa = await bookFor(organizer, hourAhead(2), visitor("Rosa Delgado", "rosa@example.org"));
    const tom = await bookFor(organizer, hourAhead(3), visitor("Tomás Herrera", "tomas@herrera.example"));
    await bookFor(stranger, hourAhead(2), visitor("Rosa Luxemburg", "rl@example.org"));
    const find = async (search: string) =>
      (await listBookings(organizer.scope, { search })).map(({ id }) => id);
    expect(await find("rosa")).toEqual([rosa.id]);
    expect(await find("delgado ROSA")).toEqual([rosa.id]);
    expect(await find("herrera.ex")).toEqual([tom.id]);
    expect(await find(referenceOf(tom.id))).toEqual([tom.id]);
    expect(await find("nobody")).toEqual([]);
    expect(await find("%")).toEqual([]);
    expect(await find("' OR 1=1 --")).toEqual([]);
    expect(await find("r_sa")).toEqual([]);
  });
});

describe("the table for spreadsheets", () => {
  it("the table for spreadsheets has a line for each booking that is asked for, and no formula", async () => {
    const organizer = await makeOrganizer(phone);
    const evil = '=HYPERLINK("https://evil.example","click")';
    await bookFor(organizer, hourAhead(2), {
      ...visitor(evil, "a@example.org"),
      guests: ["g@example.org"],
    });
    const { tokenSealed } = await db().booking.findFirstOrThrow({ where: { ownerId: organizer.id } });
    let csv = "";
    let pieces = 0;
    for await (const piece of exportBookings(organizer.scope, { order: "latest" }, "Europe/Paris")) {
      csv += piece;
      pieces += 1;
    }
    expect(pieces).toBe(2);
    const lines = csv.trim().split("\r\n");
    expect(lines[0]).toMatch(/^reference,id,status,event_type,start_utc/);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`"'=HYPERLINK(""https://evil.example"",""click"")"`);
    expect(lines[1]).not.toMatch(/,=/);
    expect(csv).not.toContain(tokenSealed);
  });
});

describe("a private note", () => {
  it("a private note is read by its organizer and by no one else, through no door", async () => {
    const organizer = await organizerWithKey();
    const stranger = await makeOrganizer();
    const { id, token } = await bookFor(organizer, hourAhead(2));
    const secret = "Prefers the back entrance";
    expect(await savePrivateNote(organizer.scope, id, secret)).toBe(true);
    expect(await savePrivateNote(stranger.scope, id, "mine now")).toBe(false);
    expect(await getPrivateNote(organizer.scope, id)).toBe(secret);
    expect(await getPrivateNote(stranger.scope, id)).toBe("");
    const doors = [
      await call(readByApi, { params: { token } }),
      await call(listByApi, { key: organizer.key }),
      await getBookingByToken(token),
    ];
    expect(JSON.stringify(doors)).not.toContain(secret);
  });
});

describe("removing a visitor's personal data", () => {
  it("removing a visitor's personal data blanks what they entered, ends their links and deletes the mails, once it is over or off", async () => {
    const organizer = await makeOrganizer(phone);
    const { id, token } = await bookFor(organizer, hourAhead(2), {
      ...visitor("Rosa Delgado", "rosa@example.org"),
      guests: ["guest@example.org"],
    });
    const { meetingId } = await db().booking.findUniqueOrThrow({
      where: { id },
      select: { meetingId: true },
    });
    const invitedEmails = ["rosa@example.org", "guest@example.org", "colleague@example.org"];
    await db().meeting.update({ where: { id: meetingId }, data: { invitedEmails } });
    await savePrivateNote(organizer.scope, id, "Likes oolong");
    await sendDueMails({ bookingId: id });
    const erase = { bookingId: id, scope: organizer.scope, placeholder: "Removed" };
    expect(await eraseVisitor(erase)).toEqual({ ok: false, error: { code: "still_held" } });
    await cancel({ bookingId: id, by: "visitor", reason: "Rosa is ill" });
    expect(await eraseVisitor(erase)).toMatchObject({ ok: true });
    expect(await eraseVisitor(erase)).toMatchObject({ ok: true });

    const [row] = await db().$queryRaw<{ row: string }[]>`
      SELECT row_to_json(b)::text AS row FROM "Booking" b WHERE id = ${id}::uuid`;
    for (const word of ["Rosa", "rosa@", "guest@", "ill", "oolong"]) expect(row?.row).not.toContain(word);
    expect(await mailsOf(id)).toEqual([]);
    const meeting = await db().meeting.findUniqueOrThrow({ where: { id: meetingId } });
    expect(meeting.invitedEmails).toEqual(["colleague@example.org"]);
    expect(await getBookingByToken(token)).toBeNull();
    expect(await getOwnBooking(organizer.scope, id)).toMatchObject({
      status: "cancelled",
      erasedAt: expect.any(Date),
    });
  });

  it("removing a visitor's personal data is for its own organizer alone", async () => {
    const [organizer, stranger] = [await makeOrganizer(phone), await makeOrganizer(phone)];
    const { id } = await bookFor(organizer, hourAhead(2));
    const erase = { bookingId: id, scope: stranger.scope, placeholder: "Removed" };
    expect(await eraseVisitor(erase)).toEqual({ ok: false, error: { code: "not_found" } });
  });
});
