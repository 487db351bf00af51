import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as publicBookings from "@/app/api/v1/bookings/route";
import * as ownBookings from "@/app/api/v1/me/bookings/route";
import * as links from "@/app/api/v1/me/event-types/[id]/links/route";
import * as eventTypes from "@/app/api/v1/me/event-types/route";
import * as schedules from "@/app/api/v1/me/schedules/route";
import * as webhooks from "@/app/api/v1/me/webhooks/route";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, requestFor } from "@/tests/support/organizer";
import { type Answer, call, organizerWithKey } from "./call";

let database: TestDatabase;
let organizer: Awaited<ReturnType<typeof organizerWithKey>>;
let eventTypeId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  organizer = await organizerWithKey();
  const { body } = await call(eventTypes.GET, { key: organizer.key }, "GET");
  eventTypeId = body.items[0].id;
});
afterAll(() => database.cleanup());

/** Refused as bad input that names this field. */
function expectMistakeAt(path: string, { status, body }: Answer) {
  expect(body).toMatchObject({ status: 422, code: "invalid_request" });
  expect(status).toBe(422);
  expect(body.errors.map((error: { path: string }) => error.path)).toContain(path);
}

describe("an instant outside the years that can be written", () => {
  it.each(["0000-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"])(
    "an instant outside the years that can be written is refused: %s",
    async (at) => {
      const { key } = organizer;
      const query = `?from=${encodeURIComponent(at)}`;
      expectMistakeAt("from", await call(ownBookings.GET, { key, query }, "GET"));
      const params = { id: eventTypeId };
      expectMistakeAt("expiresAt", await call(links.POST, { key, params, body: { expiresAt: at } }));
    },
  );

  it("an instant outside the years that can be written is refused inside a cursor as well", async () => {
    const position = JSON.stringify(["0000-01-01T00:00:00Z", eventTypeId]);
    const query = `?cursor=${Buffer.from(position).toString("base64url")}`;
    expectMistakeAt("cursor", await call(ownBookings.GET, { key: organizer.key, query }, "GET"));
  });
});

describe("thousands of mistakes together", () => {
  const fields = Object.fromEntries(Array.from({ length: 14_000 }, (_, index) => [`u${index}`, 1]));

  it("thousands of mistakes together in a body are refused, a few of them named and the others counted", async () => {
    const answer = await call(publicBookings.POST, { body: fields });
    expectMistakeAt("u0", answer);
    expect(answer.body.errors.length).toBeLessThanOrEqual(50);
    expect(answer.body.errors).toContainEqual({
      path: "",
      message: "There are 13,990 more unknown fields. Send only the fields of this request.",
    });
  });

  it("thousands of mistakes together in a query are refused as well", async () => {
    const { key } = organizer;
    const once = Object.keys(fields).slice(0, 900).join("=&");
    const unknown = await call(ownBookings.GET, { key, query: `?${once}` }, "GET");
    expectMistakeAt("u0", unknown);
    const twice = await call(ownBookings.GET, { key, query: `?${once}&${once}` }, "GET");
    expectMistakeAt("u0", twice);
    for (const { body } of [unknown, twice]) expect(body.errors.length).toBeLessThanOrEqual(50);
  });
});

describe("an address with something invisible in it", () => {
  const eventType = { slug: "odd", title: "Odd", durationsMinutes: [30], location: { kind: "none" } };

  it.each(["\u0000", "\ud800", "\u0001"])(
    "an address with something invisible in it is refused: %j",
    async (mark) => {
      const { key } = organizer;
      const url = `https://example.com/${mark}`;
      const asPlace = { ...eventType, location: { kind: "link", value: url } };
      expectMistakeAt("location.value", await call(eventTypes.POST, { key, body: asPlace }));
      const onward = { ...eventType, redirectUrl: url };
      expectMistakeAt("redirectUrl", await call(eventTypes.POST, { key, body: onward }));
      expectMistakeAt("url", await call(webhooks.POST, { key, body: { url } }));
    },
  );
});

it("a holiday to keep open can't be something the database refuses", async () => {
  const body = { name: "H", timeZone: "UTC", weekly: [], holidays: { country: "FR", keepOpen: ["\u0000"] } };
  expectMistakeAt("holidays.keepOpen.0", await call(schedules.POST, { key: organizer.key, body }));
});

it("a language that no mail could be written in is refused before anything is booked", async () => {
  const request = requestFor(organizer, hourAhead(3));
  const body = { ...request, visitor: { ...request.visitor, locale: "en-US-US" } };
  expectMistakeAt("visitor.locale", await call(publicBookings.POST, { body }));
});
