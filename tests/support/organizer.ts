import { randomBytes } from "node:crypto";
import { createOrganizer } from "@/lib/accounts/create-organizer";
import { lockAccounts } from "@/lib/accounts/lock";
import { type OwnerScope, scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { defaultLocale } from "@/lib/i18n/languages";

export interface TestOrganizer {
  id: string;
  scope: OwnerScope;
  handle: string;
  eventTypeId: string;
  slug: string;
}

const alwaysOpen = [{ days: [1, 2, 3, 4, 5, 6, 7], start: "00:00", end: "24:00" }];

/** An organizer of this test's own, open around the clock in UTC unless the test says otherwise. */
export async function makeOrganizer(
  eventType: Partial<Prisma.EventTypeUncheckedCreateInput> = {},
  schedule: Partial<Prisma.ScheduleUncheckedUpdateInput> = {},
): Promise<TestOrganizer> {
  const name = `organizer-${randomBytes(5).toString("hex")}`;
  const created = await db().$transaction(async (tx) => {
    await lockAccounts(tx);
    return createOrganizer(tx, {
      email: `${name}@bellhop.example`,
      name: `The ${name}`,
      handle: name,
      passwordHash: null,
      role: "organizer",
      timeZone: "UTC",
      locale: defaultLocale,
    });
  });
  await db().schedule.updateMany({
    where: { userId: created.id },
    data: { weekly: alwaysOpen, ...schedule },
  });
  const first = await db().eventType.findFirstOrThrow({
    where: { userId: created.id },
    select: { id: true, slug: true },
  });
  await db().eventType.update({ where: { id: first.id }, data: { minimumNoticeMinutes: 0, ...eventType } });
  return {
    id: created.id,
    scope: scopeWithoutRequest(created.id),
    handle: created.handle,
    eventTypeId: first.id,
    slug: eventType.slug ?? first.slug,
  };
}

/** The start of a whole hour, this many days ahead: an offered slot of `makeOrganizer`'s schedule. ISO 8601. */
export function hourAhead(days: number, hour = 10): string {
  const at = new Date(Date.now() + days * 24 * 3600 * 1000);
  at.setUTCHours(hour, 0, 0, 0);
  return at.toISOString();
}

let visitorCount = 0;

/** A booking request as a visitor would send it, to an organizer or a team. */
export function requestFor(organizer: { handle: string; slug: string }, start: string, more: object = {}) {
  visitorCount += 1;
  return {
    handle: organizer.handle,
    slug: organizer.slug,
    start,
    visitor: {
      name: `Visitor ${visitorCount}`,
      email: `visitor${visitorCount}@example.org`,
      timeZone: "Europe/Paris",
    },
    ...more,
  };
}
