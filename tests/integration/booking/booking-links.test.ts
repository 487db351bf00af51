import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as bookByApi } from "@/app/api/v1/bookings/route";
import { DELETE as takeBack } from "@/app/api/v1/me/event-types/[id]/links/[linkId]/route";
import { GET as listByApi, POST as makeByApi } from "@/app/api/v1/me/event-types/[id]/links/route";
import { GET as listPublic } from "@/app/api/v1/organizers/[handle]/event-types/route";
import { teamScopeOf } from "@/lib/auth/team-scope";
import { book } from "@/lib/booking/book";
import {
  createBookingLink,
  getLinkState,
  listBookingLinks,
  revokeBookingLink,
} from "@/lib/booking/booking-links";
import { cancel } from "@/lib/booking/cancel";
import { getRedirect } from "@/lib/booking-page/redirect";
import { db } from "@/lib/database/client";
import { identify } from "@/lib/input/request-identity";
import { prepareJobs } from "@/lib/worker";
import { call, organizerWithKey } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { makeTeam } from "@/tests/support/team";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const phone = { location: { kind: "phone", value: "+33 1 23 45 67 89" } };

async function linkOf(organizer: TestOrganizer, more: { expiresAt?: Date } = {}): Promise<string> {
  const made = await createBookingLink(organizer.scope, organizer.eventTypeId, more);
  if (!made.ok) throw new Error(made.error.code);
  return new URL(made.value.url).searchParams.get("link") ?? "";
}

describe("a single-use link", () => {
  it("a single-use link books once, and names what was booked with it", async () => {
    const organizer = await makeOrganizer({ ...phone, requiresLink: true });
    const link = await linkOf(organizer);
    const booked = await book(requestFor(organizer, hourAhead(2), { link }));
    expect(booked).toMatchObject({ ok: true });
    const again = await book(requestFor(organizer, hourAhead(2, 12), { link }));
    expect(again).toEqual({ ok: false, error: { code: "link_used" } });
    const [listed] = await listBookingLinks(organizer.scope, organizer.eventTypeId);
    expect(listed).toMatchObject({ state: "used", bookingId: booked.ok ? booked.value.id : "" });
  });

  it("a single-use link books once, though ten people press at the same moment", async () => {
    const organizer = await makeOrganizer(phone);
    const link = await linkOf(organizer);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, hour) => book(requestFor(organizer, hourAhead(2, 8 + hour), { link }))),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db().booking.count({ where: { ownerId: organizer.id } })).toBe(1);
  });

  it("a single-use link is not used up by a booking that could not be made", async () => {
    const organizer = await makeOrganizer(phone);
    const start = hourAhead(2);
    await book(requestFor(organizer, start));
    const link = await linkOf(organizer);
    expect(await book(requestFor(organizer, start, { link }))).toMatchObject({
      error: { code: "slot_taken" },
    });
    expect(await getLinkState(organizer.eventTypeId, link)).toBe("open");
  });

  it("a single-use link stays used when its booking is cancelled", async () => {
    const organizer = await makeOrganizer(phone);
    const link = await linkOf(organizer);
    const booked = await book(requestFor(organizer, hourAhead(2), { link }));
    if (!booked.ok) throw new Error(booked.error.code);
    await cancel({ bookingId: booked.value.id, by: "visitor" });
    expect(await book(requestFor(organizer, hourAhead(3), { link }))).toMatchObject({ ok: false });
  });

  it("a single-use link answers a form that was sent twice with the one booking", async () => {
    const organizer = await makeOrganizer(phone);
    const link = await linkOf(organizer);
    const request = requestFor(organizer, hourAhead(2), { link });
    const identity = identify(["test", "twice-the-same"], request);
    const [first, second] = [await book(request, { identity }), await book(request, { identity })];
    expect(first).toMatchObject({ ok: true });
    expect(second.ok && first.ok && second.value.id === first.value.id).toBe(true);
  });

  it("a single-use link opens its own event type alone, and only until it runs out", async () => {
    const organizer = await makeOrganizer(phone);
    const other = await makeOrganizer(phone);
    const link = await linkOf(organizer);
    expect(await book(requestFor(other, hourAhead(2), { link }))).toMatchObject({
      error: { code: "link_used" },
    });
    const late = await linkOf(organizer, { expiresAt: new Date(Date.now() - 1000) });
    expect(await getLinkState(organizer.eventTypeId, late)).toBe("expired");
    expect(await book(requestFor(organizer, hourAhead(2), { link: late }))).toMatchObject({ ok: false });
  });

  it("a single-use link is kept only as a hash", async () => {
    const organizer = await makeOrganizer(phone);
    const link = await linkOf(organizer);
    const rows = await db().$queryRaw<
      { row: string }[]
    >`SELECT row_to_json(l)::text AS row FROM "BookingLink" l`;
    expect(rows.some(({ row }) => row.includes(link))).toBe(false);
  });
});

describe("an event type that needs a link", () => {
  it("an event type that needs a link is not listed, and can't be booked without one", async () => {
    const organizer = await makeOrganizer({ ...phone, requiresLink: true });
    const listed = await call(listPublic, { params: { handle: organizer.handle } });
    expect(listed.body.items).toEqual([]);
    const answer = await call(bookByApi, { body: requestFor(organizer, hourAhead(2)) });
    expect(answer).toMatchObject({ status: 403, body: { code: "link_required" } });
    expect(answer.body.detail).toMatch(/Ask the organizer/);
  });
});

describe("links over the API", () => {
  it("links over the API are made, listed without their address, used, and taken back while unused", async () => {
    const organizer = await organizerWithKey();
    const { key } = organizer;
    const params = { id: organizer.eventTypeId };
    const made = await call(makeByApi, { params, key, body: { name: "Rosa" } });
    expect(made).toMatchObject({ status: 201, body: { state: "open", name: "Rosa", expiresAt: null } });
    const link = new URL(made.body.url).searchParams.get("link");
    const listed = await call(listByApi, { params, key });
    expect(listed.body.items).toMatchObject([{ id: made.body.id, state: "open" }]);
    expect(JSON.stringify(listed.body)).not.toContain(link);

    const booked = await call(bookByApi, { body: requestFor(organizer, hourAhead(2), { link }) });
    expect(booked.status).toBe(201);
    const used = await call(takeBack, { params: { ...params, linkId: made.body.id }, key }, "DELETE");
    expect(used.status).toBe(404);

    const second = await call(makeByApi, { params, key, body: {} });
    const taken = await call(takeBack, { params: { ...params, linkId: second.body.id }, key }, "DELETE");
    expect(taken.status).toBe(204);
    const dead = new URL(second.body.url).searchParams.get("link");
    const refused = await call(bookByApi, { body: requestFor(organizer, hourAhead(3), { link: dead }) });
    expect(refused).toMatchObject({ status: 409, body: { code: "link_used" } });
  });

  it("links over the API belong to their organizer", async () => {
    const [owner, stranger] = [await organizerWithKey(), await organizerWithKey()];
    const params = { id: owner.eventTypeId };
    expect((await call(makeByApi, { params, key: stranger.key, body: {} })).status).toBe(404);
    expect((await call(listByApi, { params, key: stranger.key })).status).toBe(404);
  });
});

describe("the way on after booking", () => {
  it("the way on after booking leads to the organizer's own page with the booking's id and no token", async () => {
    const redirectUrl = "https://www.example.com/thanks?from=bellhop#top";
    const organizer = await makeOrganizer({ ...phone, redirectUrl });
    const booked = await book(requestFor(organizer, hourAhead(2)));
    if (!booked.ok) throw new Error(booked.error.code);
    const target = await getRedirect(booked.value.id);
    expect(target).toBe(`https://www.example.com/thanks?from=bellhop&booking=${booked.value.id}#top`);
    expect(target).not.toContain(booked.value.token);
  });

  it("the way on after booking is the booking's own page unless the organizer says otherwise", async () => {
    const organizer = await makeOrganizer(phone);
    const booked = await book(requestFor(organizer, hourAhead(2)));
    expect(booked.ok && (await getRedirect(booked.value.id))).toBeNull();
  });
});

describe("a single-use link of a team's event type", () => {
  it("a single-use link of a team's event type is made and revoked by whoever manages the team, and books once", async () => {
    const [owner, member] = [await makeOrganizer(), await makeOrganizer()];
    const team = await makeTeam([owner, member], { requiresLink: true });
    const [manages, takesPart] = [
      teamScopeOf(team.id, owner.id, "owner"),
      teamScopeOf(team.id, member.id, "member"),
    ];
    expect(await createBookingLink(takesPart, team.eventTypeId)).toMatchObject({ ok: false });
    expect(await createBookingLink(owner.scope, team.eventTypeId)).toMatchObject({ ok: false });
    const made = await createBookingLink(manages, team.eventTypeId, { name: "For Ann" });
    if (!made.ok) throw new Error(made.error.code);
    const url = new URL(made.value.url);
    expect(url.pathname).toBe(`/${team.handle}/${team.slug}`);
    const link = url.searchParams.get("link") ?? "";
    expect(await book(requestFor(team, hourAhead(2), { link }))).toMatchObject({ ok: true });
    expect(await book(requestFor(team, hourAhead(3), { link }))).toMatchObject({
      error: { code: "link_used" },
    });
    expect(await listBookingLinks(manages, team.eventTypeId)).toMatchObject([
      { name: "For Ann", state: "used" },
    ]);
    expect(await listBookingLinks(takesPart, team.eventTypeId)).toEqual([]);
    const other = await createBookingLink(manages, team.eventTypeId);
    const id = other.ok ? other.value.id : "";
    expect((await revokeBookingLink(takesPart, id)).ok).toBe(false);
    expect((await revokeBookingLink(manages, id)).ok).toBe(true);
  });
});
