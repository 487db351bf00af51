import { describe, expect, test } from "vitest";
import { bookingRequest } from "@/lib/booking/schema";
import {
  describeKeptTime,
  readIssues,
  readListener,
  takeKeptStart,
  toBookingRequest,
} from "@/lib/booking-page/read-form";
import { describeRefusal } from "@/lib/booking-page/slot-refusal";
import { defaultLocale } from "@/lib/i18n/languages";
import { toFormValues } from "@/lib/input/form-values";
import { parseInput } from "@/lib/input/parse";

const organizer = { name: "Ines Moreau", timeZone: "Europe/Paris" };
const questions = [
  { id: "topic", label: "Topic", kind: "text", required: false },
  { id: "terms", label: "I have read the terms", kind: "checkbox", required: true },
];

function form(fields: Record<string, string>): Record<string, string> {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return takeKeptStart(toFormValues(data));
}

const filled = {
  handle: "ines",
  slug: "first",
  start: "2026-12-10T14:30:00Z",
  durationMinutes: "30",
  name: "Tomás Herrera",
  email: "tomas@herrera.example",
  "answers.topic": " Tax ",
  "answers.terms": "on",
  guests: "lena@herrera.example,  max@herrera.example;\nmia@herrera.example",
};

describe("a visitor's form", () => {
  const ask = (values: Record<string, string>) =>
    toBookingRequest(values, questions, { timeZone: "America/New_York", locale: "en-GB" });

  test("a visitor's form becomes the request that the API takes too", () => {
    const request = parseInput(bookingRequest, ask(form(filled)));
    expect(request).toMatchObject({
      ok: true,
      value: {
        start: "2026-12-10T14:30:00Z",
        durationMinutes: 30,
        visitor: { name: "Tomás Herrera", timeZone: "America/New_York", locale: "en-GB" },
        answers: { topic: "Tax", terms: true },
        guests: ["lena@herrera.example", "max@herrera.example", "mia@herrera.example"],
      },
    });
  });

  test("a visitor's form takes guests as they are copied from Outlook, each once and without the visitor", () => {
    const guests =
      'Ada <ada@example.org>; "Hopper, Grace" <grace@example.org>; ADA@example.org, TOMAS@herrera.example';
    const request = parseInput(bookingRequest, ask(form({ ...filled, guests })));
    expect(request).toMatchObject({ ok: true, value: { guests: ["ada@example.org", "grace@example.org"] } });
  });

  test("a visitor's form leaves out what was left empty", () => {
    const request = ask(form({ ...filled, "answers.topic": "  ", guests: "" }));
    expect(request.answers).toEqual({ terms: true });
    expect(request).not.toHaveProperty("guests");
  });

  test("a visitor's form tells each mistake by its field, in words", () => {
    const values = form({
      ...filled,
      start: "",
      name: " ",
      email: "tomas@herrera",
      guests: "lena, mia@x.example",
    });
    const request = parseInput(bookingRequest, ask(values));
    const errors = request.ok ? {} : readIssues(request.error.issues, defaultLocale);
    expect(errors).toEqual({
      start: "Choose a time",
      name: "This field is required.",
      email: "This address has no ending, such as .com. Add it so that the invitation can reach you.",
      guests: "“lena” isn't an email address. Correct or remove it.",
    });
  });

  test("a time chosen since goes before the one that was kept", () => {
    expect(form({ keptStart: "a" }).start).toBe("a");
    expect(form({ keptStart: "a", start: "b" })).toEqual({ start: "b" });
  });

  test("a visitor's form says which time is kept, where the visitor is", () => {
    const listener = readListener({ timeZone: "America/New_York", clock: "24" }, organizer, defaultLocale);
    expect(describeKeptTime("2026-12-10T14:30:00Z", listener)).toBe(
      "Your time is still Thursday 10 December, 09:30, New York.",
    );
    expect(describeKeptTime(undefined, listener)).toBeNull();
  });

  test("a zone that is none is the organizer's", () => {
    expect(readListener({ timeZone: "Mars/Olympus" }, organizer, defaultLocale).timeZone).toBe(
      "Europe/Paris",
    );
  });
});

describe("a time that could not be had", () => {
  const listener = readListener({ timeZone: "Europe/Paris" }, organizer, defaultLocale);
  const typed = { values: form(filled), keptTime: "Your time is still …" };
  const start = Date.parse("2026-12-10T15:00:00Z");
  const alternatives = [{ start, end: start + 1_800_000 }];

  test("a time that could not be had is not sent again unawares; everything else is kept", () => {
    const state = describeRefusal({ code: "slot_taken", alternatives }, listener, typed);
    expect(state).toMatchObject({ status: "refused", message: "This time was just taken", keptTime: null });
    expect(state.choices.map(({ label }) => label)).toEqual(["Thursday 10 December, 16:00"]);
    expect(state.values).not.toHaveProperty("start");
    expect(state.values.email).toBe("tomas@herrera.example");
  });

  test("without another free time, the visitor is sent to the month", () => {
    const state = describeRefusal({ code: "slot_taken", alternatives: [] }, listener, typed);
    expect(state.hint).toContain("Choose another day above.");
  });

  test("a calendar that does not answer keeps the chosen time", () => {
    const state = describeRefusal({ code: "calendar_unavailable" }, listener, typed);
    expect(state.values.start).toBe(filled.start);
    expect(state.hint).toContain("Ines Moreau");
  });
});
