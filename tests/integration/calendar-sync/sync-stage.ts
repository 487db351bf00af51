import { type SyncOutcome, syncCalendar } from "@/lib/calendars/sync-calendar";
import { db } from "@/lib/database/client";
import { closeCallSlots } from "@/lib/grants/call-slots";
import { publishSlots } from "@/lib/offers/published-slots";
import { prepareJobs } from "@/lib/worker";
import type { EmulatorControl, HumanEvent } from "@/tests/emulator/client";
import { createTestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { addMicrosoftAccount, connectMicrosoft, startMicrosoft } from "@/tests/support/microsoft";
import { makeOrganizer, type TestOrganizer } from "@/tests/support/organizer";

export interface SyncStage {
  control: EmulatorControl;
  /** An organizer, open around the clock, with a Microsoft account connected. */
  connected(eventType?: object, schedule?: object, account?: object): Promise<Person>;
  close(): Promise<void>;
}

export interface Person extends TestOrganizer {
  email: string;
}

/** A database and an emulator of this file's own; no worker runs, so that nothing is read unless a test says so. */
export async function openSyncStage(variables: Record<string, string> = {}): Promise<SyncStage> {
  const microsoft = await startMicrosoft();
  const database = await createTestDatabase({ ...microsoft.variables, ...variables });
  await prepareJobs();
  const { control } = microsoft;
  return {
    control,
    async connected(eventType = {}, schedule = {}, account = {}) {
      const organizer = await makeOrganizer(
        { location: { kind: "phone", value: "+33 1 23" }, ...eventType },
        schedule,
      );
      const email = await addMicrosoftAccount(control, account);
      await connectMicrosoft(organizer.id, email);
      return { ...organizer, email };
    },
    async close() {
      await closeCallSlots();
      await database.cleanup();
      await microsoft.emulator.close();
    },
  };
}

/** The calendars of an organizer, the account's own first. */
export function calendarsOf(person: TestOrganizer) {
  return db().syncedCalendar.findMany({
    where: { connection: { userId: person.id } },
    orderBy: [{ isDefault: "desc" }, { createdAt: "asc" }],
  });
}

/** Reads an organizer's own calendar as the worker would. */
export async function syncOwn(person: TestOrganizer): Promise<SyncOutcome> {
  const [own] = await calendarsOf(person);
  return own ? syncCalendar(own.id) : "gone";
}

/** The starts of an address on some dates as `HH:mm` of UTC, with how old the calendar is. */
export async function startsOn(
  person: Pick<TestOrganizer, "handle" | "slug">,
  from: string,
  to = from,
  timeZone = "UTC",
) {
  const published = await publishSlots({ handle: person.handle, slug: person.slug, from, to, timeZone });
  if (!published.ok) throw new Error(published.error.code);
  const { slots, calendarAsOf } = JSON.parse(published.value.body) as {
    slots: { start: string }[];
    calendarAsOf: string | null;
  };
  return { starts: slots.map(({ start }) => start), calendarAsOf };
}

/** As `startsOn`, once the calendar has been read, however busy this machine is. */
export function startsOnceRead(person: Pick<TestOrganizer, "handle" | "slug">, date: string, to = date) {
  return eventually(
    () => startsOn(person, date, to),
    ({ starts }) => starts.length > 0,
  );
}

/** A date this many days ahead, `YYYY-MM-DD`. */
export function dateAhead(days: number): string {
  return new Date(Date.now() + days * 24 * 3600_000).toISOString().slice(0, 10);
}

/** A time in UTC as Outlook has it. */
export const at = (date: string, time: string, timeZone = "UTC") => ({
  dateTime: `${date}T${time}:00`,
  timeZone,
});

/** Something the organizer puts into their calendar. */
export function busyFrom(date: string, from: string, to: string, more: Partial<HumanEvent> = {}): HumanEvent {
  return { subject: "Something", start: at(date, from), end: at(date, to), ...more };
}

/** How many calls of a kind Microsoft has seen from an account. */
export async function callsOf(control: EmulatorControl, email: string, path: RegExp): Promise<number> {
  const requests = await control.requests({ account: email });
  return requests.filter((request) => path.test(`${request.path}?${new URLSearchParams(request.query)}`))
    .length;
}

export const fullRound = /calendarView\/delta\?startDateTime/;
export const changesRound = /calendarView\/delta\?%24deltatoken/;
export const nextPage = /calendarView\/delta\?%24skiptoken/;

/** Lets a calendar look as if it had been read a while ago. */
export async function age(person: TestOrganizer, minutes: number): Promise<void> {
  const at = new Date(Date.now() - minutes * 60_000);
  await db().syncedCalendar.updateMany({
    where: { connection: { userId: person.id } },
    data: { syncedAt: at },
  });
}
