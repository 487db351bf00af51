/**
 * `npm run bench`: every speed figure, measured in one run against something measured beside it. Builds when needed, brings its
 * own database, emulator and servers, cleans up behind itself, prints a table and writes bench/results.json.
 */
import { parseArgs } from "node:util";
import { measureBookingRoute } from "@/bench/booking-route";
import { measureEmbed } from "@/bench/embed";
import { measureEngine } from "@/bench/engine";
import type { Figure } from "@/bench/figures";
import { measureMeetingDelay } from "@/bench/meeting-delay";
import { measureOutlookSlots } from "@/bench/outlook-slots";
import { measureOverload } from "@/bench/overload";
import { measurePageWeight } from "@/bench/page-weight";
import { report } from "@/bench/report";
import { measureRollingRestart } from "@/bench/rolling-restart";
import { measureShield } from "@/bench/shield";
import { measureSlotsRoute } from "@/bench/slots-route";
import { openStage, type Stage } from "@/bench/stage";
import { measureMemory, measureStart } from "@/bench/start-and-memory";
import { measureSyncScale } from "@/bench/sync-scale";
import { measureTeamRoutes } from "@/bench/team-routes";
import { buildTree } from "@/bench/tree";

/** Slots come last: PostgreSQL tidies up after their million bookings at the cost of whatever is measured next. */
const onStage = {
  booking: measureBookingRoute,
  team: measureTeamRoutes,
  shield: measureShield,
  overload: measureOverload,
  meeting: measureMeetingDelay,
  outlook: measureOutlookSlots,
  page: measurePageWeight,
  embed: measureEmbed,
  start: measureStart,
  memory: measureMemory,
  rolling: measureRollingRestart,
  slots: measureSlotsRoute,
};

const { positionals } = parseArgs({ allowPositionals: true });
const wanted = (name: string) => positionals.length === 0 || positionals.includes(name);

const begun = performance.now();
const stopping = new AbortController();
let stage: Stage | undefined;

function say(line: string): void {
  const seconds = Math.round((performance.now() - begun) / 1000);
  process.stdout.write(`${String(seconds).padStart(4)} s  ${line}\n`);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, async () => {
    say("Stopping");
    stopping.abort();
    await stage?.close();
    process.exit(130);
  });
}

try {
  const figures: Figure[] = wanted("engine") ? await measureEngine(say) : [];
  if (wanted("sync")) figures.push(...measureSyncScale(say));
  say("Building");
  await buildTree(stopping.signal);
  stage = await openStage();
  for (const [name, measure] of Object.entries(onStage)) {
    if (wanted(name)) figures.push(...(await measure(stage, say)));
  }
  // A part alone is for working on it; the file holds whole runs.
  report(figures, positionals.length === 0 ? "bench/results.json" : null);
} catch (error) {
  if (!stopping.signal.aborted) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
} finally {
  await stage?.close();
}
process.exit();
