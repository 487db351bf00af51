import { performance } from "node:perf_hooks";
import { type Figure, median, quantile, rounded } from "@/bench/figures";
import { insideApplication } from "@/bench/inside";
import type { Server, Stage } from "@/bench/stage";
import { createControl, type EmulatorControl } from "@/tests/emulator/client";
import { addMicrosoftAccount, connectMicrosoft } from "@/tests/support/microsoft";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";

const visits = 60;

/** How long after the visitor's 201 Microsoft is asked for the meeting, one visitor after another. */
export async function measureMeetingDelay(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const url = await stage.createDatabase("bench_meetings");
  const control = createControl(`${stage.microsoftUrl}/__control`);
  const organizer = await insideApplication(stage, url, async () => {
    const made = await makeOrganizer({ location: { kind: "teams" } });
    await connectMicrosoft(made.id, await addMicrosoftAccount(control));
    return made;
  });
  const server = await stage.startServer(url);
  say("From 201 to Microsoft");
  const delays: number[] = [];
  for (let visit = 0; visit < visits + 5; visit += 1) {
    const delay = await delayOf(
      server,
      control,
      organizer,
      hourAhead(2 + Math.floor(visit / 24), visit % 24),
    );
    // The first ones fetch a token and warm everything up.
    if (visit >= 5) delays.push(delay);
  }
  await server.stop();
  return [
    {
      name: "201 → POST to Graph, 95 of 100",
      against: "the emulator's own clock",
      value: quantile(delays, 0.95),
      unit: "ms",
      goal: { atMost: 100 },
      details: { medianMs: rounded(median(delays), 1), worstMs: rounded(Math.max(...delays), 1), visits },
    },
  ];
}

async function delayOf(
  server: Server,
  control: EmulatorControl,
  organizer: TestOrganizer,
  start: string,
): Promise<number> {
  const since = now();
  const response = await fetch(`${server.url}/api/v1/bookings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(requestFor(organizer, start)),
  });
  const answeredAt = now();
  if (response.status !== 201) throw new Error(`a booking was answered with ${response.status}`);
  await response.arrayBuffer();
  for (let attempt = 0; attempt < 100; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const [asked] = await control.requests({ since, path: "/me/events", method: "POST" });
    if (asked) return asked.startedAt - answeredAt;
  }
  throw new Error("Microsoft was not asked within ten seconds");
}

const now = () => performance.timeOrigin + performance.now();
