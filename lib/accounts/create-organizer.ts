import { findFreeHandle } from "@/lib/accounts/handles";
import { record } from "@/lib/audit/record";
import type { Tx } from "@/lib/database/client";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

export interface NewOrganizer {
  email: string;
  name: string;
  /** Left out: one that reads like the name. */
  handle?: string;
  /** Null: the account is entered through a reset link. */
  passwordHash: string | null;
  role: "organizer" | "admin";
  /** IANA zone of the first schedule. */
  timeZone: string;
  /** The language of the names of the first schedule and event type. */
  locale: Locale;
  /** How someone opened it for themselves: by a password, or a provider's name. Left out: it was opened for them. */
  openedWith?: string;
}

export interface CreatedOrganizer {
  id: string;
  email: string;
  handle: string;
  sessionEpoch: number;
}

const workingHours = [{ days: [1, 2, 3, 4, 5], start: "09:00", end: "17:00" }];

/** Opens an account that can be booked right away: with working hours and a first event type. Call under the accounts' lock. */
export async function createOrganizer(tx: Tx, organizer: NewOrganizer): Promise<CreatedOrganizer> {
  const { email, name, passwordHash, role, timeZone, locale } = organizer;
  const words = translator("account", locale);
  const handle = organizer.handle ?? (await findFreeHandle(tx, name));
  const created = await tx.user.create({
    data: { email, name, handle, passwordHash, role },
    select: { id: true, email: true, handle: true, sessionEpoch: true },
  });
  await tx.handle.create({ data: { handle, userId: created.id } });
  const schedule = await tx.schedule.create({
    data: {
      userId: created.id,
      name: words("first.schedule"),
      timeZone,
      weekly: workingHours,
      isDefault: true,
    },
    select: { id: true },
  });
  await tx.eventType.create({
    data: {
      userId: created.id,
      scheduleId: schedule.id,
      slug: "appointment",
      title: words("first.eventType"),
      subjectTemplate: words("first.subject"),
      durationsMinutes: [30],
      location: { kind: "teams" },
      hosts: { create: { userId: created.id, scheduleId: schedule.id } },
    },
  });
  const { openedWith } = organizer;
  await record(tx, {
    action: "account.opened",
    accountId: created.id,
    byHolder: openedWith !== undefined,
    details: { role, ...(openedWith ? { with: openedWith } : {}) },
  });
  return created;
}
