import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Account } from "@/tests/emulator/state";
import { graphAs, IMMUTABLE, newAccount, type Stage, startStage } from "@/tests/unit/emulator/support";

let stage: Stage;
let account: Account;
let graph: Awaited<ReturnType<typeof graphAs>>;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.emulator.close());
beforeEach(async () => {
  account = await newAccount(stage);
  graph = await graphAs(stage, account);
});

const FIRST = "/me/calendarView/delta?startDateTime=2031-03-01T00:00:00Z&endDateTime=2031-04-01T00:00:00Z";
const at = (dateTime: string) => ({ dateTime, timeZone: "UTC" });
const put = (day: number, rest = {}) => {
  const date = `2031-03-${String(day).padStart(2, "0")}`;
  return stage.control.createEvent(account.email, {
    subject: `day ${day}`,
    start: at(`${date}T09:00:00`),
    end: at(`${date}T10:00:00`),
    ...rest,
  });
};

interface Entry {
  id: string;
  subject?: string;
  type?: string;
  "@removed"?: { reason: string };
}

/** Follows the links of a round to its end. */
async function round(link: string, headers: Record<string, string> = IMMUTABLE) {
  const entries: Entry[] = [];
  let pages = 0;
  let next: string | undefined = link;
  let deltaLink = "";
  while (next) {
    const { body } = await graph("GET", next, undefined, headers);
    pages += 1;
    expect("@odata.nextLink" in body).not.toBe("@odata.deltaLink" in body);
    entries.push(...body.value);
    next = body["@odata.nextLink"];
    deltaLink = body["@odata.deltaLink"] ?? deltaLink;
  }
  return { entries, pages, deltaLink };
}

test("a first round tells everything, page by page, later rounds only changes", async () => {
  for (const day of [3, 4, 5]) await put(day);
  const first = await round(FIRST, { prefer: 'odata.maxpagesize=2, IdType="ImmutableId"' });
  expect([first.entries.map((one) => one.subject), first.pages]).toEqual([["day 3", "day 4", "day 5"], 2]);
  const nothing = await round(first.deltaLink);
  expect(nothing.entries).toEqual([]);
  await put(6);
  await stage.control.changeEvent(account.email, first.entries[0]?.id ?? "", { subject: "changed" });
  const second = await round(nothing.deltaLink);
  expect(second.entries.map((one) => one.subject).sort()).toEqual(["changed", "day 6"]);
});

test("what was deleted, or has left the window, is named by id alone", async () => {
  const [gone, moved] = [await put(3), await put(4)];
  const first = await round(FIRST);
  await stage.control.deleteEvent(account.email, gone.id);
  await stage.control.changeEvent(account.email, moved.id, {
    start: at("2031-05-01T09:00:00"),
    end: at("2031-05-01T10:00:00"),
  });
  const { entries } = await round(first.deltaLink);
  expect(entries).toEqual([
    { "@odata.type": "#microsoft.graph.event", id: gone.id, "@removed": { reason: "deleted" } },
    { "@odata.type": "#microsoft.graph.event", id: moved.id, "@removed": { reason: "deleted" } },
  ]);
});

test("an old link may be used again and tells the same changes", async () => {
  const { deltaLink } = await round(FIRST);
  await put(9);
  expect((await round(deltaLink)).entries).toHaveLength(1);
  expect((await round(deltaLink)).entries).toHaveLength(1);
});

test("the window is in the token, and parameters beside a token are refused", async () => {
  const { deltaLink } = await round(FIRST);
  expect(deltaLink).not.toContain("startDateTime");
  expect((await graph("GET", `${deltaLink}&startDateTime=2031-03-01T00:00:00Z`)).status).toBe(400);
  expect((await graph("GET", "/me/calendarView/delta")).status).toBe(400);
});

test.each(["$select=subject", "$filter=x", "$orderby=subject", "$expand=x", "$search=x", "$top=5"])(
  "does not support %s",
  async (option) => {
    expect((await graph("GET", `${FIRST}&${option}`)).status).toBe(400);
  },
);

test("a lost token is refused in one of the known forms", async () => {
  for (const [form, status, code] of [
    ["410 syncStateNotFound", 410, "syncStateNotFound"],
    ["410 resyncRequired", 410, "resyncRequired"],
    ["400 SyncStateInvalid", 400, "SyncStateInvalid"],
  ] as const) {
    await stage.control.changeSettings({ lostDeltaToken: form });
    const { deltaLink } = await round(FIRST);
    await stage.control.expireDelta(account.email);
    const answer = await graph("GET", deltaLink);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  }
  expect((await graph("GET", "/me/calendarView/delta?$deltatoken=rubbish")).status).toBe(400);
});

test("of a series the master comes in full and its occurrences almost empty", async () => {
  const master = await put(3, {
    subject: "Team",
    showAs: "oof",
    recurrence: {
      pattern: { type: "weekly", interval: 1, daysOfWeek: ["monday"] },
      range: { type: "numbered", startDate: "2031-03-03", numberOfOccurrences: 3 },
    },
  });
  const first = await round(FIRST);
  expect(first.entries.map((one) => one.type)).toEqual([
    "seriesMaster",
    "occurrence",
    "occurrence",
    "occurrence",
  ]);
  expect(first.entries[0]).toMatchObject({ id: master.id, subject: "Team", showAs: "oof" });
  expect(Object.keys(first.entries[1] ?? {}).sort()).toEqual([
    "@odata.etag",
    "@odata.type",
    "end",
    "id",
    "seriesMasterId",
    "start",
    "type",
  ]);
  await graph("DELETE", `/me/events/${first.entries[2]?.id}`, undefined, IMMUTABLE);
  const second = await round(first.deltaLink);
  expect(second.entries.map((one) => (one["@removed"] ? "removed" : one.type))).toEqual([
    "seriesMaster",
    "occurrence",
    "occurrence",
    "removed",
  ]);
});
