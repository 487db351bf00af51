import { afterAll, beforeAll, expect, it } from "vitest";
import { POST as bookByApi } from "@/app/api/v1/bookings/route";
import { GET as ownBookings } from "@/app/api/v1/me/bookings/route";
import { exportBookings } from "@/lib/booking/export-csv";
import { db } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import { call, organizerWithKey } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, requestFor } from "@/tests/support/organizer";

let database: TestDatabase;
let organizer: Awaited<ReturnType<typeof organizerWithKey>>;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
  organizer = await organizerWithKey();
});
afterAll(() => database.cleanup());

it("where a visitor came from is for the organizer alone, in the API and in the table for spreadsheets", async () => {
  const utm = { source: "newsletter", campaign: "Spring 2027" };
  const booked = await call(bookByApi, { body: requestFor(organizer, hourAhead(3), { utm }) });
  expect(booked.status).toBe(201);
  expect(booked.body).not.toHaveProperty("utm");
  const none = await call(bookByApi, { body: requestFor(organizer, hourAhead(4)) });
  const { body } = await call(ownBookings, { key: organizer.key }, "GET");
  const utmOf = (id: string) => body.items.find((one: { id: string }) => one.id === id).utm;
  expect(utmOf(booked.body.id)).toEqual(utm);
  expect(utmOf(none.body.id)).toEqual({});
  let table = "";
  for await (const part of exportBookings(organizer.scope, {}, "UTC")) table += part;
  expect(table).toContain("source: newsletter\ncampaign: Spring 2027");
});

it("the API takes the five UTM parameters and nothing else", async () => {
  const send = async (utm: object) => {
    const { body } = await call(bookByApi, { body: { ...requestFor(organizer, hourAhead(5)), utm } });
    return body.errors?.map(({ path }: { path: string }) => path);
  };
  expect(await send({ id: "7" })).toEqual(["utm.id"]);
  expect(await send({ source: "x".repeat(201) })).toEqual(["utm.source"]);
  expect(await send({ medium: "a\u0000b" })).toEqual(["utm.medium"]);
});

it("the database keeps an object of it and nothing else", async () => {
  const { id } = await db().booking.findFirstOrThrow({ where: { ownerId: organizer.id } });
  await expect(db().booking.update({ where: { id }, data: { utm: ["newsletter"] } })).rejects.toThrow(
    /Booking_utm_object/,
  );
});
