import autocannon from "autocannon";
import { bookingsAt, makeOrganizers } from "@/bench/booking-route";
import { type Figure, median, quantile, rounded } from "@/bench/figures";
import { insideApplication } from "@/bench/inside";
import { requestsPerSecond, type Target } from "@/bench/load";
import type { Stage } from "@/bench/stage";

/** How many times as much is offered as can be done, nine tenths of it by one network. */
const excess = 10;
const seconds = 8;
const lightNetworks = 40;

/** Bookings that one network sends in masses, and others beside them; and a body of nothing but mistakes. */
export async function measureOverload(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const url = await stage.createDatabase("bench_overload");
  const organizers = await insideApplication(stage, url, () => makeOrganizers({ emailCheck: "never" }));
  const server = await stage.startServer(url, { TRUST_PROXY: "1", WORKER: "off" });
  try {
    say("As many bookings as can be done");
    const bookings = bookingsAt(server.url, organizers);
    await requestsPerSecond(bookings, 3, 20);
    const first = await requestsPerSecond(bookings, 5, 20);
    say(`${excess} times as many`);
    const watch = watchHealth(server.url);
    const [heavy, light] = await Promise.all([
      offer(bookings, { rate: first * (excess - 0.5), connections: 1_000, networks: ["203.0.113.1"] }),
      offer(bookings, {
        rate: first / 2,
        connections: lightNetworks,
        networks: Array.from({ length: lightNetworks }, (_, nth) => `10.20.${nth}.1`),
      }),
    ]);
    const health = await watch.stop();
    const again = await requestsPerSecond(bookings, 5, 20);
    // The machine may have had other things to do before or after.
    const best = (first + again) / 2;
    const done = (heavy["2xx"] + light["2xx"]) / seconds;
    const offered = (heavy.requests.total + light.requests.total) / seconds;
    say("Nonsense");
    const nonsense = await measureNonsense(server.url);
    return [
      {
        name: "Bookings done when ten times as many are offered",
        against: "of as many as can be done",
        value: (done / best) * 100,
        unit: "%",
        goal: { atLeast: 80 },
        details: {
          bestPerSecond: Math.round(best),
          offeredPerSecond: Math.round(offered),
          donePerSecond: Math.round(done),
          refusedPerSecond: Math.round((heavy["5xx"] + light["5xx"]) / seconds),
          refusalMilliseconds: rounded(heavy.latency.p50),
        },
      },
      {
        name: "Bookings done of networks that ask little meanwhile",
        against: "of those that they sent",
        value: (light["2xx"] / light.requests.total) * 100,
        unit: "%",
        goal: { atLeast: 99 },
        details: { sent: light.requests.total, medianMilliseconds: rounded(light.latency.p50) },
      },
      {
        name: "Health meanwhile",
        against: `99th percentile of ${health.length}`,
        value: quantile(health, 0.99),
        unit: "ms",
        goal: { atMost: 200 },
        details: { medianMilliseconds: rounded(median(health)) },
      },
      ...nonsense,
    ];
  } finally {
    await server.stop();
  }
}

interface Offer {
  /** Requests a second. */
  rate: number;
  connections: number;
  networks: readonly string[];
}

/** Sends at this pace whatever becomes of it. */
function offer(target: Target, { rate, connections, networks }: Offer) {
  let count = 0;
  return autocannon({
    url: target.url,
    connections,
    duration: seconds,
    overallRate: Math.round(rate),
    timeout: 30,
    ignoreCoordinatedOmission: true,
    requests: [
      {
        method: "POST",
        setupRequest(request) {
          count += 1;
          const headers = { ...target.headers, "x-forwarded-for": networks[count % networks.length] ?? "" };
          return { ...request, headers, body: target.nextBody?.() ?? "" };
        },
      },
    ],
  });
}

function watchHealth(url: string) {
  const taken: number[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const begun = performance.now();
      const answer = await fetch(`${url}/api/health`);
      if (!answer.ok) throw new Error(`health was answered with ${answer.status}`);
      taken.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    async stop() {
      isOver = true;
      await watching;
      return taken;
    },
  };
}

/** A body of 185 kB, every word of it wrong, and how long others wait for it. */
async function measureNonsense(url: string): Promise<Figure[]> {
  const fields = Object.fromEntries(Array.from({ length: 9_000 }, (_, nth) => [`unknown-${nth}`, "x"]));
  const body = JSON.stringify({ answers: fields })
    .slice(0, -1)
    .concat(`,"more":"${"x".repeat(12_000)}"}`);
  const taken: number[] = [];
  const watch = watchHealth(url);
  for (let nth = 0; nth < 60; nth += 1) {
    const begun = performance.now();
    const answer = await fetch(`${url}/api/v1/bookings`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": "203.0.113.9" },
      body,
    });
    await answer.text();
    if (answer.status !== 422) throw new Error(`nonsense was answered with ${answer.status}`);
    taken.push(performance.now() - begun);
  }
  const others = await watch.stop();
  return [
    {
      name: "A body of nothing but mistakes",
      against: `${Math.round(body.length / 1000)} kB, 95th percentile`,
      value: quantile(taken, 0.95),
      unit: "ms",
      goal: { atMost: 100 },
      details: {
        medianMilliseconds: rounded(median(taken)),
        othersMilliseconds: rounded(quantile(others, 0.95)),
      },
    },
  ];
}
