import { describe, expect, test } from "vitest";
import { inLanguage, publicWords, readTranslations, titleFor } from "@/lib/booking-record/own-words";
import {
  hintField,
  optionField,
  questionField,
  readLanguageForm,
  toOwnWords,
} from "@/lib/event-types/form-languages";
import { localeOf } from "@/lib/i18n/languages";

const eventType = {
  title: "Consultation",
  description: "Ask anything.",
  questions: [
    { id: "topic", label: "Topic", options: ["Tax", "constructor"] },
    { id: "note", label: "Note", hint: "A word or two." },
  ],
  translations: readTranslations(
    {
      de: {
        title: "Beratung",
        questions: {
          topic: { label: "Thema", hint: "Eines genügt.", options: { Tax: "Steuern" } },
          gone: { label: "Weg" },
        },
      },
      fr: { title: "Consultation", description: "Demandez." },
      ja: { questions: { topic: { options: { Tax: "税金" } } } },
    },
    "id",
  ),
};
const words = (tag: string) => inLanguage(eventType, localeOf(tag));

describe("an event type in a language", () => {
  test("has the words that its organizer wrote there, and its own for all others", () => {
    expect(words("de")).toMatchObject({ title: "Beratung", description: "Ask anything." });
    expect(words("fr")).toMatchObject({ title: "Consultation", description: "Demandez." });
    expect(words("de-AT").title).toBe("Beratung");
    for (const tag of ["en", "it", "constructor"]) {
      expect(words(tag)).toMatchObject({ title: "Consultation", questions: eventType.questions });
    }
  });

  test("has options that are called otherwise and stay what they are", () => {
    const [topic, note] = words("de").questions;
    expect(topic).toEqual({
      id: "topic",
      label: "Thema",
      hint: "Eines genügt.",
      options: ["Tax", "constructor"],
      optionLabels: ["Steuern", "constructor"],
    });
    expect(note).toEqual({ id: "note", label: "Note", hint: "A word or two." });
    expect(words("ja").questions[0]).toMatchObject({ label: "Topic", optionLabels: ["税金", "constructor"] });
  });

  test("gives a booking a title of its own only where that's another one", () => {
    expect(titleFor(eventType, localeOf("de"))).toBe("Beratung");
    expect(titleFor(eventType, localeOf("fr"))).toBeNull();
    expect(titleFor(eventType, localeOf("es"))).toBeNull();
  });
});

test("what mails say isn't for everyone to read", () => {
  const mails = { mailGreeting: "Guten Tag", mailClosing: "Bis bald" };
  expect(publicWords({ de: { title: "Beratung", ...mails }, fr: mails })).toEqual({
    de: { title: "Beratung" },
  });
});

describe("the form of one language", () => {
  function sent(fields: Record<string, string>) {
    const formData = new FormData();
    for (const [name, value] of Object.entries(fields)) formData.set(name, value);
    return readLanguageForm(formData);
  }

  test("is read into words by question and option, whatever their order has become", () => {
    const form = sent({
      eventTypeId: "id",
      language: "de",
      title: "Beratung",
      description: "",
      mailGreeting: "Guten Tag {visitor},",
      mailClosing: "Bis bald",
      "questions.0.id": "topic",
      [questionField(0)]: "Thema",
      [hintField(0)]: "Eines genügt.",
      "questions.0.options.0.value": "Tax",
      [optionField(0, 0)]: "Steuern",
      "questions.0.options.1.value": "Law",
      [optionField(0, 1)]: "",
      "questions.1.id": "note",
      [questionField(1)]: "",
    });
    expect(form).toMatchObject({ eventTypeId: "id", language: "de" });
    expect(toOwnWords(form)).toEqual({
      title: "Beratung",
      mailGreeting: "Guten Tag {visitor},",
      mailClosing: "Bis bald",
      questions: { topic: { label: "Thema", hint: "Eines genügt.", options: { Tax: "Steuern" } } },
    });
  });

  test("takes a language away where nothing is written in it", () => {
    expect(toOwnWords(sent({ title: "", description: "", "questions.0.id": "topic" }))).toBeNull();
  });
});
