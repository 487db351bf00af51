import type { Figure } from "@/bench/figures";
import { insideApplication } from "@/bench/inside";
import { compare, type Target } from "@/bench/load";
import type { Stage } from "@/bench/stage";
import { createControl } from "@/tests/emulator/client";
import { addMicrosoftAccount, connectMicrosoft } from "@/tests/support/microsoft";
import { makeOrganizer, type TestOrganizer } from "@/tests/support/organizer";

const eventCount = 400;
const dayMs = 24 * 3600_000;

/** Thirty days of slots of an organizer with a full Outlook calendar, against those of one who has none connected. */
export async function measureOutlookSlots(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const url = await stage.createDatabase("bench_outlook");
  const control = createControl(`${stage.microsoftUrl}/__control`);
  const [alone, connected] = await insideApplication(stage, url, async () => {
    const made = await Promise.all([makeOrganizer(), makeOrganizer()]);
    const email = await addMicrosoftAccount(control);
    await control.createEvents(email, busyMonth());
    await connectMicrosoft(made[1].id, email);
    return made;
  });
  const server = await stage.startServer(url);
  try {
    await untilRead(slotsOf(server.url, connected));
    say("Slots with Outlook beside slots without");
    const compared = await compare(slotsOf(server.url, connected), slotsOf(server.url, alone), 4);
    return [
      {
        name: "Slots route, Outlook connected",
        against: `requests/s without; ${eventCount} events in these 30 days`,
        value: compared.ratio,
        unit: "×",
        details: { withPerSecond: Math.round(compared.first), withoutPerSecond: Math.round(compared.second) },
      },
    ];
  } finally {
    await server.stop();
  }
}

/** Half an hour of every other hour or so, around the clock. */
function busyMonth() {
  const begin = Math.ceil(Date.now() / dayMs) * dayMs;
  const every = (30 * dayMs) / eventCount;
  return Array.from({ length: eventCount }, (_, index) => {
    const start = begin + Math.floor((index * every) / 1_800_000) * 1_800_000;
    return { subject: "Busy", start: at(start), end: at(start + 1_800_000) };
  });
}

const at = (ms: number) => ({ dateTime: new Date(ms).toISOString().slice(0, 19), timeZone: "UTC" });

/** The first answers may come before a full calendar has been read. */
async function untilRead({ url }: Target): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    const { slots } = (await (await fetch(url)).json()) as { slots: unknown[] };
    if (slots.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("the calendar was not read");
}

function slotsOf(url: string, { handle, slug }: TestOrganizer): Target {
  const date = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
  const query = new URLSearchParams({ from: date(1), to: date(30), timeZone: "America/New_York" });
  return { url: `${url}/api/v1/organizers/${handle}/event-types/${slug}/slots?${query}` };
}
