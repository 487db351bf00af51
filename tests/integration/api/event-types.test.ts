import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as eventTypeById from "@/app/api/v1/me/event-types/[id]/route";
import * as eventTypes from "@/app/api/v1/me/event-types/route";
import * as schedules from "@/app/api/v1/me/schedules/route";
import * as publicEventTypes from "@/app/api/v1/organizers/[handle]/event-types/route";
import { eventType, publicEventType } from "@/lib/event-types/schema";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { call, organizerWithKey } from "./call";

let database: TestDatabase;
let organizer: Awaited<ReturnType<typeof organizerWithKey>>;
let stranger: Awaited<ReturnType<typeof organizerWithKey>>;

beforeAll(async () => {
  database = await createTestDatabase();
  organizer = await organizerWithKey();
  stranger = await organizerWithKey();
});
afterAll(() => database.cleanup());

const least = (slug: string) => ({
  slug,
  title: "Consultation",
  durationsMinutes: [30],
  location: { kind: "teams" },
});
const create = (body: object, key = organizer.key) => call(eventTypes.POST, { key, body });
const change = (id: string, body: object, key = organizer.key) =>
  call(eventTypeById.PATCH, { key, params: { id }, body }, "PATCH");

describe("creating", () => {
  test("creating an event type fills in the defaults and the first schedule", async () => {
    const { status, body } = await create(least("least"));
    expect(status).toBe(201);
    expect(eventType.safeParse(body).error).toBeUndefined();
    const first = (await call(schedules.GET, { key: organizer.key })).body.items[0];
    expect(body).toMatchObject({
      ...least("least"),
      description: "",
      scheduleId: first.id,
      window: { kind: "rolling", days: 60 },
      minimumNoticeMinutes: 240,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      requiresApproval: false,
      preferAdjacentTimes: false,
      rescheduleNeedsApproval: true,
      questions: [],
      subjectTemplate: "Online appointment with {name}",
      hidden: false,
      emailCheck: "suspicious",
      meetingOptions: { lobby: "default", recordAutomatically: false, allowedPresenters: "everyone" },
    });
    for (const name of ["seats", "dailyLimit", "slotIntervalMinutes", "fallbackLocation"]) {
      expect(body).not.toHaveProperty(name);
    }
  });

  test("creating an event type keeps every field as it was sent", async () => {
    const whole = {
      ...least("whole"),
      description: "Two\nlines",
      durationsMinutes: [60, 30],
      slotIntervalMinutes: 15,
      slotOffsetMinutes: 5,
      bufferBeforeMinutes: 5,
      bufferAfterMinutes: 10,
      minimumNoticeMinutes: 0,
      window: { kind: "range", from: "2027-01-01", to: "2027-03-31" },
      dailyLimit: 4,
      weeklyLimit: 12,
      location: { kind: "in_person", value: "12 Rue des Lilas, Paris" },
      fallbackLocation: { kind: "link", value: "https://meet.example.com/ines" },
      requiresApproval: true,
      preferAdjacentTimes: true,
      rescheduleNeedsApproval: false,
      emailCheck: "always",
      seats: 12,
      questions: [
        {
          id: "topic",
          label: "Topic",
          kind: "select",
          required: true,
          options: ["Tax", "Law"],
          hint: "One is enough.",
        },
      ],
      mailGreeting: "Dear {visitor},",
      mailClosing: "Kind regards,\n{name}",
      translations: {
        de: {
          title: "Beratung",
          mailGreeting: "Guten Tag {visitor},",
          mailClosing: "Bis bald",
          questions: { topic: { label: "Thema", hint: "Eines genügt.", options: { Tax: "Steuern" } } },
        },
        "pt-BR": { description: "Duas\nlinhas" },
      },
      subjectTemplate: "{title} with {visitor}",
      hidden: true,
      meetingOptions: { lobby: "everyone", recordAutomatically: true, allowedPresenters: "organizer" },
    };
    const made = await create(whole);
    expect(made.body).toMatchObject(whole);
    const read = await call(eventTypeById.GET, { key: organizer.key, params: { id: made.body.id } });
    expect(read.body).toEqual(made.body);
  });

  test("creating an event type refuses a link that another event type of the same organizer has, naming the field", async () => {
    await create(least("twice"));
    const again = await create(least("twice"));
    expect(again.body).toMatchObject({ status: 409, code: "slug_taken", errors: [{ path: "slug" }] });
    expect((await create(least("twice"), stranger.key)).status).toBe(201);
  });

  test("creating an event type refuses another organizer's schedule as if it did not exist", async () => {
    const theirs = (await call(schedules.GET, { key: stranger.key })).body.items[0];
    const answer = await create({ ...least("theirs"), scheduleId: theirs.id });
    expect(answer.body).toMatchObject({
      status: 422,
      code: "unknown_schedule",
      errors: [{ path: "scheduleId" }],
    });
  });
});

describe("changing", () => {
  test("changing an event type leaves what is not named, and takes away what is null", async () => {
    const { body: made } = await create({ ...least("changed"), dailyLimit: 3, seats: 5 });
    const { status, body } = await change(made.id, {
      title: "Longer talk",
      dailyLimit: null,
      meetingOptions: { lobby: "organizer" },
    });
    expect(status).toBe(200);
    const { dailyLimit: _, ...rest } = made;
    expect(body).toEqual({
      ...rest,
      title: "Longer talk",
      meetingOptions: { ...made.meetingOptions, lobby: "organizer" },
      updatedAt: body.updatedAt,
    });
  });

  test("changing an event type can set a place to fall back to and take it away again", async () => {
    const { body: made } = await create(least("fallback"));
    const fallbackLocation = { kind: "phone", value: "+33 1 23 45 67 89" };
    expect((await change(made.id, { fallbackLocation })).body).toMatchObject({ fallbackLocation });
    expect((await change(made.id, { fallbackLocation: null })).body).not.toHaveProperty("fallbackLocation");
  });

  test("changing the words of one language leaves the others', and null takes them away", async () => {
    const { body: made } = await create({
      ...least("languages"),
      translations: { de: { title: "Beratung" } },
    });
    const french = { title: "Conseil", description: "En ligne" };
    const both = await change(made.id, { translations: { fr: french } });
    expect(both.body.translations).toEqual({ de: { title: "Beratung" }, fr: french });
    await change(made.id, { title: "Other words" });
    const one = await change(made.id, { translations: { de: null, fr: { title: "Conseil" } } });
    expect(one.body.translations).toEqual({ fr: { title: "Conseil" } });
  });

  test.each([
    ["a language that Bellhop isn't in", { tlh: { title: "nuq" } }],
    ["a field that there isn't", { de: { slug: "beratung" } }],
    ["a title that is empty", { de: { title: " " } }],
    ["a title that is too long", { de: { title: "x".repeat(121) } }],
    [
      "too many questions",
      { de: { questions: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`q${n}`, {}])) } },
    ],
  ])("words in other languages are refused with %s", async (_, translations) => {
    const { body: made } = await create(least(`odd-${crypto.randomUUID().slice(0, 8)}`));
    expect((await change(made.id, { translations })).body).toMatchObject({
      status: 422,
      code: "invalid_request",
    });
  });

  test("changing an event type to a link that is taken is refused and changes nothing", async () => {
    const { body: made } = await create(least("mine"));
    await create(least("other"));
    expect((await change(made.id, { slug: "other", title: "New" })).body).toMatchObject({
      code: "slug_taken",
    });
    const read = await call(eventTypeById.GET, { key: organizer.key, params: { id: made.id } });
    expect(read.body).toEqual(made);
  });
});

test("another organizer's event type is not there, whatever is tried", async () => {
  const { body: made } = await create(least("private"));
  const params = { id: made.id };
  const tries = [
    await call(eventTypeById.GET, { key: stranger.key, params }),
    await change(made.id, { title: "Mine now" }, stranger.key),
    await call(eventTypeById.DELETE, { key: stranger.key, params, body: {} }, "DELETE"),
  ];
  expect(tries.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect((await call(eventTypeById.GET, { key: organizer.key, params })).body).toEqual(made);
});

test("a deleted event type is gone", async () => {
  const { body: made } = await create(least("gone"));
  const params = { id: made.id };
  const removed = await call(eventTypeById.DELETE, { key: organizer.key, params }, "DELETE");
  expect([removed.status, removed.body]).toEqual([204, null]);
  expect((await call(eventTypeById.GET, { key: organizer.key, params })).status).toBe(404);
});

test("lists are walked by cursor, oldest first", async () => {
  const { key } = await organizerWithKey();
  for (const slug of ["a", "b", "c"]) await create(least(slug), key);
  const slugs: string[] = [];
  let cursor: string | null = null;
  do {
    const query = `?limit=2${cursor ? `&cursor=${cursor}` : ""}`;
    const { body } = await call(eventTypes.GET, { key, query });
    expect(body.items.length).toBeLessThanOrEqual(2);
    slugs.push(...body.items.map((item: { slug: string }) => item.slug));
    cursor = body.nextCursor;
  } while (cursor);
  expect(slugs).toEqual(["appointment", "a", "b", "c"]);
});

describe("what everyone may see", () => {
  const list = (handle: string) => call(publicEventTypes.GET, { params: { handle } });

  test("the public list has every event type that is not hidden, without the place itself", async () => {
    const { key, handle } = await organizerWithKey();
    await create({ ...least("hidden"), hidden: true }, key);
    const location = { kind: "link", value: "https://meet.example.com/private-room" };
    const translations = { de: { title: "Beratung" } };
    const mails = { mailGreeting: "Secret salute,", mailClosing: "Secret farewell" };
    const written = { de: { ...translations.de, ...mails }, fr: mails };
    await create({ ...least("linked"), location, translations: written, ...mails }, key);
    const { status, body } = await list(handle.toUpperCase());
    expect(status).toBe(200);
    expect(body.items.map((item: { slug: string }) => item.slug)).toEqual(["appointment", "linked"]);
    expect(body.items[1].location).toEqual({ kind: "link" });
    expect(body.items[1].translations).toEqual(translations);
    for (const kept of ["private-room", "Secret"]) expect(JSON.stringify(body)).not.toContain(kept);
    for (const item of body.items) expect(publicEventType.strict().safeParse(item).error).toBeUndefined();
  });

  test.each(["nobody-here", "no\u0000body", "Ü"])(
    "the public list is not there for %j, a handle that no one has",
    async (handle) => {
      expect((await list(handle)).body).toMatchObject({ status: 404, code: "not_found" });
    },
  );
});
