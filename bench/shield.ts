import { bookingsAt, makeOrganizers } from "@/bench/booking-route";
import type { Figure } from "@/bench/figures";
import { insideApplication } from "@/bench/inside";
import { compare, type Target } from "@/bench/load";
import type { Stage } from "@/bench/stage";

/** One round says little about a few per cent: ten per cent are between any two of them. */
const rounds = 81;

/** So many that each gets a handful of bookings in this hour, as an organizer does who is in demand. */
const organizerCount = 4000;

/** What it costs a booking that strangers are counted and judged, against the same booking without. */
export async function measureShield(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const url = await stage.createDatabase("bench_shield");
  const [guarded, open] = await insideApplication(stage, url, async () => [
    await makeOrganizers({ window: { kind: "none" } }, organizerCount),
    await makeOrganizers({ window: { kind: "none" } }, organizerCount),
  ]);
  const server = await stage.startServer(url, { TRUST_PROXY: "1", WORKER: "off" });
  try {
    say("Bookings with the shield and without");
    const unguarded = { ...bookingsAt(server.url, open), url: `${server.url}/api/bench/booking` };
    const compared = await compare(
      fromEverywhere(bookingsAt(server.url, guarded)),
      fromEverywhere(unguarded),
      rounds,
    );
    return [
      {
        name: "Cost of the shield on POST booking",
        against: "requests/s of the same booking without it; each from another network",
        value: (1 - compared.ratio) * 100,
        unit: "%",
        goal: { atMost: 5 },
        details: {
          bookingsPerSecond: Math.round(compared.first),
          withoutPerSecond: Math.round(compared.second),
        },
      },
    ];
  } finally {
    await server.stop();
  }
}

/** Each request from a network of its own. */
function fromEverywhere(target: Target): Target {
  let count = 0;
  return {
    ...target,
    nextHeaders() {
      count += 1;
      return { "x-forwarded-for": `10.${(count >> 8) & 255}.${count & 255}.1` };
    },
  };
}
