import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Account } from "@/tests/emulator/state";
import { graphAs, newAccount, type Stage, startStage } from "@/tests/unit/emulator/support";

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

const at = (dateTime: string, timeZone = "UTC") => ({ dateTime, timeZone });
const view = (from: string, to: string, rest = "", headers = {}) =>
  graph(
    "GET",
    `/me/calendarView?startDateTime=${encodeURIComponent(from)}&endDateTime=${encodeURIComponent(to)}${rest}`,
    undefined,
    headers,
  );
const put = (start: string, end: string, rest = {}) =>
  stage.control.createEvent(account.email, { subject: start, start: at(start), end: at(end), ...rest });
const subjects = (answer: { body: { value: { subject: string }[] } }) =>
  answer.body.value.map((event) => event.subject);
const starts = (answer: { body: { value: { start: { dateTime: string } }[] } }) =>
  answer.body.value.map((event) => event.start.dateTime.slice(0, 16));

test("both ends of the window are required, in order, and at most 1825 days apart", async () => {
  expect((await graph("GET", "/me/calendarView?startDateTime=2031-03-03T00:00:00Z")).body.error.code).toBe(
    "ErrorInvalidParameter",
  );
  expect((await view("2031-03-03T00:00:00Z", "2031-03-02T00:00:00Z")).status).toBe(400);
  expect((await view("2031-03-03", "tomorrow")).status).toBe(400);
  expect((await view("2031-01-01T00:00:00Z", "2036-01-01T00:00:00Z")).body.error.code).toBe(
    "ErrorInvalidRequest",
  );
});

test("shows what overlaps the window, touching ends excluded", async () => {
  await put("2031-03-03T08:00:00", "2031-03-03T09:00:00");
  await put("2031-03-03T08:30:00", "2031-03-03T09:30:00");
  await put("2031-03-03T10:00:00", "2031-03-03T11:00:00");
  expect(starts(await view("2031-03-03T09:00:00Z", "2031-03-03T10:00:00Z"))).toEqual(["2031-03-03T08:30"]);
});

test("the offset in the window counts, the preferred zone does not", async () => {
  await put("2031-03-03T08:00:00", "2031-03-03T09:00:00");
  const zone = { prefer: 'outlook.timezone="Tokyo Standard Time"' };
  const found = await view("2031-03-03T10:00:00+02:00", "2031-03-03T11:00:00+02:00", "", zone);
  expect(found.body.value[0].start).toEqual({
    dateTime: "2031-03-03T17:00:00.0000000",
    timeZone: "Tokyo Standard Time",
  });
  expect(subjects(await view("2031-03-03T10:00:00", "2031-03-03T11:00:00", "", zone))).toEqual([]);
});

test("a plus sign that was not encoded is a blank, and refused", async () => {
  const answer = await graph(
    "GET",
    "/me/calendarView?startDateTime=2031-03-03T00:00:00+01:00&endDateTime=2031-03-04T00:00:00Z",
  );
  expect(answer.status).toBe(400);
});

test("comes in pages of ten with a link to the next", async () => {
  for (let hour = 0; hour < 23; hour += 1) {
    const two = String(hour).padStart(2, "0");
    await put(`2031-03-03T${two}:00:00`, `2031-03-03T${two}:30:00`);
  }
  const first = await view("2031-03-03T00:00:00Z", "2031-03-04T00:00:00Z", "&$select=subject");
  expect(first.body.value).toHaveLength(10);
  expect(first.body["@odata.nextLink"]).toContain(`${stage.emulator.graphUrl}/v1.0/me/calendarView?`);
  const second = await graph("GET", first.body["@odata.nextLink"]);
  const third = await graph("GET", second.body["@odata.nextLink"]);
  expect([...subjects(first), ...subjects(second), ...subjects(third)]).toHaveLength(23);
  expect(third.body).not.toHaveProperty("@odata.nextLink");
  expect((await view("2031-03-03T00:00:00Z", "2031-03-04T00:00:00Z", "&$top=100")).body.value).toHaveLength(
    23,
  );
  expect((await view("2031-03-03T00:00:00Z", "2031-03-04T00:00:00Z", "&$top=1001")).status).toBe(400);
});

test("links may name Microsoft's own host instead", async () => {
  await stage.control.changeSettings({ linkOrigin: "microsoft" });
  for (let day = 1; day <= 11; day += 1)
    await put(
      `2031-03-${String(day).padStart(2, "0")}T08:00:00`,
      `2031-03-${String(day).padStart(2, "0")}T09:00:00`,
    );
  const { body } = await view("2031-03-01T00:00:00Z", "2031-04-01T00:00:00Z");
  expect(body["@odata.nextLink"]).toContain("https://graph.microsoft.com/v1.0/me/calendarView?");
  await stage.control.changeSettings({ linkOrigin: "own" });
});

test("the dates of creation and change cannot be selected here", async () => {
  expect(
    (await view("2031-03-03T00:00:00Z", "2031-03-04T00:00:00Z", "&$select=id,createdDateTime")).status,
  ).toBe(400);
});

test("an all-day event floats: it is matched as a UTC day and shown at midnight of any zone", async () => {
  await stage.control.createEvent(account.email, {
    subject: "Holiday",
    isAllDay: true,
    showAs: "oof",
    start: at("2031-03-03T00:00:00", "Tokyo Standard Time"),
    end: at("2031-03-04T00:00:00", "Tokyo Standard Time"),
  });
  expect(subjects(await view("2031-03-02T16:00:00Z", "2031-03-02T23:00:00Z"))).toEqual([]);
  const found = await view("2031-03-03T20:00:00Z", "2031-03-03T23:00:00Z", "", {
    prefer: 'outlook.timezone="Pacific Standard Time"',
  });
  expect(found.body.value[0].start).toEqual({
    dateTime: "2031-03-03T00:00:00.0000000",
    timeZone: "Pacific Standard Time",
  });
});

describe("a series", () => {
  const weekly = (rest = {}) =>
    stage.control.createEvent(account.email, {
      subject: "Team",
      start: at("2031-03-24T09:00:00", "Europe/Paris"),
      end: at("2031-03-24T10:00:00", "Europe/Paris"),
      recurrence: {
        pattern: { type: "weekly", interval: 1, daysOfWeek: ["monday"], firstDayOfWeek: "monday" },
        range: { type: "numbered", startDate: "2031-03-24", numberOfOccurrences: 4 },
      },
      ...rest,
    });

  test("a series is expanded into occurrences that keep their hour over a clock change; the master is not shown", async () => {
    const master = await weekly();
    const found = await view("2031-03-01T00:00:00Z", "2031-06-01T00:00:00Z");
    expect(starts(found)).toEqual([
      "2031-03-24T08:00",
      "2031-03-31T07:00",
      "2031-04-07T07:00",
      "2031-04-14T07:00",
    ]);
    const [first] = found.body.value;
    expect(first).toMatchObject({
      type: "occurrence",
      seriesMasterId: master.mutableId,
      recurrence: null,
      originalStart: "2031-03-24T08:00:00Z",
    });
    expect((await graph("GET", `/me/events/${master.id}`)).body).toMatchObject({
      type: "seriesMaster",
      subject: "Team",
    });
  });

  test("a series has exceptions where one occurrence was moved, and gaps where one was deleted", async () => {
    await weekly();
    const found = await view("2031-03-01T00:00:00Z", "2031-06-01T00:00:00Z");
    const [, second, third] = found.body.value;
    const refused = await graph("PATCH", `/me/events/${second.id}`, { start: at("2031-04-02T12:00:00") });
    expect(refused.status).toBe(400);
    const moved = await graph("PATCH", `/me/events/${second.id}`, {
      start: at("2031-04-02T12:00:00"),
      end: at("2031-04-02T13:00:00"),
    });
    expect(moved.body).toMatchObject({
      type: "exception",
      start: { dateTime: "2031-04-02T12:00:00.0000000" },
    });
    await graph("DELETE", `/me/events/${third.id}`);
    const after = await view("2031-03-01T00:00:00Z", "2031-06-01T00:00:00Z");
    expect(starts(after)).toEqual(["2031-03-24T08:00", "2031-04-02T12:00", "2031-04-14T07:00"]);
    expect(after.body.value[1]).toMatchObject({
      type: "exception",
      id: second.id,
      originalStart: "2031-03-31T07:00:00Z",
    });
    expect((await graph("GET", `/me/events/${third.id}`)).status).toBe(404);
  });

  test.each([
    ["daily, every second day", { type: "daily", interval: 2 }, ["2031-01-31", "2031-02-02", "2031-02-04"]],
    [
      "weekly on two days",
      { type: "weekly", interval: 1, daysOfWeek: ["friday", "monday"] },
      ["2031-01-31", "2031-02-03", "2031-02-07"],
    ],
    [
      "monthly on the 31st",
      { type: "absoluteMonthly", interval: 1, dayOfMonth: 31 },
      ["2031-01-31", "2031-02-28", "2031-03-31"],
    ],
    [
      "the last friday of the month",
      { type: "relativeMonthly", interval: 1, daysOfWeek: ["friday"], index: "last" },
      ["2031-01-31", "2031-02-28", "2031-03-28"],
    ],
    [
      "yearly",
      { type: "absoluteYearly", interval: 1, month: 1, dayOfMonth: 31 },
      ["2031-01-31", "2032-01-31", "2033-01-31"],
    ],
    [
      "the second tuesday of may",
      { type: "relativeYearly", interval: 1, month: 5, daysOfWeek: ["tuesday"], index: "second" },
      ["2031-05-13", "2032-05-11", "2033-05-10"],
    ],
  ])("a series repeats %s", async (_name, pattern, days) => {
    const { status } = await graph("POST", "/me/events", {
      subject: "x",
      start: at("2031-01-31T09:00:00"),
      end: at("2031-01-31T10:00:00"),
      recurrence: { pattern, range: { type: "noEnd", startDate: "2031-01-31" } },
    });
    expect(status).toBe(201);
    const found = await view("2031-01-01T00:00:00Z", "2034-01-01T00:00:00Z", "&$top=3");
    expect(starts(found).map((start) => start.slice(0, 10))).toEqual(days);
  });
});
