import { describe, expect, test } from "vitest";
import { eventTypeChange, eventTypeInput } from "@/lib/event-types/schema";
import { parseInput } from "@/lib/input/parse";
import validation from "@/messages/en/validation.json";

const least = {
  slug: "first-consultation",
  title: "First consultation",
  durationsMinutes: [30],
  location: { kind: "teams" },
};

const complaints = (value: unknown) => {
  const parsed = parseInput(eventTypeInput, value);
  const issues = parsed.ok ? [] : parsed.error.issues;
  for (const { message } of issues) expect(validation, "has words for").toHaveProperty(message);
  return issues.map(({ path, message }) => `${path}: ${message}`);
};

describe("a new event type", () => {
  test("a new event type needs slug, title, durations and location; the rest has defaults", () => {
    expect(parseInput(eventTypeInput, least)).toMatchObject({
      ok: true,
      value: {
        ...least,
        description: "",
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        minimumNoticeMinutes: 240,
        window: { kind: "rolling", days: 60 },
        requiresApproval: false,
        questions: [],
        subjectTemplate: "Online appointment with {name}",
        hidden: false,
        meetingOptions: { lobby: "default", recordAutomatically: false, allowedPresenters: "everyone" },
      },
    });
    expect(complaints({})).toEqual([
      "slug: required",
      "title: required",
      "durationsMinutes: required",
      "location: location_kind",
    ]);
  });

  test("a new event type keeps everything the contract names", () => {
    const whole = {
      ...least,
      description: "Bring your papers.\nAll of them.",
      durationsMinutes: [60, 30],
      slotIntervalMinutes: 15,
      slotOffsetMinutes: 5,
      bufferBeforeMinutes: 5,
      bufferAfterMinutes: 10,
      minimumNoticeMinutes: 0,
      window: { kind: "range", from: "2027-01-01", to: "2027-01-01" },
      dailyLimit: 4,
      weeklyLimit: 12,
      scheduleId: "0197a0b0-0000-7000-8000-000000000000",
      fallbackLocation: { kind: "phone", value: "+33 1 23 45 67 89" },
      requiresApproval: true,
      seats: 500,
      questions: [
        { id: "topic", label: "Topic", kind: "select", required: true, options: ["Tax", "Law"] },
        { id: "note", label: "Note", kind: "multiline", required: false },
      ],
      subjectTemplate: "{title}: {visitor} and {name}",
      hidden: true,
      meetingOptions: { lobby: "organizer", recordAutomatically: true, allowedPresenters: "organizer" },
    };
    expect(parseInput(eventTypeInput, whole)).toMatchObject({ ok: true, value: whole });
  });

  test("a new event type fills in the meeting options that are left out", () => {
    expect(parseInput(eventTypeInput, { ...least, meetingOptions: { lobby: "everyone" } })).toMatchObject({
      value: {
        meetingOptions: { lobby: "everyone", recordAutomatically: false, allowedPresenters: "everyone" },
      },
    });
  });

  test.each([
    [{ kind: "teams" }],
    [{ kind: "none" }],
    [{ kind: "link", value: "https://meet.example.com/ines?room=1" }],
    [{ kind: "phone", value: "+33 1 23 45 67 89" }],
    [{ kind: "in_person", value: "12 Rue des Lilas" }],
  ])("a new event type may take place at %j", (location) => {
    expect(complaints({ ...least, location })).toEqual([]);
  });

  const question = { id: "topic", label: "Topic", kind: "text", required: false };

  test.each([
    ["slug", "First", "slug: slug_form"],
    ["slug", "-first", "slug: slug_form"],
    ["slug", "a/b", "slug: slug_form"],
    ["slug", "x".repeat(64), "slug: slug_form"],
    ["slug", "embed", "slug: slug_reserved"],
    ["title", " ", "title: required"],
    ["title", "x".repeat(121), "title: too_long"],
    ["title", "two\nlines", "title: control_characters"],
    ["description", "x".repeat(5001), "description: too_long"],
    ["durationsMinutes", [], "durationsMinutes: duration_missing"],
    ["durationsMinutes", [0], "durationsMinutes.0: number_min"],
    ["durationsMinutes", [1441], "durationsMinutes.0: number_max"],
    ["durationsMinutes", [22.5], "durationsMinutes.0: whole_number"],
    ["durationsMinutes", [30, 30], "durationsMinutes: duration_repeated"],
    ["slotIntervalMinutes", 0, "slotIntervalMinutes: number_min"],
    ["slotOffsetMinutes", -1, "slotOffsetMinutes: number_min"],
    ["bufferBeforeMinutes", -1, "bufferBeforeMinutes: number_min"],
    ["minimumNoticeMinutes", -1, "minimumNoticeMinutes: number_min"],
    ["dailyLimit", 0, "dailyLimit: number_min"],
    ["weeklyLimit", 0, "weeklyLimit: number_min"],
    ["seats", 0, "seats: number_min"],
    ["seats", 501, "seats: number_max"],
    ["scheduleId", "first", "scheduleId: uuid_form"],
    ["window", { kind: "rolling", days: -1 }, "window.days: number_min"],
    ["window", { kind: "rolling" }, "window.days: required"],
    ["window", { kind: "range", from: "2027-02-02", to: "2027-02-01" }, "window.to: range_end_first"],
    ["window", { kind: "range", from: "2027-02-30", to: "2027-03-01" }, "window.from: date_form"],
    ["window", { kind: "none", days: 3 }, "window.days: unknown_field"],
    ["window", { kind: "always" }, "window.kind: window_kind"],
    ["location", { kind: "zoom" }, "location.kind: location_kind"],
    ["location", { kind: "link" }, "location.value: required"],
    ["location", { kind: "link", value: "http://meet.example.com" }, "location.value: https_link"],
    ["location", { kind: "link", value: "javascript:alert(1)" }, "location.value: https_link"],
    ["location", { kind: "phone" }, "location.value: required"],
    ["location", { kind: "phone", value: "call me" }, "location.value: phone_form"],
    ["location", { kind: "in_person", value: "" }, "location.value: required"],
    ["location", { kind: "teams", value: "x" }, "location.value: unknown_field"],
    ["fallbackLocation", { kind: "teams" }, "fallbackLocation.kind: fallback_location_kind"],
    ["subjectTemplate", "", "subjectTemplate: required"],
    ["subjectTemplate", "With {nmae}", "subjectTemplate: placeholder_unknown"],
    ["questions", [{ ...question, kind: "colour" }], "questions.0.kind: question_kind"],
    ["questions", [{ ...question, id: "a b" }], "questions.0.id: question_id_form"],
    ["questions", [{ ...question, id: "constructor" }], "questions.0.id: question_id_form"],
    ["questions", [{ ...question, label: "" }], "questions.0.label: required"],
    ["questions", [question, question], "questions.1.id: question_id_repeated"],
    ["questions", [{ ...question, kind: "select" }], "questions.0.options: options_missing"],
    ["questions", [{ ...question, options: ["a"] }], "questions.0.options: options_unexpected"],
    [
      "questions",
      [{ ...question, kind: "select", options: ["a", "a"] }],
      "questions.0.options: option_repeated",
    ],
    ["colour", "red", "colour: unknown_field"],
    ["meetingOptions", { lobby: "nobody" }, "meetingOptions.lobby: lobby_choice"],
    ["meetingOptions", { allowedPresenters: "me" }, "meetingOptions.allowedPresenters: presenters_choice"],
    ["meetingOptions", { chat: "loud" }, "meetingOptions.chat: chat_choice"],
    ["meetingOptions", { transcription: "on" }, "meetingOptions.transcription: transcription_choice"],
    ["meetingOptions", { recordAutomatically: "on" }, "meetingOptions.recordAutomatically: yes_or_no"],
    ["meetingOptions", { coffee: true }, "meetingOptions.coffee: unknown_field"],
  ])("a new event type with %s %j is refused", (field, value, complaint) => {
    expect(complaints({ ...least, [field]: value })).toEqual([complaint]);
  });
});

describe("a change of an event type", () => {
  test("a change of an event type sets nothing it does not name", () => {
    expect(parseInput(eventTypeChange, { hidden: true })).toEqual({ ok: true, value: { hidden: true } });
    expect(parseInput(eventTypeChange, { meetingOptions: { lobby: "invited" } })).toEqual({
      ok: true,
      value: { meetingOptions: { lobby: "invited" } },
    });
  });

  test("a change of an event type takes optional values away with null, and only those", () => {
    const empty = { seats: null, dailyLimit: null, slotIntervalMinutes: null, fallbackLocation: null };
    expect(parseInput(eventTypeChange, empty)).toEqual({ ok: true, value: empty });
    expect(parseInput(eventTypeChange, { title: null })).toMatchObject({ ok: false });
  });
});
