import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { listEventTypes } from "@/lib/event-types/queries";
import { importAccount } from "@/lib/imports/import-account";
import { readImportFile } from "@/lib/imports/read-file";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeOrganizer } from "@/tests/support/organizer";

/* Files of our own making, in the shapes that the other products' APIs answer. */

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const calCom = {
  schedules: {
    status: "success",
    data: [
      {
        id: 11,
        name: "Studio hours",
        timeZone: "Europe/Paris",
        isDefault: true,
        availability: [{ days: ["Monday", "Thursday"], startTime: "09:30", endTime: "23:59" }],
        overrides: [
          { date: "2027-05-03", startTime: "10:00", endTime: "12:00" },
          { date: "2027-05-03", startTime: "14:00", endTime: "16:00" },
        ],
      },
    ],
  },
  eventTypes: {
    status: "success",
    data: [
      {
        id: 21,
        title: "Portfolio review",
        slug: "portfolio-review",
        description: "Bring your best ten.",
        lengthInMinutes: 45,
        lengthInMinutesOptions: [45, 90],
        locations: [{ type: "integration", integration: "office365-video" }],
        bookingFields: [
          { type: "name", isDefault: true },
          { type: "select", slug: "medium", label: "Medium", required: true, options: ["Film", "Digital"] },
          { type: "multiemail", slug: "others", label: "Others" },
        ],
        minimumBookingNotice: 600,
        beforeEventBuffer: 10,
        afterEventBuffer: 5,
        slotInterval: 15,
        scheduleId: 11,
        bookingWindow: { type: "calendarDays", value: 21, rolling: true },
        bookingLimitsCount: { day: 3 },
        confirmationPolicy: { type: "always" },
        hidden: true,
      },
      {
        id: 22,
        title: "Call",
        slug: "call",
        lengthInMinutes: 15,
        locations: [{ type: "integration", integration: "zoom" }],
      },
    ],
  },
  bookings: { data: [{ uid: "x" }, { uid: "y" }] },
};

const calendly = {
  user_availability_schedules: {
    collection: [
      {
        uri: "https://api.calendly.com/user_availability_schedules/A",
        name: "Call hours",
        timezone: "America/Chicago",
        rules: [
          {
            type: "wday",
            wday: "tuesday",
            intervals: [
              { from: "08:00", to: "11:00" },
              { from: "13:00", to: "17:00" },
            ],
          },
          { type: "date", date: "2027-12-31", intervals: [] },
        ],
      },
    ],
  },
  event_types: {
    collection: [
      {
        uri: "https://api.calendly.com/event_types/B",
        name: "Intro chat",
        slug: "intro",
        duration: 20,
        description_plain: "Say hello.",
        active: true,
        secret: false,
        locations: [{ kind: "microsoft_teams_conference" }],
        custom_questions: [
          { name: "Company", type: "string", enabled: true, required: true },
          { name: "Old one", type: "string", enabled: false, required: false },
          { name: "Topics", type: "multi_select", enabled: true, answer_choices: ["Prices", "Dates"] },
        ],
      },
      {
        uri: "https://api.calendly.com/event_types/C",
        name: "Old",
        slug: "old",
        duration: 30,
        active: false,
      },
    ],
  },
};

const easyAppointments = {
  providers: [
    {
      id: 3,
      firstName: "Ada",
      lastName: "Byron",
      services: [7],
      timezone: "Europe/London",
      settings: {
        workingPlan: {
          monday: { start: "09:00", end: "17:00", breaks: [{ start: "12:00", end: "12:30" }] },
          sunday: null,
        },
        workingPlanExceptions: { "2027-06-01": null },
      },
    },
  ],
  services: [{ id: 7, name: "Haircut & wash", duration: 40, description: "", location: "1 High Street" }],
};

const microsoftBookings = {
  business: {
    id: "garden@example.com",
    displayName: "Garden advice",
    businessHours: [
      { day: "friday", timeSlots: [{ startTime: "08:00:00.0000000", endTime: "12:00:00.0000000" }] },
      { day: "sunday", timeSlots: [] },
    ],
    bookingPageSettings: { businessTimeZone: "Europe/Berlin" },
  },
  services: {
    value: [
      {
        id: "s1",
        displayName: "Soil check",
        defaultDuration: "PT1H30M",
        preBuffer: "PT5M",
        postBuffer: "PT10M",
        isLocationOnline: true,
        schedulingPolicy: { timeSlotInterval: "PT30M", minimumLeadTime: "P1D", maximumAdvance: "P90D" },
        customQuestions: [
          { questionId: "q1", isRequired: true },
          { questionId: "q2", isRequired: false },
        ],
      },
    ],
  },
  customQuestions: {
    value: [
      {
        id: "q1",
        displayName: "Sun or shade?",
        answerInputType: "radioButton",
        answerOptions: ["Sun", "Shade"],
      },
    ],
  },
};

const table = `"Date Time","Customer Name","Service","Duration (mins.)","Location"
"2027-02-01 09:00","Rosa ""Rosie"" Delgado","Soil check, long",90,"Garden, back"
"2027-02-02 09:00","Max
Mustermann","Soil check, long",60,""
"2027-02-03 09:00","Eva","Call",15,""
`;

const read = (file: unknown) => {
  const draft = readImportFile(typeof file === "string" ? file : JSON.stringify(file));
  if (!draft.ok) throw new Error(draft.error.code);
  return draft.value;
};

async function take(file: unknown) {
  const { scope, id } = await makeOrganizer();
  const report = await importAccount(scope, read(file), true);
  const eventTypes = (await listEventTypes(scope)).filter(({ slug }) =>
    report.eventTypes.some((one) => one.slug === slug),
  );
  const schedules = await db().schedule.findMany({
    where: { userId: id, name: { in: report.schedules.map(({ name }) => name) } },
  });
  return { report, eventTypes, schedules, scope, id };
}

describe("importing from another product", () => {
  it("takes over Cal.com's schedules and event types", async () => {
    const { report, eventTypes, schedules } = await take(calCom);
    expect(schedules).toMatchObject([
      {
        timeZone: "Europe/Paris",
        weekly: [{ days: [1, 4], start: "09:30", end: "24:00" }],
        overrides: [
          {
            date: "2027-05-03",
            windows: [
              { start: "10:00", end: "12:00" },
              { start: "14:00", end: "16:00" },
            ],
          },
        ],
      },
    ]);
    expect(eventTypes[0]).toMatchObject({
      slug: "portfolio-review",
      durationsMinutes: [45, 90],
      location: { kind: "teams" },
      minimumNoticeMinutes: 600,
      bufferBeforeMinutes: 10,
      bufferAfterMinutes: 5,
      slotIntervalMinutes: 15,
      dailyLimit: 3,
      requiresApproval: true,
      hidden: true,
      window: { kind: "rolling", days: 21 },
      scheduleId: schedules[0]?.id,
      questions: [{ id: "medium", kind: "select", required: true, options: ["Film", "Digital"] }],
    });
    expect(report.eventTypes.map(({ remarks }) => remarks)).toEqual([
      [{ code: "question_left_out", value: "Others" }],
      [{ code: "location_unknown", value: "zoom" }],
    ]);
    expect(report.remarks).toEqual([{ code: "bookings_left_out", value: "2" }]);
  });

  it("takes over Calendly's, and hides what was turned off there", async () => {
    const { report, eventTypes, schedules } = await take(calendly);
    expect(schedules).toMatchObject([
      {
        timeZone: "America/Chicago",
        weekly: [
          { days: [2], start: "08:00", end: "11:00" },
          { days: [2], start: "13:00", end: "17:00" },
        ],
        overrides: [{ date: "2027-12-31", windows: [] }],
      },
    ]);
    expect(eventTypes).toMatchObject([
      {
        slug: "intro",
        hidden: false,
        location: { kind: "teams" },
        questions: [
          { label: "Company", kind: "text", required: true },
          { label: "Topics (Prices, Dates)", kind: "text" },
        ],
      },
      { slug: "old", hidden: true },
    ]);
    expect(report.eventTypes[1]?.remarks).toEqual([{ code: "turned_off", value: "Old" }]);
  });

  it("takes over Easy!Appointments', with breaks as closed hours", async () => {
    const { eventTypes, schedules } = await take(easyAppointments);
    expect(schedules).toMatchObject([
      {
        name: "Ada Byron",
        weekly: [
          { days: [1], start: "09:00", end: "12:00" },
          { days: [1], start: "12:30", end: "17:00" },
        ],
        overrides: [{ date: "2027-06-01", windows: [] }],
      },
    ]);
    expect(eventTypes).toMatchObject([
      {
        slug: "haircut-wash",
        durationsMinutes: [40],
        location: { kind: "in_person", value: "1 High Street" },
        scheduleId: schedules[0]?.id,
      },
    ]);
  });

  it("takes over Microsoft Bookings' services and hours", async () => {
    const { report, eventTypes, schedules } = await take(microsoftBookings);
    expect(schedules).toMatchObject([
      { timeZone: "Europe/Berlin", weekly: [{ days: [5], start: "08:00", end: "12:00" }] },
    ]);
    expect(eventTypes).toMatchObject([
      {
        slug: "soil-check",
        durationsMinutes: [90],
        bufferBeforeMinutes: 5,
        bufferAfterMinutes: 10,
        slotIntervalMinutes: 30,
        minimumNoticeMinutes: 1440,
        window: { kind: "rolling", days: 90 },
        location: { kind: "teams" },
        questions: [{ label: "Sun or shade?", kind: "select", required: true, options: ["Sun", "Shade"] }],
      },
    ]);
    expect(report.eventTypes[0]?.remarks).toEqual([{ code: "question_left_out", value: "q2" }]);
    const elsewhere = { ...microsoftBookings.business, bookingPageSettings: { businessTimeZone: "Nowhere" } };
    expect(read({ ...microsoftBookings, business: elsewhere })).toMatchObject({
      schedules: [],
      remarks: [{ code: "hours_left_out", value: "Nowhere" }],
    });
  });

  it("takes services from the table of bookings that Microsoft Bookings exports", async () => {
    const { report, eventTypes } = await take(table);
    expect(eventTypes).toMatchObject([
      { slug: "soil-check-long", durationsMinutes: [90, 60] },
      { slug: "call", durationsMinutes: [15] },
    ]);
    expect(report.remarks).toContainEqual({ code: "bookings_left_out", value: "3" });
    expect(read(table.replaceAll('","', '"\t"').replace(/,(\d+),/g, "\t$1\t")).eventTypes).toHaveLength(2);
  });

  it("says what it would do first, does it once, and finds it there afterwards", async () => {
    const { scope, id } = await makeOrganizer({ slug: "call" });
    const counts = async () => [
      await db().schedule.count({ where: { userId: id } }),
      await db().eventType.count({ where: { userId: id } }),
    ];
    const before = await counts();
    const planned = await importAccount(scope, read(calCom), false);
    expect(await counts()).toEqual(before);
    expect(planned.eventTypes.map(({ slug, outcome }) => [slug, outcome])).toEqual([
      ["portfolio-review", "new"],
      ["call-2", "new"],
    ]);
    const done = await importAccount(scope, read(calCom), true);
    expect(done).toEqual({ ...planned, isDone: true });
    const after = await counts();
    expect(after).toEqual(before.map((count, index) => count + (index === 0 ? 1 : 2)));
    const again = await importAccount(scope, read(calCom), true);
    expect([...again.schedules, ...again.eventTypes].map(({ outcome }) => outcome)).toEqual([
      "there",
      "there",
      "there",
    ]);
    expect(await counts()).toEqual(after);
    expect(await db().mail.count()).toBe(0);
  });

  it("refuses by itself what Bellhop's rules don't allow, and takes over the rest", async () => {
    const [good, other] = calCom.eventTypes.data;
    const { report, eventTypes } = await take({ eventTypes: [good, { ...other, lengthInMinutes: 0 }] });
    expect(report.eventTypes.map(({ outcome }) => outcome)).toEqual(["new", "refused"]);
    expect(report.eventTypes[1]?.issues).toMatchObject([
      { path: "durationsMinutes.0", message: "number_min" },
    ]);
    expect(eventTypes).toHaveLength(1);
  });

  it.each([
    ["", "not_readable"],
    ["Name,Age\nRosa,30\n", "not_readable"],
    ["[]", "source_unknown"],
    ["null", "source_unknown"],
    ['{"hello": 1}', "source_unknown"],
  ])("%j is refused as %s", (text, code) => {
    expect(readImportFile(text)).toMatchObject({ ok: false, error: { code } });
  });

  it("says which places of a file can't be read", () => {
    const file = { eventTypes: { data: [{ id: 1, title: "Call", slug: "call" }] } };
    const refused = readImportFile(JSON.stringify(file));
    expect(refused).toMatchObject({ ok: false, error: { code: "file_incomplete", source: "cal.com" } });
    expect(refused.ok ? [] : "problems" in refused.error && refused.error.problems).toEqual([
      expect.stringMatching(/^eventTypes\.0\.lengthInMinutes: /),
    ]);
  });
});
