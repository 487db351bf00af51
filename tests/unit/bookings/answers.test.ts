import { describe, expect, it } from "vitest";
import { checkAnswers } from "@/lib/booking/answers";
import { checkGuests, maxAttendees, maxGuests } from "@/lib/booking-record/guest-limit";
import validation from "@/messages/en/validation.json";

const ask = (kind: string, more: { required?: boolean; options?: string[] } = {}) => [
  { id: "q", label: "Question", kind, required: false, ...more },
];

/** What is said of one answer to one question; null when it is taken. */
function complaint(questions: ReturnType<typeof ask>, given: string | boolean | string[]): string | null {
  const issues = checkAnswers(questions, { q: given });
  for (const { path, message } of issues) {
    expect(path).toBe("answers.q");
    expect(validation, "has words for").toHaveProperty(message);
  }
  return issues[0]?.message ?? null;
}

describe("an answer", () => {
  it("an answer is of its question's kind", () => {
    expect(complaint(ask("text"), "Tax")).toBeNull();
    expect(complaint(ask("text"), true)).toBe("answer_text");
    expect(complaint(ask("text"), ["Tax"])).toBe("answer_text");
    expect(complaint(ask("text"), "two\nlines")).toBe("control_characters");
    expect(complaint(ask("multiline"), "two\nlines")).toBeNull();
    expect(complaint(ask("checkbox"), true)).toBeNull();
    expect(complaint(ask("checkbox"), "yes")).toBe("yes_or_no");
    expect(complaint(ask("phone"), "+33 1 23 45 67 89")).toBeNull();
    expect(complaint(ask("phone"), "call me")).toBe("phone_form");
    expect(complaint(ask("select", { options: ["a", "b"] }), "a")).toBeNull();
    expect(complaint(ask("select", { options: ["a", "b"] }), "c")).toBe("answer_option");
    expect(complaint(ask("select", { options: ["a", "b"] }), true)).toBe("answer_option");
  });

  it.each(["https://example.com/a?b=c", "http://example.com", "example.com/me"])(
    "an answer takes %s for a page",
    (text) => expect(complaint(ask("url"), text)).toBeNull(),
  );

  it.each(["javascript:alert(1)", "data:text/html,hi", "file:///etc/passwd", "somewhere", "a b.example"])(
    "an answer takes %s for no page",
    (text) => expect(complaint(ask("url"), text)).toBe("web_address"),
  );

  it("an answer may be left out unless it is required, and is to a question that is asked", () => {
    expect(complaint(ask("url"), "")).toBeNull();
    expect(complaint(ask("checkbox", { required: true }), false)).toBe("answer_missing");
    expect(checkAnswers([], { q: "x" })).toMatchObject([{ path: "answers.q", message: "answer_unknown" }]);
  });
});

describe("guests", () => {
  const guests = (count: number) => Array.from({ length: count }, (_, nth) => `guest-${nth}@example.com`);

  it("guests are twenty at most, and fewer where the seats need the room that Outlook has", () => {
    expect(checkGuests(null, guests(20))).toEqual([]);
    expect(checkGuests(100, guests(4))).toEqual([]);
    expect(checkGuests(100, guests(5))).toMatchObject([{ path: "guests", values: { maximum: 4 } }]);
    expect(checkGuests(500, guests(1))).toMatchObject([{ path: "guests", values: { maximum: 0 } }]);
  });

  it("guests never make a full session larger than Exchange takes", () => {
    for (let seats = 1; seats <= 500; seats += 1) {
      expect(seats * (1 + maxGuests(seats))).toBeLessThanOrEqual(maxAttendees);
    }
  });
});
