import pg from "pg";
import { type Figure, rounded } from "@/bench/figures";
import { insideApplication } from "@/bench/inside";
import { compare, type Target } from "@/bench/load";
import type { Stage } from "@/bench/stage";
import { makeOrganizer, type TestOrganizer } from "@/tests/support/organizer";

const halfHour = 30 * 60_000;

/** Bookings by many visitors with many organizers, against an empty route that does one INSERT. */
export async function measureBookingRoute(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const url = await stage.createDatabase("bench_booking");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE TABLE "BenchRow" (id bigserial PRIMARY KEY, at timestamptz, note text)`);
  const organizers = await insideApplication(stage, url, () => makeOrganizers());
  const server = await stage.startServer(url);
  try {
    say("Bookings beside one INSERT");
    const before = await sizeOf(client);
    const compared = await compare(bookingsAt(server.url, organizers), insertsAt(server.url));
    say("Waiting for the jobs of these bookings");
    const after = await sizeOf(client);
    return [
      {
        name: "POST booking",
        against: "requests/s of an empty route with one INSERT",
        value: compared.ratio,
        unit: "×",
        goal: { atLeast: 0.5 },
        details: {
          bookingsPerSecond: Math.round(compared.first),
          insertsPerSecond: Math.round(compared.second),
        },
      },
      growthBetween(before, after),
    ];
  } finally {
    await server.stop();
    await client.end();
  }
}

/** Some at a time: each waits for a connection of its own. */
export async function makeOrganizers(
  eventType: Parameters<typeof makeOrganizer>[0] = {},
  count = 40,
): Promise<TestOrganizer[]> {
  const location = { kind: "none" } as const;
  const window = { kind: "rolling", days: 3650 } as const;
  const organizers: TestOrganizer[] = [];
  while (organizers.length < count) {
    const some = Math.min(5, count - organizers.length);
    const made = Array.from({ length: some }, () => makeOrganizer({ location, window, ...eventType }));
    organizers.push(...(await Promise.all(made)));
  }
  return organizers;
}

/** Each request books the next free half hour of the next organizer, for another visitor. */
export function bookingsAt(
  url: string,
  organizers: readonly Pick<TestOrganizer, "handle" | "slug">[],
): Target {
  const first = Math.ceil(Date.now() / halfHour + 1) * halfHour;
  let count = 0;
  return {
    url: `${url}/api/v1/bookings`,
    method: "POST",
    headers: { "content-type": "application/json" },
    nextBody() {
      const organizer = organizers[count % organizers.length];
      const start = new Date(first + Math.floor(count / organizers.length) * halfHour).toISOString();
      const visitor = {
        name: "A Visitor",
        email: `visitor${count}@example.org`,
        timeZone: "Europe/Paris",
      };
      count += 1;
      return JSON.stringify({ handle: organizer?.handle, slug: organizer?.slug, start, visitor });
    },
  };
}

export function insertsAt(url: string): Target {
  return {
    url: `${url}/api/bench/insert`,
    method: "POST",
    headers: { "content-type": "application/json" },
    nextBody: () => JSON.stringify({ start: new Date().toISOString() }),
  };
}

interface Size {
  bookings: number;
  bytes: number;
}

const openWork = `
  SELECT 1 FROM jobs.job WHERE state < 'completed'
  UNION ALL SELECT 1 FROM "Booking" WHERE "mailsDueAt" <= now() + interval '1 minute' LIMIT 1`;

/** Size of everything but the rows of the empty route, once no job is left to do and no mail to write. */
async function sizeOf(client: pg.Client): Promise<Size> {
  const deadline = performance.now() + 15_000;
  while (performance.now() < deadline) {
    if ((await client.query(openWork)).rowCount === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await client.query("CHECKPOINT");
  const { rows } = await client.query<Size>(`
    SELECT (SELECT count(*)::int FROM "Booking") AS bookings,
           (pg_database_size(current_database()) - pg_total_relation_size('"BenchRow"'))::float8 AS bytes`);
  return rows[0] ?? { bookings: 0, bytes: 0 };
}

function growthBetween(before: Size, after: Size): Figure {
  const bookings = after.bookings - before.bookings;
  const megabytes = (after.bytes - before.bytes) / 2 ** 20;
  return {
    name: "Database growth, 1,000 bookings",
    against: "with indexes, flight recorder and done jobs of a day",
    value: (megabytes / bookings) * 1000,
    unit: "MB",
    details: { bookings, megabytes: rounded(megabytes) },
  };
}
