import { db } from "@/lib/database/client";
import type { FlightStep } from "@/lib/flight-recorder/flight-recorder";
import { type FlightLine, toFlightLine } from "@/lib/flight-recorder/queries";
import type { Offer } from "@/lib/offers/offer";
import { readStandings } from "@/lib/offers/turns";
import type { Standing } from "@/lib/slot-engine/turns";

/** Why one booking went to one host. */
export interface TurnTaken {
  bookingId: string;
  visitorName: string;
  startsAt: Date;
  line: FlightLine;
}

/** How many turns are shown with their reasons. */
const latestCount = 10;

/**
 * The hosts who take turns in an event type, whoever's turn is next first, with what they have taken this month (UTC); and why the last
 * bookings went where they went, the newest first.
 */
export async function listTurns(
  offer: Offer,
  now = Date.now(),
): Promise<{ standings: (Standing & { name: string })[]; latest: TurnTaken[] }> {
  const [standings, rows] = await Promise.all([
    readStandings(db(), offer, now),
    db().flightEntry.findMany({
      where: { step: "turn_taken" satisfies FlightStep, booking: { eventTypeId: offer.eventType.id } },
      orderBy: { id: "desc" },
      take: latestCount,
      include: { booking: { select: { id: true, visitorName: true, startsAt: true } } },
    }),
  ]);
  const nameOf = (id: string) => offer.hosts.find((host) => host.id === id)?.name ?? "";
  return {
    standings: (standings ?? []).map((standing) => ({ ...standing, name: nameOf(standing.id) })),
    latest: rows.map(({ booking, ...row }) => ({
      bookingId: booking.id,
      visitorName: booking.visitorName,
      startsAt: booking.startsAt,
      line: toFlightLine(row),
    })),
  };
}
