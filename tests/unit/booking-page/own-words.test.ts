import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { VisitFacts } from "@/components/booking-page/visit-facts";
import { VisitorForm } from "@/components/booking-page/visitor-form";

vi.mock("@/lib/reader/locale", () => import("@/tests/support/locale"));

it("what an organizer asks, and what a visitor answered, keep their own direction in a page of the other", () => {
  const words = new Proxy({}, { get: (_, name) => String(name) }) as never;
  const form = createElement(VisitorForm, {
    action: async (state) => state,
    initial: undefined,
    hidden: {},
    requestKey: "1",
    prefill: { name: "", email: "", guests: "", answers: {} },
    questions: [
      { id: "1", label: "מה לבדוק?", hint: "בקצרה.", kind: "text", required: true },
      { id: "2", label: "לשלוח תזכורת?", kind: "checkbox", required: false },
    ],
    guestsIcon: null,
    words,
    isOwn: false,
  });
  const asked = renderToStaticMarkup(form);
  for (const own of ["מה לבדוק?", "בקצרה.", "לשלוח תזכורת?"]) expect(asked).toContain(`<bdi>${own}</bdi>`);

  const now = new Date();
  const booking = {
    visitor: { name: "Vera", email: "vera@example.org" },
    guests: [],
    organizer: { name: "Ada" },
    hosts: [],
    team: null,
    meeting: { kind: "phone", place: "+33 4 72 00 00 00" },
    startsAt: now,
    endsAt: now,
  } as never;
  const answers = [{ label: "מה לבדוק?", answer: "הכול." }] as never;
  const given = renderToStaticMarkup(createElement(VisitFacts, { booking, answers }));
  expect(given).toContain("<bdi>מה לבדוק?</bdi>");
  expect(given).toMatch(/<bdi[^>]*>הכול\.<\/bdi>/);
});
