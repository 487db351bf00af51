import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as bookings from "@/app/api/v1/bookings/route";
import * as slotsRoute from "@/app/api/v1/organizers/[handle]/event-types/[slug]/slots/route";
import * as offers from "@/app/api/v1/organizers/[handle]/event-types/route";
import { newCapability } from "@/lib/auth/capability";
import { createBookingLink } from "@/lib/booking/booking-links";
import { holdSlot } from "@/lib/booking/holds";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { call } from "./call";

/* What an organizer keeps for those with a single-use link is not to be had from programs without one. */

let database: TestDatabase;
let organizer: TestOrganizer;
let link: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const question = { id: "diagnosis", label: "Diagnosis", kind: "text", required: true };

async function makeLink(of: TestOrganizer): Promise<string> {
  const made = await createBookingLink(of.scope, of.eventTypeId);
  return made.ok ? (new URL(made.value.url).searchParams.get("link") ?? "") : "";
}

beforeEach(async () => {
  organizer = await makeOrganizer({ location: { kind: "none" }, requiresLink: true, questions: [question] });
  link = await makeLink(organizer);
});

const start = hourAhead(3);
const days = `from=${start.slice(0, 10)}&to=${start.slice(0, 10)}&timeZone=UTC`;

function askSlots(more = "") {
  const { handle, slug } = organizer;
  return call(slotsRoute.GET, { params: { handle, slug }, query: `?${days}${more}` }, "GET");
}

const request = (more: object = {}) => ({ ...requestFor(organizer, start), ...more });
const strangers = () => ["", newCapability(), "x"];

describe("slots", () => {
  it("slots are not listed without a link, nor with one that was never made", async () => {
    expect((await askSlots()).body).toMatchObject({ status: 403, code: "link_required" });
    const unknown = await askSlots(`&link=${newCapability()}`);
    expect(unknown.body).toMatchObject({ status: 409, code: "link_used" });
    const strange = await askSlots("&durationMinutes=7");
    expect(strange.body).toMatchObject({ code: "link_required" });
    expect(strange.body).not.toHaveProperty("slots");
  });

  it("slots are listed with an open link, for its holder alone, and no more once it has booked", async () => {
    const listed = await askSlots(`&link=${link}`);
    expect(listed.status).toBe(200);
    expect(listed.body.slots).toContainEqual(expect.objectContaining({ start }));
    expect(listed.headers.get("cache-control")).toBe("no-store");
    const booked = await call(bookings.POST, { body: request({ link, answers: { diagnosis: "none" } }) });
    expect(booked.status).toBe(201);
    expect((await askSlots(`&link=${link}`)).body).toMatchObject({ code: "link_used" });
  });

  it("slots of another event type are not opened by a link", async () => {
    const other = await makeLink(await makeOrganizer({ requiresLink: true }));
    expect((await askSlots(`&link=${other}`)).body).toMatchObject({ code: "link_used" });
  });

  it("slots of an event type that needs none are public as ever", async () => {
    organizer = await makeOrganizer();
    const open = await askSlots();
    expect(open.status).toBe(200);
    expect(open.headers.get("cache-control")).toContain("public");
  });
});

it("the list of what is offered leaves it out", async () => {
  const { body } = await call(offers.GET, { params: { handle: organizer.handle } }, "GET");
  expect(body.items).toEqual([]);
});

it("a booking without an open link hears nothing of questions or free times", async () => {
  for (const given of strangers()) {
    const answer = await call(bookings.POST, { body: request(given ? { link: given } : {}) });
    expect(["link_required", "link_used"]).toContain(answer.body.code);
    expect(JSON.stringify(answer.body)).not.toMatch(/diagnosis|alternatives/);
  }
  const mine = { link, answers: { diagnosis: "none" } };
  expect((await call(bookings.POST, { body: request(mine) })).status).toBe(201);
  const taken = { link: newCapability(), answers: { diagnosis: "none" } };
  const answer = await call(bookings.POST, { body: request(taken) });
  expect(answer.body.code).toBe("link_used");
  expect(answer.body).not.toHaveProperty("alternatives");
});

it("a time can be held with an open link alone, so that holding tells nothing either", async () => {
  const { handle, slug } = organizer;
  const hold = { handle, slug, start: Date.parse(start), holder: newCapability(), address: "192.0.2.1" };
  expect(await holdSlot(hold)).toBeNull();
  expect(await holdSlot({ ...hold, link: newCapability() })).toBeNull();
  expect(await holdSlot({ ...hold, link })).not.toBeNull();
});
