import type { Figure } from "@/bench/figures";
import { filled, fillWithBookings } from "@/bench/fill";
import { compare, type Target } from "@/bench/load";
import type { Stage } from "@/bench/stage";

const few = 1_000;
const many = 1_000_000;

/** Thirty days of slots against an empty route, and with a million bookings in the table against a thousand. */
export async function measureSlotsRoute(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const small = await stage.createDatabase("bench_small");
  await fillWithBookings(small, few, 10);
  const smallServer = await stage.startServer(small);
  say("Slots beside an empty route");
  const empty: Target = { url: `${smallServer.url}/api/bench/empty` };
  const beside = await compare(slotsAt(smallServer.url), empty);

  say("Writing a million bookings");
  const large = await stage.createDatabase("bench_large");
  await fillWithBookings(large, many, 100);
  const largeServer = await stage.startServer(large);
  say("Slots with a million bookings beside a thousand");
  const grown = await compare(slotsAt(largeServer.url), slotsAt(smallServer.url));
  await Promise.all([smallServer.stop(), largeServer.stop()]);
  return [
    {
      name: "Slots route, 30 days",
      against: "requests/s of an empty route",
      value: beside.ratio,
      unit: "×",
      goal: { atLeast: 0.6 },
      details: { slotsPerSecond: Math.round(beside.first), emptyPerSecond: Math.round(beside.second) },
    },
    {
      name: "Slots route with 1,000,000 bookings",
      against: "requests/s with 1,000",
      value: grown.ratio,
      unit: "×",
      goal: { atLeast: 0.85 },
      details: { millionPerSecond: Math.round(grown.first), thousandPerSecond: Math.round(grown.second) },
    },
  ];
}

function slotsAt(url: string): Target {
  const date = (days: number) => new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
  const query = new URLSearchParams({ from: date(1), to: date(30), timeZone: "America/New_York" });
  return { url: `${url}/api/v1/organizers/${filled.handle}/event-types/${filled.slug}/slots?${query}` };
}
