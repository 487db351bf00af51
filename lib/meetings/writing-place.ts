import { db } from "@/lib/database/client";

export interface WritingPlace {
  /** Nothing new is written. */
  isReadOnly: boolean;
  /** The calendar for bookings; null: the account's own. */
  calendarId: string | null;
  /** Someone else's calendar that they go to instead; null: one of the account's own. */
  sharedCalendar: string | null;
  /** Teams meetings can be created in it. */
  hasMeetings: boolean;
}

/** Where an organizer's bookings are written to. */
export async function getWritingPlace(userId: string): Promise<WritingPlace> {
  const [rules, target] = await Promise.all([
    db().calendarRules.findUnique({ where: { userId }, select: { readOnly: true } }),
    db().syncedCalendar.findFirst({
      where: { connection: { userId, provider: "teams" }, isTarget: true, isDefault: false },
      select: { calendarId: true, hasMeetings: true, ownerAddress: true },
    }),
  ]);
  const isShared = target?.ownerAddress != null;
  return {
    isReadOnly: rules?.readOnly ?? false,
    calendarId: isShared ? null : (target?.calendarId ?? null),
    sharedCalendar: isShared ? (target?.calendarId ?? null) : null,
    hasMeetings: target?.hasMeetings ?? true,
  };
}
