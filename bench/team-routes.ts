import pg from "pg";
import { bookingsAt, insertsAt } from "@/bench/booking-route";
import type { Figure } from "@/bench/figures";
import { insideApplication } from "@/bench/inside";
import { compare, type Target } from "@/bench/load";
import type { Stage } from "@/bench/stage";
import { db } from "@/lib/database/client";
import { makeOrganizer, type TestOrganizer } from "@/tests/support/organizer";
import { makeTeam, type TestTeam } from "@/tests/support/team";

const hostCount = 10;
const teamCount = 16;

/** Slots and bookings of event types whose ten hosts take turns. */
export async function measureTeamRoutes(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const url = await stage.createDatabase("bench_team");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE TABLE "BenchRow" (id bigserial PRIMARY KEY, at timestamptz, note text)`);
  await client.end();
  const teams = await insideApplication(stage, url, makeTeams);
  const server = await stage.startServer(url);
  try {
    say(`Slots of ${hostCount} hosts beside an empty route`);
    const empty: Target = { url: `${server.url}/api/bench/empty` };
    const slots = await compare(slotsAt(server.url, teams), empty);
    say(`Bookings with ${hostCount} hosts who take turns beside one INSERT`);
    const bookings = await compare(bookingsAt(server.url, teams), insertsAt(server.url));
    return [
      {
        name: `Slots route, ${hostCount} hosts`,
        against: "requests/s of an empty route",
        value: slots.ratio,
        unit: "×",
        goal: { atLeast: 0.5 },
        details: { slotsPerSecond: Math.round(slots.first), emptyPerSecond: Math.round(slots.second) },
      },
      {
        name: `POST booking, ${hostCount} hosts who take turns`,
        against: "requests/s of an empty route with one INSERT",
        value: bookings.ratio,
        unit: "×",
        goal: { atLeast: 0.4 },
        details: {
          bookingsPerSecond: Math.round(bookings.first),
          insertsPerSecond: Math.round(bookings.second),
        },
      },
    ];
  } finally {
    await server.stop();
  }
}

async function makeTeams(): Promise<TestTeam[]> {
  const teams: TestTeam[] = [];
  while (teams.length < teamCount) {
    const [first, ...others] = await Promise.all(Array.from({ length: hostCount }, makeHost));
    if (first) teams.push(await makeTeam([first, ...others], { window: { kind: "rolling", days: 3650 } }));
  }
  // They have been there for longer than the month that turns are counted in.
  await db().eventTypeHost.updateMany({ data: { joinedAt: new Date("2020-01-01") } });
  return teams;
}

const makeHost = (): Promise<TestOrganizer> => makeOrganizer({ location: { kind: "none" } });

function slotsAt(url: string, [team]: readonly TestTeam[]): Target {
  const date = (days: number) => new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
  const query = new URLSearchParams({ from: date(1), to: date(30), timeZone: "America/New_York" });
  return { url: `${url}/api/v1/organizers/${team?.handle}/event-types/${team?.slug}/slots?${query}` };
}
