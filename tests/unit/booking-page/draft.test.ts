import { expect, test } from "vitest";
import { withDraft } from "@/lib/booking-page/draft";
import { newEventTypeValues } from "@/lib/event-types/form";
import type { Offer } from "@/lib/offers/offer";

const stored = {
  organizer: { name: "Ines", handle: "ines" },
  eventType: {
    id: "id",
    slug: "talk",
    title: "Talk",
    description: "As stored.",
    durationsMinutes: [30],
    location: { kind: "none" },
    seats: 4,
    questions: [],
    embedOrigins: ["https://www.example.com"],
    translations: { de: { title: "Gespräch" } },
  },
} as unknown as Offer;

const draw = (values: Record<string, string>) =>
  withDraft(stored, { ...newEventTypeValues("{title}", "schedule"), ...values }).eventType;

test("a page is drawn with what is typed in its editor, in those words in every language", () => {
  const drawn = draw({
    title: " Longer talk ",
    description: "New\r\nlines",
    durationsMinutes: "60, 30",
    "location.kind": "phone",
    "location.phone": "+33 1 23 45 67 89",
    bufferAfterMinutes: "15",
    "questions.0.label": "Topic",
    "questions.0.hint": "A word or two.",
    "questions.0.kind": "text",
  });
  expect(drawn).toMatchObject({
    title: "Longer talk",
    description: "New\nlines",
    durationsMinutes: [60, 30],
    location: { kind: "phone" },
    bufferAfterMinutes: 15,
    questions: [{ id: "topic", label: "Topic", hint: "A word or two." }],
    translations: {},
  });
  expect(drawn.seats).toBeUndefined();
});

test("what couldn't be saved as it is typed, and what no page shows, stays as stored", () => {
  const drawn = draw({ title: "", durationsMinutes: "soon", seats: "0", slug: "other", embedOrigins: "" });
  expect(drawn).toMatchObject({
    title: "Talk",
    durationsMinutes: [30],
    seats: 4,
    slug: "talk",
    embedOrigins: ["https://www.example.com"],
  });
});
