import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { confirmByLink } from "@/lib/booking/confirm";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { listFlight } from "@/lib/flight-recorder/queries";
import { sendDueMails } from "@/lib/notifications/send-due";
import { noteLostTexts, sendQueuedText } from "@/lib/outbox/send-text";
import { countTexts, forgetNumbers } from "@/lib/outbox/text-limits";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readLinkToken, readMailsTo } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { startTwilio } from "@/tests/support/twilio";

let database: TestDatabase;
const twilio = await startTwilio();

beforeAll(async () => {
  database = await createTestDatabase(twilio.variables);
  await prepareJobs();
});
afterAll(async () => {
  await database.cleanup();
  await twilio.close();
});
beforeEach(() => {
  twilio.asked.length = 0;
  twilio.answers.length = 0;
});

const hourMs = 3600_000;
const questions = [
  { id: "topic", label: "Topic", kind: "text", required: false },
  { id: "mobile", label: "Mobile", kind: "phone", required: false },
];

async function booked(answers: Record<string, string>, notifications: object = { textConfirmation: true }) {
  const organizer = await makeOrganizer({
    title: "First talk",
    location: { kind: "phone", value: "+33 1 23 45 67 89" },
    questions,
    notifications,
  });
  const request = requestFor(organizer, hourAhead(3), { answers });
  const outcome = await book(request);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return { ...outcome.value, organizer, start: Date.parse(request.start) };
}

const textsOf = (bookingId: string) =>
  db().textMessage.findMany({ where: { bookingId }, orderBy: { createdAt: "asc" } });

async function deliverAll(bookingId: string) {
  for (const { id } of await textsOf(bookingId)) await sendQueuedText({ textId: id }).catch(() => undefined);
}

const stepsOf = async (userId: string, id: string) =>
  (await listFlight(scopeWithoutRequest(userId), id))
    .filter(({ step }) => step.startsWith("text_"))
    .map(({ step }) => step);

describe("text messages to a visitor", () => {
  it("text messages to a visitor go with the confirmation to the number they gave, on their clock, with the join page", async () => {
    const { id, organizer } = await booked({ mobile: "+33 (0)6 12 34-56.78" });
    await sendDueMails({ bookingId: id });
    await deliverAll(id);
    const [text, ...others] = twilio.asked;
    expect(others).toEqual([]);
    expect(text).toMatchObject({ to: "+33612345678", from: "+15005550006" });
    expect(text?.path).toBe(`/2010-04-01/Accounts/${twilio.variables.TWILIO_ACCOUNT_SID}/Messages.json`);
    expect(text?.body).toMatch(/^First talk with The organizer-\w+: confirmed for \w+ \d+ \w+, 1[12]:00\. /);
    expect(text?.body).toMatch(/http:\/\/localhost:3000\/j\/[\w-]+$/);
    expect(await textsOf(id)).toMatchObject([
      { status: "sent", kind: "confirmed", attempts: 1, textSealed: null },
    ]);
    expect(await stepsOf(organizer.id, id)).toEqual(["text_sent"]);
  });

  it("text messages to a visitor go with each reminder where the event type says so", async () => {
    const { id, start } = await booked({ mobile: "0033612345678" }, { textReminders: true });
    await sendDueMails({ bookingId: id });
    expect(await textsOf(id)).toEqual([]);
    await sendDueMails({ bookingId: id }, start - 24 * hourMs + 1);
    await sendDueMails({ bookingId: id }, start - hourMs + 1);
    await deliverAll(id);
    expect(twilio.asked.map(({ to, body }) => [to, body.split(":")[0]])).toEqual([
      ["+33612345678", "Reminder"],
      ["+33612345678", "Reminder"],
    ]);
  });

  it("text messages to a visitor are none without a number, and none where the event type sends none", async () => {
    const silent = [await booked({}), await booked({ mobile: "+33612345678" }, {})];
    for (const { id } of silent) {
      await sendDueMails({ bookingId: id });
      expect(await textsOf(id)).toEqual([]);
    }
  });

  it("text messages to a visitor are not guessed to a number without a country code, and the flight recorder says why", async () => {
    const { id, organizer } = await booked({ mobile: "06 12 34 56 78" });
    await sendDueMails({ bookingId: id });
    await deliverAll(id);
    expect(twilio.asked).toEqual([]);
    expect(await textsOf(id)).toMatchObject([
      { status: "failed", lastError: "number_form", textSealed: null },
    ]);
    expect(await stepsOf(organizer.id, id)).toEqual(["text_failed"]);
  });

  it("text messages to a visitor go out once, however often and however many times concurrently the job runs", async () => {
    const { id } = await booked({ mobile: "+33612345678" });
    await Promise.all(Array.from({ length: 4 }, () => sendDueMails({ bookingId: id })));
    const [text] = await textsOf(id);
    await Promise.all(Array.from({ length: 6 }, () => sendQueuedText({ textId: text?.id ?? "" })));
    await sendQueuedText({ textId: text?.id ?? "" });
    expect(twilio.asked).toHaveLength(1);
  });

  it("text messages to a visitor are tried again when the carrier is busy or turns our credentials away", async () => {
    const { id, organizer } = await booked({ mobile: "+33612345678" });
    twilio.answers.push({ status: 429, code: 20429 }, { status: 401, code: 20003 });
    await sendDueMails({ bookingId: id });
    await deliverAll(id);
    expect(await textsOf(id)).toMatchObject([{ status: "queued", lastError: "sms_20429" }]);
    await deliverAll(id);
    await deliverAll(id);
    expect(twilio.asked).toHaveLength(3);
    expect(await textsOf(id)).toMatchObject([{ status: "sent", attempts: 3, lastError: null }]);
    expect(await stepsOf(organizer.id, id)).toEqual(["text_waits", "text_sent"]);
  });

  it("text messages to a visitor are given up where the carrier refuses the number", async () => {
    const { id, organizer } = await booked({ mobile: "+33612345678" });
    twilio.answers.push({ status: 400, code: 21211 });
    await sendDueMails({ bookingId: id });
    await deliverAll(id);
    await deliverAll(id);
    expect(twilio.asked).toHaveLength(1);
    expect(await textsOf(id)).toMatchObject([{ status: "failed", lastError: "sms_21211", textSealed: null }]);
    expect(await stepsOf(organizer.id, id)).toEqual(["text_failed"]);
  });

  it("text messages to a visitor are not sent twice where no one can tell whether they went out", async () => {
    const { id, organizer } = await booked({ mobile: "+33612345678" });
    twilio.answers.push("break");
    await sendDueMails({ bookingId: id });
    await deliverAll(id);
    await deliverAll(id);
    expect(twilio.asked).toHaveLength(1);
    expect(await textsOf(id)).toMatchObject([{ status: "unknown" }]);
    expect(await stepsOf(organizer.id, id)).toEqual(["text_unknown"]);
  });

  it("text messages to a visitor that a dead worker was handing over are called unknown, and not sent again", async () => {
    const { id } = await booked({ mobile: "+33612345678" });
    await sendDueMails({ bookingId: id });
    await db().textMessage.updateMany({ where: { bookingId: id }, data: { status: "sending" } });
    await noteLostTexts(Date.now() + 10 * 60_000);
    await deliverAll(id);
    expect(twilio.asked).toEqual([]);
    expect(await textsOf(id)).toMatchObject([{ status: "unknown", lastError: "crashed" }]);
  });

  it("text messages to a visitor are held back when the booking is cancelled first", async () => {
    const { id } = await booked({ mobile: "+33612345678" });
    await sendDueMails({ bookingId: id });
    await cancel({ bookingId: id, by: "visitor" });
    await deliverAll(id);
    expect(twilio.asked).toEqual([]);
    expect(await textsOf(id)).toMatchObject([{ status: "withdrawn" }]);
  });

  it("text messages to a visitor keep number and words sealed in the database", async () => {
    const { id } = await booked({ mobile: "+33612345678" });
    await sendDueMails({ bookingId: id });
    const row = JSON.stringify(await textsOf(id), (_, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    expect(row).not.toContain("612345678");
    expect(row).not.toContain("/j/");
  });
});

describe("texts that are too many, or go too far", () => {
  const failuresOf = async (bookingId: string) =>
    (await textsOf(bookingId)).map(({ status, lastError }) => [status, lastError]);

  async function sent(mobile: string) {
    const { id } = await booked({ mobile });
    await sendDueMails({ bookingId: id });
    await deliverAll(id);
    return id;
  }

  it("texts that go too far are those to a country that the operator hasn't allowed", async () => {
    expect(await failuresOf(await sent("+44 7911 123456"))).toEqual([["failed", "country"]]);
    expect(await failuresOf(await sent("+1 (876) 555-0100"))).toEqual([["failed", "country"]]);
    expect(twilio.asked).toEqual([]);
    expect(await failuresOf(await sent("+1 (868) 555-0100"))).toEqual([["sent", null]]);
  });

  it("texts that are too many for one number are not sent, whoever booked with it, until a day has passed", async () => {
    const number = "+33612000001";
    for (let nth = 0; nth < 10; nth += 1) await sent(number);
    expect(twilio.asked).toHaveLength(10);
    const refused = await sent("0033 6 12 00 00 01");
    expect(await failuresOf(refused)).toEqual([["failed", "number_limit"]]);
    expect(twilio.asked).toHaveLength(10);
    expect(await failuresOf(await sent("+33612000002"))).toEqual([["sent", null]]);
    const dayAgo = new Date(Date.now() - 24 * hourMs - 1000);
    const { numberHash } = await db().textMessage.findFirstOrThrow({ where: { bookingId: refused } });
    await db().textMessage.updateMany({ where: { numberHash }, data: { updatedAt: dayAgo } });
    expect(await failuresOf(await sent(number))).toEqual([["sent", null]]);
    await forgetNumbers();
    const kept = await db().textMessage.findFirstOrThrow({ where: { bookingId: refused } });
    expect(kept.numberHash).toBeNull();
  });

  it("texts that are too many for a day stop, and the admins hear of it once", async () => {
    const admin = await db().user.create({
      data: { email: "admin@bellhop.example", name: "Ada", handle: "the-admin", role: "admin" },
    });
    const usual = env().TEXTS_PER_DAY;
    env().TEXTS_PER_DAY = (await countTexts()) + 1;
    const ids = [];
    for (let nth = 0; nth < 3; nth += 1) ids.push((await booked({ mobile: `+3361200010${nth}` })).id);
    for (const id of ids) await sendDueMails({ bookingId: id });
    // The last one that may go is one, however many are handed over at the same moment.
    await Promise.all(ids.map((id) => deliverAll(id)));
    const outcomes = (await Promise.all(ids.map(failuresOf))).flat();
    expect(outcomes.toSorted()).toEqual([
      ["failed", "day_limit"],
      ["failed", "day_limit"],
      ["sent", null],
    ]);
    expect(twilio.asked).toHaveLength(1);
    env().TEXTS_PER_DAY = usual;
    const mails = await readMailsTo(admin.email);
    expect(mails.map(({ kind, subject }) => [kind, subject])).toEqual([
      ["texts-stopped", "Bellhop has stopped sending text messages"],
    ]);
    expect(await failuresOf(await sent("+33612000110"))).toEqual([["sent", null]]);
  });

  it("texts that are about a booking which its visitor hasn't confirmed are not written", async () => {
    const organizer = await makeOrganizer({
      emailCheck: "always",
      location: { kind: "none" },
      questions,
      notifications: { textConfirmation: true },
    });
    const request = requestFor(organizer, hourAhead(3), { answers: { mobile: "+33612000200" } });
    const outcome = await book(request);
    if (!outcome.ok) throw new Error(outcome.error.code);
    const { id } = outcome.value;
    await sendDueMails({ bookingId: id });
    expect(await textsOf(id)).toEqual([]);
    expect((await confirmByLink(await readLinkToken(request.visitor.email, "/confirm/"))).ok).toBe(true);
    await sendDueMails({ bookingId: id }, Date.now() + 61_000);
    await deliverAll(id);
    expect(await failuresOf(id)).toEqual([["sent", null]]);
  });
});
