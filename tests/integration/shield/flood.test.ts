import { afterAll, beforeAll, expect, it } from "vitest";
import * as bookings from "@/app/api/v1/bookings/route";
import { confirmByLink } from "@/lib/booking/confirm";
import { db } from "@/lib/database/client";
import { sendDueMails } from "@/lib/notifications/send-due";
import { call } from "@/tests/integration/api/call";
import { eventually } from "@/tests/support/eventually";
import { readLinkToken } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

/* Four thousand bookings by programs, from five hundred networks, for one organizer whose mailbox sends the invitations. */

let stage: WorkingStage;

beforeAll(async () => {
  stage = await openWorkingStage({ TRUST_PROXY: "1" });
});
afterAll(() => stage.close());

const networks = 500;
const botCount = 4_000;

const slot = (nth: number) => new Date(Date.parse(hourAhead(1, 0)) + nth * 900_000).toISOString();

it("send no invitation, and people in between get their appointments", async () => {
  const organizer = await stage.connect(
    await makeOrganizer({
      location: { kind: "teams" },
      durationsMinutes: [15],
      window: { kind: "rolling", days: 3650 },
    }),
  );
  const bot = async (nth: number) => {
    const name = nth % 2 === 0 ? `Offer ${nth} https://evil.example/${nth}` : `Offer ${nth}`;
    const email = nth % 2 === 0 ? `stranger${nth}@strangers.example` : `stranger${nth}@mailinator.com`;
    const { status } = await call(bookings.POST, {
      body: requestFor(organizer, slot(nth), { visitor: { name, email, timeZone: "UTC" } }),
      headers: { "X-Forwarded-For": `10.${(nth % networks) >> 8}.${(nth % networks) & 255}.${nth & 127}` },
    });
    return status;
  };
  const people: string[] = [];
  const person = async (nth: number) => {
    const body = requestFor(organizer, slot(botCount + nth));
    const headers = { "X-Forwarded-For": `192.0.${nth}.1` };
    // Someone whose organizer's calendar didn't answer in time tries once more.
    const booked = await eventually(
      () => call(bookings.POST, { body, headers }),
      ({ status }) => status !== 503,
      60,
    );
    expect(booked.status).toBe(201);
    people.push(body.visitor.email);
    if (booked.body.awaits !== "visitor") return;
    await sendDueMails({ bookingId: booked.body.id });
    expect((await confirmByLink(await readLinkToken(body.visitor.email, "/confirm/"))).ok).toBe(true);
  };
  const tally: Record<number, number> = {};
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    for (let nth = lane; nth < botCount; nth += 8) {
      const status = await bot(nth);
      tally[status] = (tally[status] ?? 0) + 1;
      if (nth % 800 === 0) await person(nth / 800);
    }
  });
  await Promise.all(lanes);
  const { sentInvitations, events } = await eventually(
    () => stage.microsoft.control.mailbox(organizer.email),
    (box) => box.sentInvitations.length >= people.length,
    60,
  );
  expect(sentInvitations.map(({ to }) => to).sort()).toEqual([...people].sort());
  expect(events).toHaveLength(people.length);
  expect(tally[201]).toBeLessThanOrEqual(110);
  const { 201: held = 0, 429: refused = 0, 503: calendarUnavailable = 0 } = tally;
  expect(held + refused + calendarUnavailable).toBe(botCount);
  const mails = await db().mail.findMany({ select: { to: true, kind: true } });
  const strangers = mails.filter(({ to }) => to.includes("stranger"));
  expect(strangers.length).toBeLessThanOrEqual(110);
  expect(new Set(strangers.map(({ to }) => to)).size).toBe(strangers.length);
  expect([...new Set(strangers.map(({ kind }) => kind))]).toEqual(["booking-confirm-address"]);
  // To each of the people in between: what asks them, and what confirms; and one to the organizer.
  expect(mails.length - strangers.length).toBeLessThanOrEqual(3 * people.length);
}, 300_000);
