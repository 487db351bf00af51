import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { clockOf } from "@/lib/format/clock";
import { startLabel } from "@/lib/format/two-clocks";
import { sendLetter } from "@/lib/outbox/send-letter";

interface Told {
  id: string;
  title: string;
  visitorName: string;
  startsAt: Date;
  meeting: { kind: string };
}

interface HandedOver {
  booking: Told;
  fromId: string;
  toId: string;
  /** The event goes from the calendar of one to that of the other. */
  isLead: boolean;
  reason: string | null;
}

/** Tells both hosts, each in their language and zone; a host whose account is disabled hears nothing. */
export async function sendHandover(
  tx: Tx,
  { booking, fromId, toId, isLead, reason }: HandedOver,
): Promise<void> {
  const leads = isLead ? [fromId, toId] : [];
  await sendLetters(tx, booking, { left: [fromId], joined: [toId], leads, isTold: true, reason, from: null });
}

interface MovedOn {
  /** As it was before. */
  booking: Told & { hosts: readonly { userId: string }[] };
  /** Where it was moved to. */
  startsAt: Date;
  /** Who takes part there. */
  hostIds: readonly string[];
  by: "visitor" | "organizer";
}

/**
 * Tells hosts whose booking has gone to others since it was moved. Those others get the usual news of a move; where an organizer has moved
 * it, no one else writes to them.
 */
export async function sendMovedOn(tx: Tx, { booking, startsAt, hostIds, by }: MovedOn): Promise<void> {
  const before = booking.hosts.map(({ userId }) => userId);
  const leads = [before[0] ?? "", hostIds[0] ?? ""];
  await sendLetters(
    tx,
    { ...booking, startsAt },
    {
      left: before.filter((id) => !hostIds.includes(id)),
      joined: hostIds.filter((id) => !before.includes(id)),
      leads,
      isTold: by === "organizer",
      reason: null,
      from: booking.startsAt,
    },
  );
}

interface Change {
  left: readonly string[];
  joined: readonly string[];
  /** In whose calendar the event was, and will be. */
  leads: readonly string[];
  /** Whether those who joined are written to. */
  isTold: boolean;
  reason: string | null;
  /** When it was before it was moved; null: it was not. */
  from: Date | null;
}

async function sendLetters(
  tx: Tx,
  booking: Told,
  { left, joined, leads, isTold, reason, from }: Change,
): Promise<void> {
  const people = await tx.user.findMany({
    where: { id: { in: [...left, ...joined] } },
    select: {
      id: true,
      disabledAt: true,
      name: true,
      email: true,
      locale: true,
      schedules: { select: { timeZone: true }, orderBy: [{ isDefault: "desc" }, { id: "asc" }], take: 1 },
      connections: { where: { provider: "teams" }, select: { id: true } },
      calendarRules: { select: { readOnly: true } },
    },
  });
  const namesOf = (ids: readonly string[], locale: string) =>
    new Intl.ListFormat(locale).format(
      ids.flatMap((id) => people.find((person) => person.id === id)?.name ?? []),
    );
  const readers = people.filter(({ id, disabledAt }) => disabledAt === null && (left.includes(id) || isTold));
  for (const { id, schedules, connections, calendarRules, disabledAt: _, ...holder } of readers) {
    const isTaker = joined.includes(id);
    const hasEvent = leads.includes(id) && connections.length > 0 && !calendarRules?.readOnly;
    const effect = hasEvent && booking.meeting.kind === "teams" ? "effect" : "effectPlain";
    const timeZone = schedules[0]?.timeZone ?? "UTC";
    const clock = clockOf(holder.locale);
    await sendLetter(
      tx,
      holder,
      isTaker ? "booking-handover-to" : "booking-handover-from",
      (words, locale) => {
        const names = {
          side: isTaker ? "to" : "from",
          other: namesOf(isTaker ? left : joined, locale),
          visitor: booking.visitorName,
          title: booking.title,
          event: String(hasEvent),
          start: startLabel(booking, timeZone, clock, locale),
        };
        const former = from && startLabel({ startsAt: from }, timeZone, clock, locale);
        return {
          bookingId: booking.id,
          subject: words("handover.subject", names),
          paragraphs: [
            words("handover.lead", names),
            ...(former ? [words("handover.moved", { former })] : []),
            ...(reason ? [words("handover.reason", { reason })] : []),
            words(`handover.${effect}`, names),
          ],
          actions: isTaker
            ? [{ label: words("handover.action"), url: `${env().APP_URL}/account/bookings/${booking.id}` }]
            : [],
        };
      },
    );
  }
}
