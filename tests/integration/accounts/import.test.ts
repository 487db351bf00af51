import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sentenceOf } from "@/components/organizer-bookings/flight-words";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { eraseVisitor } from "@/lib/booking/erase-visitor";
import { db } from "@/lib/database/client";
import { listEventTypes } from "@/lib/event-types/queries";
import { listFlight } from "@/lib/flight-recorder/queries";
import { defaultLocale } from "@/lib/i18n/languages";
import { importAccount } from "@/lib/imports/import-account";
import { readImportFile } from "@/lib/imports/read-file";
import { dropUpload, findUpload, importUpload, keepUpload } from "@/lib/imports/uploads";
import { sendDueMails } from "@/lib/notifications/send-due";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeOrganizer, requestFor } from "@/tests/support/organizer";

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

const outcomesOf = (lines: { outcome: string; issues: { message: string }[] }[]) =>
  lines.map(({ outcome, issues }) => issues[0]?.message ?? outcome);

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
      [{ code: "location_teams", value: "zoom" }],
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
    const unsaid = { ...microsoftBookings.business, bookingPageSettings: null };
    expect(read({ ...microsoftBookings, business: unsaid }).remarks).toEqual([
      { code: "hours_zone_missing", value: "" },
    ]);
  });

  it("takes services from the table of bookings that Microsoft Bookings exports", async () => {
    const { report, eventTypes } = await take(table);
    expect(eventTypes).toMatchObject([
      { slug: "soil-check-long", durationsMinutes: [90, 60] },
      { slug: "call", durationsMinutes: [15] },
    ]);
    expect(report.remarks).toEqual([
      { code: "table_hours", value: "" },
      { code: "table_bookings", value: "3" },
    ]);
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

  describe("a file that was uploaded", () => {
    const upload = (scope: OwnerScope, text: string, now?: number) =>
      keepUpload(scope, { fileName: "export.json", text }, now);

    it("is its organizer's alone, one at a time, for an hour, and sealed", async () => {
      const { scope, id } = await makeOrganizer();
      const other = await makeOrganizer();
      const now = Date.now();
      const first = await upload(scope, JSON.stringify(calendly), now);
      const second = await upload(scope, JSON.stringify(calCom), now);
      if (!first.ok || !second.ok) throw new Error("not kept");
      expect(await findUpload(scope, first.value.id)).toBeNull();
      expect(await findUpload(other.scope, second.value.id)).toBeNull();
      expect(await findUpload(scope, second.value.id, now + 3599_000)).toMatchObject({
        fileName: "export.json",
        draft: { source: "cal.com" },
      });
      expect(await findUpload(scope, second.value.id, now + 3601_000)).toBeNull();
      const row = await db().importUpload.findUniqueOrThrow({ where: { userId: id } });
      expect(row.contentSealed).not.toContain("portfolio");
      await dropUpload(other.scope, second.value.id);
      const imported = await importUpload(scope, second.value.id);
      expect(imported.ok && outcomesOf(imported.value.eventTypes)).toEqual(["new", "new"]);
      expect(await importUpload(scope, second.value.id)).toEqual({ ok: false, error: { code: "gone" } });
    });

    it("is refused with the reason, and nothing of it is kept", async () => {
      const { scope, id } = await makeOrganizer();
      const bookings = Array.from({ length: 1_001 }, (_, place) => ({
        uid: `${place}`,
        status: "accepted",
        eventTypeId: 21,
        attendees: [{ name: "Rosa", email: "rosa@example.org", timeZone: "UTC" }],
        start: new Date(Date.now() + place * 3600_000).toISOString(),
        end: new Date(Date.now() + (place + 1) * 3600_000).toISOString(),
      }));
      const refusals = await Promise.all(
        ["nonsense", "{}", '{"eventTypes": [{}]}', JSON.stringify({ ...calCom, bookings })].map((text) =>
          upload(scope, text),
        ),
      );
      expect(refusals.map((one) => (one.ok ? "kept" : one.error.code))).toEqual([
        "not_readable",
        "source_unknown",
        "file_incomplete",
        "too_many_bookings",
      ]);
      expect(await db().importUpload.count({ where: { userId: id } })).toBe(0);
    });
  });

  describe("bookings", () => {
    const at = (day: number, hour: number) =>
      new Date(Math.floor(Date.now() / 86_400_000 + day) * 86_400_000 + hour * 3600_000).toISOString();
    const local = (iso: string) => iso.slice(0, 19).replace("T", " ");
    const rosa = { name: "Rosa Delgado", email: "rosa@example.org", timeZone: "Europe/Madrid" };
    const booked = { status: "accepted", eventTypeId: 21, attendees: [rosa] };
    const calComBookings = [
      {
        ...booked,
        uid: "one",
        start: at(7, 9),
        end: at(7, 10),
        meetingUrl: "https://video.example/one",
        guests: ["guest@example.org"],
        bookingFieldsResponses: { medium: "Film", others: "x", name: "Rosa" },
      },
      { ...booked, uid: "overlaps", start: at(7, 9.5), end: at(7, 10.5) },
      { ...booked, uid: "next", start: at(7, 10), end: at(7, 11), location: "1 High Street" },
      { ...booked, uid: "stray", eventTypeId: 99, start: at(7, 12), end: at(7, 13) },
      { ...booked, uid: "past", start: at(-7, 9), end: at(-7, 10) },
      { ...booked, uid: "cancelled", status: "cancelled", start: at(8, 9), end: at(8, 10) },
      {
        ...booked,
        uid: "group",
        attendees: [rosa, { ...rosa, email: "max@example.org" }],
        start: at(8, 9),
        end: at(8, 10),
      },
    ];
    const file = { ...calCom, bookings: { data: calComBookings } };

    it("hold their time, say what the visitor knows, and are there once, without a mail or a job", async () => {
      const { scope, id } = await makeOrganizer();
      const outcomes = outcomesOf;
      const planned = await importAccount(scope, read(file), false);
      expect(outcomes(planned.bookings)).toEqual(["new", "time_taken", "new", "event_type_missing"]);
      expect(planned.bookings[0]).toMatchObject({ name: "Portfolio review", visitor: "Rosa Delgado" });
      expect(planned.remarks).toEqual([
        { code: "bookings_left_out", value: "2" },
        { code: "bookings_over", value: "1" },
      ]);
      expect(await db().booking.count({ where: { ownerId: id } })).toBe(0);

      const done = await importAccount(scope, read(file), true);
      expect(done).toEqual({ ...planned, isDone: true });
      const stored = await db().booking.findMany({
        where: { ownerId: id },
        include: { meeting: { include: { claims: true } }, hosts: true },
        orderBy: { startsAt: "asc" },
      });
      expect(stored).toMatchObject([
        {
          status: "confirmed",
          title: "Portfolio review",
          startsAt: new Date(at(7, 9)),
          endsAt: new Date(at(7, 10)),
          visitorName: "Rosa Delgado",
          visitorEmail: "rosa@example.org",
          visitorTimeZone: "Europe/Madrid",
          answers: { medium: "Film" },
          guests: ["guest@example.org"],
          hosts: [{ userId: id }],
          meeting: {
            kind: "link",
            status: "ready",
            joinUrl: "https://video.example/one",
            claims: [{ hostId: id, bufferBeforeMinutes: 10, bufferAfterMinutes: 5 }],
          },
        },
        { answers: {}, meeting: { kind: "in_person", place: "1 High Street", joinUrl: null } },
      ]);
      for (const { id: bookingId } of stored) await sendDueMails({ bookingId });
      expect(await db().mail.count({ where: { bookingId: { in: stored.map((one) => one.id) } } })).toBe(0);
      const jobs = await db().$queryRaw<unknown[]>`
        SELECT 1 FROM jobs.job WHERE data->>'meetingId' = ANY(${stored.map((one) => one.meetingId)})`;
      expect(jobs).toEqual([]);

      const again = await importAccount(scope, read(file), true);
      expect(outcomes(again.bookings)).toEqual(["there", "time_taken", "there", "event_type_missing"]);
      expect(await db().booking.count({ where: { ownerId: id } })).toBe(2);
    });

    it("say in their activity where they come from, and stay away once their visitor was erased", async () => {
      const { scope, id } = await makeOrganizer();
      const one = { ...file, bookings: [{ ...booked, uid: "only", start: at(9, 9), end: at(9, 10) }] };
      const text = JSON.stringify(one);
      const kept = await keepUpload(scope, { fileName: "cal.json", text });
      await importAccount(scope, read(one), true);
      const stored = await db().booking.findFirstOrThrow({ where: { ownerId: id } });
      const lines = await listFlight(scope, stored.id);
      expect(lines.map((line) => sentenceOf(line, "Rosa", defaultLocale))).toEqual([
        "Imported from another product with its time. Rosa has the confirmation and invitation from there",
      ]);
      await cancel({ bookingId: stored.id, by: "organizer" });
      const erased = await eraseVisitor({ bookingId: stored.id, scope, placeholder: "Removed" });
      expect(erased.ok).toBe(true);
      expect(await findUpload(scope, kept.ok ? kept.value.id : "")).toBeNull();
      const again = await importAccount(scope, read(one), true);
      expect(outcomesOf(again.bookings)).toEqual(["there"]);
      expect(await db().booking.findMany({ where: { ownerId: id }, select: { visitorName: true } })).toEqual([
        { visitorName: "Removed" },
      ]);
    });

    it("are refused where the organizer is booked here already, and remind their visitor later", async () => {
      const organizer = await makeOrganizer();
      const mine = await book(requestFor(organizer, at(9, 10)));
      expect(mine.ok).toBe(true);
      const { scope } = organizer;
      const two = [
        { ...booked, uid: "a", start: at(9, 9.75), end: at(9, 10.25) },
        { ...booked, uid: "b", start: at(9, 14), end: at(9, 15) },
      ];
      const report = await importAccount(scope, read({ ...file, bookings: two }), true);
      expect(report.bookings.map(({ outcome }) => outcome)).toEqual(["refused", "new"]);
      const { id } = await db().booking.findFirstOrThrow({
        where: { ownerId: organizer.id, startsAt: new Date(at(9, 14)) },
        select: { id: true },
      });
      await sendDueMails({ bookingId: id }, Date.parse(at(8, 14.5)));
      const mails = await db().mail.findMany({ where: { bookingId: id }, select: { kind: true } });
      expect(mails.map(({ kind }) => kind)).toEqual([expect.stringMatching(/^booking-reminder/)]);
    });

    it.each([
      [
        "Calendly",
        {
          ...calendly,
          scheduled_events: [
            {
              uri: "https://api.calendly.com/scheduled_events/E",
              status: "active",
              start_time: at(7, 9),
              end_time: at(7, 10),
              event_type: "https://api.calendly.com/event_types/B",
              location: { join_url: "https://teams.example/e" },
              event_guests: [{ email: "guest@example.org" }],
            },
          ],
          invitees: {
            collection: [
              {
                event: "https://api.calendly.com/scheduled_events/E",
                status: "active",
                name: "Rosa",
                email: "rosa@example.org",
                timezone: "Europe/Madrid",
                questions_and_answers: [{ question: "Company", answer: "Delgado" }],
              },
            ],
          },
        },
        {
          visitorTimeZone: "Europe/Madrid",
          guests: ["guest@example.org"],
          answers: { "question-1": "Delgado" },
        },
      ],
      [
        "Easy!Appointments",
        {
          ...easyAppointments,
          providers: easyAppointments.providers.map((one) => ({ ...one, timezone: "Etc/GMT-3" })),
          appointments: [
            {
              id: 5,
              start: local(at(7, 12)),
              end: local(at(7, 13)),
              serviceId: 7,
              providerId: 3,
              customerId: 9,
            },
          ],
          customers: [{ id: 9, firstName: "Rosa", lastName: "Delgado", email: "rosa@example.org" }],
        },
        { visitorName: "Rosa Delgado", visitorTimeZone: "Etc/GMT-3" },
      ],
      [
        "Microsoft Bookings",
        {
          ...microsoftBookings,
          appointments: [
            {
              id: "a1",
              serviceId: "s1",
              startDateTime: { dateTime: at(7, 9).replace("Z", "0000Z"), timeZone: "UTC" },
              endDateTime: { dateTime: at(7, 10), timeZone: "UTC" },
              customers: [{ name: "Rosa", emailAddress: "rosa@example.org", timeZone: "Europe/Madrid" }],
              joinWebUrl: "https://teams.example/a1",
            },
          ],
        },
        { visitorTimeZone: "Europe/Madrid" },
      ],
    ])("of %s are read", async (_, given, expected) => {
      const { id } = await take(given);
      const bookings = await db().booking.findMany({ where: { ownerId: id } });
      expect(bookings).toMatchObject([
        { startsAt: new Date(at(7, 9)), endsAt: new Date(at(7, 10)), ...expected },
      ]);
    });
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
