/** Sample data for the demo: an admin, an organizer with three event types and a lived-in week, and a team. Adds nothing twice. */
import { existsSync } from "node:fs";
import { createOrganizer } from "@/lib/accounts/create-organizer";
import { lockAccounts } from "@/lib/accounts/lock";
import { hashPassword } from "@/lib/auth/passwords";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { db } from "@/lib/database/client";
import { openDatabase } from "@/lib/database/open";
import { defaultLocale } from "@/lib/i18n/languages";
import { identify } from "@/lib/input/request-identity";
import { closeQueue } from "@/lib/jobs/queue";
import { getOffer } from "@/lib/offers/offer";
import { listOfferedSlots } from "@/lib/offers/slots";
import { localDateOf } from "@/lib/slot-engine/zone";
import { prepareJobs } from "@/lib/worker";
import { makeSampleTeam } from "@/prisma/sample-team";

if (existsSync(".env")) process.loadEnvFile(".env");

const samplePassword = "demo-password-1";
const timeZone = "Europe/Paris";
const dayMs = 24 * 3600 * 1000;

async function requireAccount(email: string, name: string, handle: string, role: "admin" | "organizer") {
  const known = await db().user.findUnique({ where: { email }, select: { id: true } });
  if (known) return { id: known.id, isNew: false };
  const passwordHash = await hashPassword(samplePassword);
  const created = await db().$transaction(async (tx) => {
    await lockAccounts(tx);
    return createOrganizer(tx, { email, name, handle, role, passwordHash, timeZone, locale: defaultLocale });
  });
  return { id: created.id, isNew: true };
}

async function makeEventTypes(userId: string): Promise<void> {
  const schedule = await db().schedule.findFirstOrThrow({ where: { userId }, select: { id: true } });
  await db().schedule.update({
    where: { id: schedule.id },
    data: {
      weekly: [
        { days: [1, 2, 3, 4], start: "09:00", end: "12:30" },
        { days: [1, 2, 3, 4], start: "13:30", end: "17:00" },
        { days: [5], start: "09:00", end: "13:00" },
      ],
    },
  });
  await db().eventType.deleteMany({ where: { userId } });
  const shared = { userId, scheduleId: schedule.id };
  await db().eventType.createMany({
    data: [
      {
        ...shared,
        slug: "first-consultation",
        title: "First consultation",
        description:
          "Thirty minutes to look at your situation and tell you plainly what needs doing before the year ends. Have your last assessment at hand.",
        durationsMinutes: [30],
        bufferAfterMinutes: 10,
        minimumNoticeMinutes: 120,
        location: { kind: "teams" },
        questions: [
          { id: "topic", label: "What should Ines look at first?", kind: "multiline", required: false },
        ],
      },
      {
        ...shared,
        slug: "year-end-review",
        title: "Year-end review",
        description: "An hour with your figures, on screen and together.",
        durationsMinutes: [60, 90],
        slotIntervalMinutes: 30,
        bufferBeforeMinutes: 15,
        location: { kind: "teams" },
      },
      {
        ...shared,
        slug: "quick-question",
        title: "Quick question",
        description: "One question, one answer, by phone.",
        durationsMinutes: [15],
        location: { kind: "phone", value: "+33 4 72 00 00 00" },
      },
    ],
  });
  const made = await db().eventType.findMany({ where: { userId }, select: { id: true } });
  await db().eventTypeHost.createMany({
    data: made.map(({ id }) => ({ eventTypeId: id, userId, scheduleId: schedule.id })),
  });
}

const visitors = [
  {
    name: "Nora Byrne",
    email: "nora@byrne.example",
    timeZone: "Europe/Dublin",
    slug: "first-consultation",
    day: 1,
    nth: 1,
  },
  {
    name: "Amélie Fournier",
    email: "amelie@fournier.example",
    timeZone,
    slug: "year-end-review",
    day: 1,
    nth: 5,
  },
  {
    name: "Bram de Wit",
    email: "bram@dewit.example",
    timeZone: "Europe/Amsterdam",
    slug: "quick-question",
    day: 2,
    nth: 2,
  },
  {
    name: "Priya Raman",
    email: "priya@raman.example",
    timeZone: "Asia/Kolkata",
    slug: "year-end-review",
    day: 3,
    nth: 0,
  },
  {
    name: "Sofia Lindgren",
    email: "sofia@lindgren.example",
    timeZone: "Europe/Stockholm",
    slug: "quick-question",
    day: 3,
    nth: 12,
  },
  {
    name: "Tomás Herrera",
    email: "tomas@herrera.example",
    timeZone: "America/New_York",
    slug: "first-consultation",
    day: 6,
    nth: 9,
  },
  {
    name: "Jonas Weiß",
    email: "jonas@weiss.example",
    timeZone: "Europe/Berlin",
    slug: "quick-question",
    day: 7,
    nth: 4,
  },
  {
    name: "Oluwaseun Adeyemi",
    email: "seun@adeyemi.example",
    timeZone: "Africa/Lagos",
    slug: "quick-question",
    day: 8,
    nth: 7,
    cancelled: true,
  },
];

/** Books each sample visitor on the first open day from this many days ahead on, through the same door as everyone. */
async function bookVisitors(): Promise<void> {
  for (const visitor of visitors) {
    const offer = await getOffer(db(), "ines", visitor.slug);
    const durationMinutes = offer?.eventType.durationsMinutes[0];
    if (!offer || !durationMinutes) continue;
    const from = localDateOf(Date.now() + visitor.day * dayMs, timeZone);
    const to = localDateOf(Date.now() + (visitor.day + 6) * dayMs, timeZone);
    const { slots } = await listOfferedSlots(offer, { from, to, timeZone, durationMinutes });
    const first = slots[0];
    const sameDay = slots.filter(
      (slot) => first && localDateOf(slot.start, timeZone) === localDateOf(first.start, timeZone),
    );
    const slot = sameDay[Math.min(visitor.nth, sameDay.length - 1)];
    if (!slot) continue;
    const { name, email, timeZone: zone } = visitor;
    const request = {
      handle: "ines",
      slug: visitor.slug,
      start: new Date(slot.start).toISOString(),
      durationMinutes,
      visitor: { name, email, timeZone: zone },
    };
    const booked = await book(request, { identity: identify(["sample", email], request) });
    if (booked.ok && visitor.cancelled) {
      await cancel({ bookingId: booked.value.id, by: "visitor", reason: "Settled it by mail, thank you." });
    }
  }
}

const database = await openDatabase();
try {
  await prepareJobs();
  await requireAccount("admin@bellhop.example", "Robin Keller", "robin", "admin");
  const ines = await requireAccount("ines@bellhop.example", "Ines Moreau", "ines", "organizer");
  if (ines.isNew) {
    await makeEventTypes(ines.id);
    await bookVisitors();
  }
  const theo = await requireAccount("theo@bellhop.example", "Theo Lindqvist", "theo", "organizer");
  const noor = await requireAccount("noor@bellhop.example", "Noor Haddad", "noor", "organizer");
  await makeSampleTeam({ ines: ines.id, theo: theo.id, noor: noor.id });
} finally {
  await closeQueue();
  await database.close();
}
