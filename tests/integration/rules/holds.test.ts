import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import { book } from "@/lib/booking/book";
import { holdMinutes, holdSlot, releaseHold, sweepHolds } from "@/lib/booking/holds";
import { db } from "@/lib/database/client";
import { getOffer } from "@/lib/offers/offer";
import { publishSlots } from "@/lib/offers/published-slots";
import { listOfferedSlots } from "@/lib/offers/slots";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const start = hourAhead(3);
const date = start.slice(0, 10);
const at = Date.parse(start);

function hold({ handle, slug }: TestOrganizer, holder: string, hours = 0, address = "192.0.2.1") {
  return holdSlot({ handle, slug, start: at + hours * 3600_000, holder, address });
}

/** Whether the slot is on the public list, and on the page of anyone who holds this key. */
async function isListed({ handle, slug }: TestOrganizer, holder: string | null, hours = 0) {
  const wanted = new Date(at + hours * 3600_000).toISOString();
  const range = { from: date, to: date, timeZone: "UTC" };
  const published = await publishSlots({ handle, slug, ...range });
  const isPublic = published.ok && published.value.body.includes(`"start":"${wanted}"`);
  const offer = await getOffer(db(), handle, slug);
  if (!offer) throw new Error("There is no offer.");
  const holderHash = holder === null ? null : hashCapability(holder);
  const { slots } = await listOfferedSlots(offer, { ...range, durationMinutes: 30, holderHash });
  return [isPublic, slots.some((slot) => slot.start === Date.parse(wanted))];
}

const age = (holder: string) =>
  db().slotHold.update({
    where: { holderHash: hashCapability(holder) },
    data: { expiresAt: new Date(Date.now() - 1) },
  });

describe("a hold", () => {
  it("a hold hides its slot from everyone but its holder", async () => {
    const organizer = await makeOrganizer();
    const holder = newCapability();
    expect(await hold(organizer, holder)).toBeGreaterThan(Date.now() + (holdMinutes - 1) * 60_000);
    expect(await isListed(organizer, holder)).toEqual([false, true]);
    expect(await isListed(organizer, newCapability())).toEqual([false, false]);
    expect(await isListed(organizer, null, 1)).toEqual([true, true]);
  });

  it("a hold refuses no one: who books first has the time", async () => {
    const organizer = await makeOrganizer();
    await hold(organizer, newCapability());
    expect((await book(requestFor(organizer, start))).ok).toBe(true);
  });

  it("a hold keeps its holder from nothing", async () => {
    const organizer = await makeOrganizer({ bufferBeforeMinutes: 30, bufferAfterMinutes: 30 });
    const holder = newCapability();
    await hold(organizer, holder);
    expect((await book(requestFor(organizer, start))).ok).toBe(true);
    expect((await book(requestFor(organizer, hourAhead(3, 12)))).ok).toBe(true);
  });

  it("a hold ends with its minutes, and is not made longer by asking again", async () => {
    const organizer = await makeOrganizer();
    const holder = newCapability();
    const until = await hold(organizer, holder);
    expect(await hold(organizer, holder)).toBe(until);
    await age(holder);
    expect(await isListed(organizer, null)).toEqual([true, true]);
    await sweepHolds();
    expect(await db().slotHold.count({ where: { userId: organizer.id } })).toBe(0);
  });

  it("a hold ends when it is let go, and when its holder takes another time", async () => {
    const organizer = await makeOrganizer();
    const holder = newCapability();
    await hold(organizer, holder);
    await hold(organizer, holder, 2);
    expect(await isListed(organizer, null)).toEqual([true, true]);
    await releaseHold(holder, at);
    expect(await isListed(organizer, null, 2)).toEqual([false, false]);
    await releaseHold(holder);
    expect(await isListed(organizer, null, 2)).toEqual([true, true]);
  });

  it("a hold is not given for a time that is not offered, or that someone else holds", async () => {
    const organizer = await makeOrganizer({ bufferAfterMinutes: 15 });
    const [first, second] = [newCapability(), newCapability()];
    expect(await hold(organizer, first, 0.1)).toBeNull();
    expect(await hold(organizer, first)).not.toBeNull();
    expect(await hold(organizer, second)).toBeNull();
    expect(await hold(organizer, second, 0.5)).toBeNull();
    expect(await hold({ ...organizer, slug: "nothing" }, second)).toBeNull();
    expect(await hold(organizer, first, 1)).not.toBeNull();
    expect(await hold(organizer, second)).not.toBeNull();
  });

  it("a hold is not needed where seats are left", async () => {
    const organizer = await makeOrganizer({ seats: 2 });
    expect(await hold(organizer, newCapability())).toBeNull();
    expect(await isListed(organizer, null)).toEqual([true, true]);
  });

  it("a hold can't be had by the dozen: neither from one network nor from many", async () => {
    const organizer = await makeOrganizer();
    const from = async (address: string, hours: number[]) => {
      const held = [];
      for (const hour of hours) held.push((await hold(organizer, newCapability(), hour, address)) !== null);
      return held;
    };
    expect(await from("192.0.2.7", [0, 1, 2, 3, 4])).toEqual([true, true, true, false, false]);
    expect(await from("2001:db8::1", [5, 6])).toEqual([true, true]);
    expect(await from("2001:db8::2", [7, 8])).toEqual([true, false]);
    for (let network = 0; network < 20; network += 1)
      await from(`198.51.100.${network}`, [-10 + network / 2]);
    expect(await db().slotHold.count({ where: { userId: organizer.id } })).toBe(20);
  });

  it("a hold of an event type hides the organizer's time in all of them", async () => {
    const organizer = await makeOrganizer();
    const other = await db().eventType.findUniqueOrThrow({ where: { id: organizer.eventTypeId } });
    const { id: _, window, questions, notifications, meetingOptions, ...columns } = other;
    await db().eventType.create({
      data: {
        ...columns,
        slug: "other",
        location: { kind: "none" },
        fallbackLocation: undefined,
        rooms: undefined,
        hosts: { create: { userId: organizer.id } },
      } as never,
    });
    await hold(organizer, newCapability());
    expect(await isListed({ ...organizer, slug: "other" }, null)).toEqual([false, false]);
  });
});
