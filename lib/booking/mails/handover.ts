import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { clockOf } from "@/lib/format/clock";
import { startLabel } from "@/lib/format/two-clocks";
import { sendLetter } from "@/lib/outbox/send-letter";

interface HandedOver {
  booking: { id: string; title: string; visitorName: string; startsAt: Date; endsAt: Date };
  fromId: string;
  toId: string;
  reason: string | null;
}

/** Tells both hosts, each in their language and zone; a host whose account is disabled hears nothing. */
export async function sendHandover(tx: Tx, { booking, fromId, toId, reason }: HandedOver): Promise<void> {
  const people = await tx.user.findMany({
    where: { id: { in: [fromId, toId] }, disabledAt: null },
    select: {
      id: true,
      name: true,
      email: true,
      locale: true,
      schedules: { select: { timeZone: true }, orderBy: [{ isDefault: "desc" }, { id: "asc" }], take: 1 },
    },
  });
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? "";
  for (const { id, schedules, ...holder } of people) {
    const isTaker = id === toId;
    const timeZone = schedules[0]?.timeZone ?? "UTC";
    await sendLetter(
      tx,
      holder,
      isTaker ? "booking-handover-to" : "booking-handover-from",
      (words, locale) => {
        const names = {
          side: isTaker ? "to" : "from",
          other: isTaker ? nameOf(fromId) : nameOf(toId),
          visitor: booking.visitorName,
          title: booking.title,
          start: startLabel(booking, timeZone, clockOf(holder.locale), locale),
        };
        return {
          bookingId: booking.id,
          subject: words("handover.subject", names),
          paragraphs: [
            words("handover.lead", names),
            ...(reason ? [words("handover.reason", { reason })] : []),
            words("handover.effect", names),
          ],
          actions: isTaker
            ? [{ label: words("handover.action"), url: `${env().APP_URL}/account/bookings/${booking.id}` }]
            : [],
        };
      },
    );
  }
}
