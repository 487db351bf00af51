import { afterAll, beforeAll, expect, test } from "vitest";
import { graphAs, newAccount, type Stage, startStage } from "@/tests/unit/emulator/support";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.emulator.close());

const at = (dateTime: string) => ({ dateTime, timeZone: "UTC" });
const period = { startTime: at("2031-03-03T08:00:00"), endTime: at("2031-03-03T12:00:00") };

test("shows the free and busy times of colleagues in digits and items", async () => {
  const [asking, colleague] = [await newAccount(stage), await newAccount(stage)];
  const put = (hour: string, showAs: "busy" | "oof" | "workingElsewhere" | "tentative") =>
    stage.control.createEvent(colleague.email, {
      showAs,
      start: at(`2031-03-03T${hour}:00:00`),
      end: at(`2031-03-03T${hour}:30:00`),
    });
  await put("08", "busy");
  await put("09", "oof");
  await put("10", "workingElsewhere");
  await put("11", "tentative");
  const graph = await graphAs(stage, asking);
  const { body } = await graph("POST", "/me/calendar/getSchedule", {
    Schedules: [colleague.email],
    StartTime: period.startTime,
    EndTime: period.endTime,
  });
  const [schedule] = body.value;
  expect(schedule.availabilityView).toBe("20300010");
  expect(schedule.scheduleItems.map((item: { status: string }) => item.status)).toEqual([
    "busy",
    "Oof",
    "workingElsewhere",
    "Tentative",
  ]);
});

test("names whom it cannot find inside a 200", async () => {
  const graph = await graphAs(stage, await newAccount(stage));
  const { status, body } = await graph("POST", "/me/calendar/getSchedule", {
    schedules: ["stranger@example.org"],
    ...period,
  });
  expect([status, body.value[0].error.responseCode, body.value[0].scheduleItems]).toEqual([
    200,
    "5016",
    null,
  ]);
});

test.each([
  [
    "21 schedules",
    { schedules: Array.from({ length: 21 }, (_, n) => `a${n}@contoso.example`) },
    "ErrorInvalidParameter",
  ],
  ["63 days", { endTime: at("2031-05-05T08:00:00") }, "ErrorTimeIntervalTooBig"],
  ["an interval of four minutes", { availabilityViewInterval: 4 }, "RequestBodyRead"],
  ["an end before the start", { endTime: at("2031-03-03T07:00:00") }, "ErrorInvalidParameter"],
  ["an offset in a time", { startTime: at("2031-03-03T08:00:00Z") }, "ErrorPropertyValidationFailure"],
])("refuses %s", async (_name, changes, code) => {
  const graph = await graphAs(stage, await newAccount(stage));
  const { status, body } = await graph("POST", "/me/calendar/getSchedule", {
    schedules: ["a@contoso.example"],
    ...period,
    ...changes,
  });
  expect([status, body.error.code]).toEqual([400, code]);
});

test("is not for personal accounts", async () => {
  const graph = await graphAs(stage, await newAccount(stage, { tenant: "consumers" }));
  const { status, body } = await graph("POST", "/me/calendar/getSchedule", {
    schedules: ["a@outlook.example"],
    ...period,
  });
  expect([status, body.error.code]).toEqual([404, "MailboxNotEnabledForRESTAPI"]);
});
