import { describe, expect, test } from "vitest";
import {
  changeEventTypeValues,
  newEventTypeValues,
  readEventTypeValues,
  toEventTypeValues,
} from "@/lib/event-types/form";
import { presetIn, presetNames } from "@/lib/event-types/form-options";
import { columnOf, lockedColumns, lockNames, neverLocked, withoutLocked } from "@/lib/event-types/locks";
import { optionalNumbers } from "@/lib/event-types/numbers";
import { type EventType, eventTypeChange, eventTypeInput } from "@/lib/event-types/schema";
import { parseInput } from "@/lib/input/parse";
import { toSlug } from "@/lib/input/slug";
import { defaultNotifications } from "@/lib/notices/defaults";
import { readTeamEventTypeValues, toFormErrors, toTeamEventTypeValues } from "@/lib/teams/form";

const scheduleId = "0197a0b0-0000-7000-8000-000000000000";
const eventType = {
  id: "0197a0b0-0000-7000-8000-000000000001",
  slug: "review",
  title: "Review",
  description: "Two\nlines",
  durationsMinutes: [60, 30],
  slotIntervalMinutes: 15,
  bufferBeforeMinutes: 5,
  bufferAfterMinutes: 10,
  minimumNoticeMinutes: 2880,
  availableNowMinutes: 45,
  window: { kind: "range", from: "2027-01-01", to: "2027-02-01" },
  dailyLimit: 4,
  monthlyLimit: 40,
  dailyLimitMinutes: 240,
  weeklyLimitMinutes: 900,
  scheduleId,
  location: { kind: "link", value: "https://meet.example.com/ines" },
  fallbackLocation: { kind: "phone", value: "+33 1 23 45 67 89" },
  requiresApproval: true,
  preferAdjacentTimes: true,
  rescheduleNeedsApproval: true,
  questions: [
    { id: "topic", label: "Topic", kind: "select", required: true, options: ["Tax", "Law"] },
    { id: "note", label: "Note", hint: "A word or two.", kind: "multiline", required: false },
  ],
  mailGreeting: "Dear {visitor},",
  mailClosing: "Kind regards,\n{name}",
  subjectTemplate: "{title} with {visitor}",
  hidden: true,
  emailCheck: "always",
  requiresLink: true,
  redirectUrl: "https://www.example.com/thanks",
  embedOrigins: ["https://www.example.com", "http://localhost:8080"],
  changePolicy: { cancelMinutes: 1440, rescheduleMinutes: null, reason: "required" },
  approvalHours: 24,
  invitations: "bellhop",
  notifications: {
    ...defaultNotifications,
    cancelled: false,
    reminderMinutes: [2880, 30],
    followUpMinutes: 60,
  },
  meetingOptions: {
    lobby: "organizer",
    recordAutomatically: true,
    allowedPresenters: "organization",
    transcription: "off",
    chat: "limited",
    entryExitTones: false,
    attendeeMic: false,
    attendeeCamera: true,
    spokenLanguage: "fr-FR",
    coOrganizers: ["ada@example.com", "grace@example.com"],
    presenters: ["alan@example.com"],
  },
} satisfies Partial<EventType>;
/** What the form does not show, it does not touch. */
const stored = eventType as Partial<EventType> as EventType;
const read = (values: Record<string, string>) => parseInput(eventTypeChange, readEventTypeValues(values));

describe("the form of an event type", () => {
  test("the form of an event type gives back what it was made from", () => {
    const { id: _, ...input } = eventType;
    expect(read(toEventTypeValues(stored))).toEqual({
      ok: true,
      value: {
        ...input,
        slotOffsetMinutes: null,
        weeklyLimit: null,
        monthlyLimitMinutes: null,
        seats: null,
        rooms: null,
      },
    });
  });

  test("a team can lock every field of the form, or there is a reason why it can't", () => {
    const lockable: readonly string[] = lockedColumns(lockNames);
    const all = [...lockable, ...Object.keys(neverLocked)].toSorted();
    expect(Object.keys(eventTypeChange.shape).toSorted()).toEqual(all);
    const fields = { ...newEventTypeValues("With {name}", scheduleId), ...toEventTypeValues(stored) };
    for (const field of Object.keys(fields)) expect(all, field).toContain(columnOf(field));
    const { slug, hidden, requiresLink, embedOrigins } = eventType;
    expect(withoutLocked(readEventTypeValues(fields), lockNames)).toEqual({
      slug,
      scheduleId,
      hidden,
      requiresLink,
      embedOrigins,
    });
  });

  test("the form of a team's event type gives back its hosts, and shows a complaint in the row of the one it's about", () => {
    const host = { userId: "bob", kind: "rotating", weight: 50, priority: 2, scheduleId } as const;
    const rules = {
      rotatingHosts: 1,
      hostChoice: "visitor",
      onReschedule: "any_host",
      hostDeclines: "ignore",
    } as const;
    const values = toTeamEventTypeValues({ ...stored, ...rules, hosts: [host] }, [
      { id: "ada" },
      { id: "bob" },
      { id: "eve" },
    ]);
    expect(readTeamEventTypeValues(values)).toMatchObject({ ...rules, hosts: [host] });
    const joined = { ...values, "hosts.2.kind": "rotating", "hosts.2.weight": "0", rotatingHosts: "3" };
    expect(readTeamEventTypeValues(joined)).toMatchObject({
      hosts: [host, { userId: "eve", weight: 0 }],
      rotatingHosts: 3,
    });
    const complaints = {
      "hosts.0.scheduleId": "Not theirs.",
      "hosts.1.weight": "Too small.",
      rotatingHosts: "Too many.",
    };
    expect(toFormErrors(complaints, joined)).toEqual({
      "hosts.0.scheduleId": "Not theirs.",
      "hosts.2.weight": "Too small.",
      rotatingHosts: "Too many.",
    });
  });

  test("the form of an event type needs only a title when it is new; the link follows from it", () => {
    const values = { ...newEventTypeValues("With {name}", scheduleId), title: "Erstgespräch (30 min)" };
    expect(parseInput(eventTypeInput, readEventTypeValues(values))).toMatchObject({
      ok: true,
      value: {
        slug: "erstgesprach-30-min",
        durationsMinutes: [30],
        location: { kind: "teams" },
        fallbackLocation: null,
        minimumNoticeMinutes: 240,
        window: { kind: "rolling", days: 60 },
        hidden: false,
      },
    });
  });

  test("the form of an event type keeps a place for each kind, and reads the chosen one", () => {
    const values = { ...toEventTypeValues(stored), "location.kind": "phone", "location.phone": "" };
    const parsed = read(values);
    expect(parsed.ok ? [] : parsed.error.issues.map(({ path }) => path)).toEqual(["location.value"]);
    expect(read({ ...values, "location.kind": "none" })).toMatchObject({
      ok: true,
      value: { location: { kind: "none" } },
    });
  });

  test.each([
    ["15, 30 45;60", [15, 30, 45, 60]],
    [" 20 ", [20]],
  ])("the form of an event type reads the durations %j", (durationsMinutes, expected) => {
    expect(read({ ...toEventTypeValues(stored), durationsMinutes })).toMatchObject({
      ok: true,
      value: { durationsMinutes: expected },
    });
  });

  test.each([
    ["durationsMinutes", "", "durationsMinutes"],
    ["durationsMinutes", "half an hour", "durationsMinutes.0"],
    ["notice.amount", "soon", "minimumNoticeMinutes"],
    ["window.from", "", "window.from"],
    ["seats", "0", "seats"],
    ["bufferAfterMinutes", "1.5", "bufferAfterMinutes"],
    ["questions.0.options", " \n ", "questions.0.options"],
    ["questions.1.label", "", "questions.1.label"],
  ])("the form of an event type complains about %s %j at %s", (name, value, path) => {
    const parsed = read({ ...toEventTypeValues(stored), [name]: value });
    expect(parsed.ok ? [] : parsed.error.issues.map((issue) => issue.path)).toContain(path);
  });

  test("the form of an event type gives a new question an id of its own and leaves the others theirs", () => {
    const more = changeEventTypeValues(
      changeEventTypeValues(toEventTypeValues(stored), "add-question:"),
      "add-question:",
    );
    const values = { ...more, "questions.2.label": "Topic", "questions.3.label": "Constructor" };
    const parsed = read(values);
    expect(parsed.ok && parsed.value.questions?.map(({ id }) => id)).toEqual([
      "topic",
      "note",
      "topic-2",
      "constructor-2",
    ]);
    const fewer = read({ ...changeEventTypeValues(values, "remove:questions.0") });
    expect(fewer.ok && fewer.value.questions?.map(({ id }) => id)).toEqual([
      "note",
      "topic",
      "constructor-2",
    ]);
  });
});

test.each([
  ["First consultation", "first-consultation"],
  ["  Ça va?  ", "ca-va"],
  ["日本語", ""],
  [`${"a".repeat(62)} b`, "a".repeat(62)],
])("the title %j makes the link %j", (title, slug) => {
  expect(toSlug(title)).toBe(slug);
});

describe("the sets of meeting options", () => {
  const typed = { ...toEventTypeValues(stored), title: "Typed just now" };

  test("the sets of meeting options fill in their options and leave the rest as it was typed", () => {
    const values = changeEventTypeValues(typed, "preset:consult");
    expect(values.title).toBe("Typed just now");
    expect(read(values)).toMatchObject({
      value: {
        meetingOptions: {
          lobby: "organization",
          recordAutomatically: true,
          allowedPresenters: "everyone",
          transcription: "allowed",
          chat: "enabled",
          entryExitTones: null,
          attendeeMic: null,
          attendeeCamera: null,
          spokenLanguage: "fr-FR",
          coOrganizers: ["ada@example.com", "grace@example.com"],
          presenters: ["alan@example.com"],
        },
      },
    });
  });

  test.each(presetNames)("the set of meeting options %s is recognized among options of one's own", (name) => {
    const values = changeEventTypeValues(typed, `preset:${name}`);
    expect(presetIn(values)).toBe(name);
    expect(presetIn({ ...values, "meetingOptions.lobby": "invited" })).toBeNull();
  });

  test("people in the Teams meeting are typed as addresses are pasted, each once, and one that is no address is named", () => {
    const coOrganizers = '"Hopper, Grace" <grace@example.org>; ada@example.org\nADA@example.org';
    expect(read({ ...typed, "meetingOptions.coOrganizers": coOrganizers })).toMatchObject({
      value: { meetingOptions: { coOrganizers: ["grace@example.org", "ada@example.org"] } },
    });
    expect(read({ ...typed, "meetingOptions.presenters": "ada" })).toMatchObject({
      error: { issues: [{ path: "meetingOptions.presenters.0", message: "email_form" }] },
    });
  });

  test("the sets of meeting options change nothing when there is no such set", () => {
    expect(changeEventTypeValues(typed, "preset:coffee")).toEqual(typed);
  });
});

describe("a number that may be left out", () => {
  const typed = {
    ...newEventTypeValues("Online appointment with {name}", scheduleId),
    title: "Check",
    slug: "check",
  };

  test.each(optionalNumbers)(
    "%s, a number that may be left out, goes through the form as it was typed, and is gone when it is emptied",
    (name) => {
      const read = (text: string) =>
        eventTypeChange.safeParse(readEventTypeValues({ ...typed, [name]: text }));
      expect(read("7").data).toMatchObject({ [name]: 7 });
      expect(read("").data).toMatchObject({ [name]: null });
      const refused = read("999999").error?.issues.map(({ path }) => path.join("."));
      expect(refused).toEqual([name]);
    },
  );
});
