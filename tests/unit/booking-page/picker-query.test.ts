import { describe, expect, test } from "vitest";
import { readPickerQuery, writePickerQuery } from "@/lib/booking-page/picker-query";

const nothing = readPickerQuery({});

/** The parameters of an address as Next.js reads them. */
function paramsOf(query: string): Record<string, string | string[]> {
  const all = new URLSearchParams(query);
  return Object.fromEntries([...new Set(all.keys())].map((name) => [name, all.getAll(name)]));
}

describe("what an address says", () => {
  test("nothing, when nothing is there", () => {
    const { answers, kept, ...rest } = nothing;
    expect([answers, kept]).toEqual([{}, {}]);
    expect(Object.values(rest).every((value) => value === null)).toBe(true);
    expect(writePickerQuery(nothing)).toBe("");
  });

  test("what an address says is read and written alike", () => {
    const address = {
      view: "week",
      date: "2026-12-10",
      duration: "60",
      start: "2026-12-10T14:30:00Z",
      tz: "America/New_York",
      clock: "12",
      name: "Tomás Herrera",
      email: "tomas+work@herrera.example",
      guests: "ada@example.com, rosa@example.com",
      "answers.topic": "A second opinion",
      link: "vV9b",
    };
    const query = readPickerQuery(address);
    expect(query).toMatchObject({ month: "2026-12", date: "2026-12-10", durationMinutes: 60, clock: "12" });
    expect(query.view).toBe("week");
    expect(readPickerQuery({ view: "year" }).view).toBeNull();
    expect(query.answers).toEqual({ topic: "A second opinion" });
    expect(query.startsAt).toBe(Date.parse("2026-12-10T14:30:00Z"));
    expect(Object.fromEntries(new URLSearchParams(writePickerQuery(query)))).toEqual(address);
  });

  test.each([
    ["email", "ada+test@example.org", "ada+test@example.org"],
    ["email", "+ada++b@example.org+", "ada++b@example.org"],
    ["guests", "ada+test@example.org,bo+x@example.org", "ada+test@example.org, bo+x@example.org"],
    ["guests", "ada+a@example.org&guests=bo+b@example.org", "ada+a@example.org, bo+b@example.org"],
    ["guest", "ada+a@example.org&guest=bo@example.org", "ada+a@example.org, bo@example.org"],
    ["guests", "ada+a@example.org+bo+b@example.org", "ada+a@example.org, bo+b@example.org"],
    ["guests", "ada%2Ba@example.org%3B+bo@example.org", "ada+a@example.org, bo@example.org"],
    ["guests", "Ada+Lovelace+%3Cada@example.org%3E", "Ada Lovelace <ada@example.org>"],
    ["name", "Ada+Lovelace", "Ada Lovelace"],
  ])("%s=%s in an address keeps each plus of an address and each blank of a name", (name, written, read) => {
    const query = readPickerQuery(paramsOf(`${name}=${written}`));
    expect(query[name === "guest" ? "guests" : (name as "name" | "email" | "guests")]).toBe(read);
  });

  test("an answer in an address is known by the id of its question, in either form", () => {
    const { answers } = readPickerQuery({ "q.topic": "Tax", "answers.note": "None", "q.": "x", q: "y" });
    expect(answers).toEqual({ topic: "Tax", note: "None" });
  });

  test("where a visitor came from goes along with every link, cut to what can be kept", () => {
    const query = readPickerQuery({
      utm_source: " news\u0000letter ",
      utm_campaign: "x".repeat(300),
      utm_id: "7",
    });
    expect(query.kept).toEqual({ utm_source: "news letter", utm_campaign: "x".repeat(200) });
    expect(writePickerQuery({ kept: { utm_source: "news letter" } })).toBe("?utm_source=news+letter");
  });

  test("what an address says is cut between characters", () => {
    expect(readPickerQuery({ name: `${"x".repeat(199)}😀` }).name).toBe("x".repeat(199));
    expect(readPickerQuery({ "answers.topic": `${"x".repeat(999)}😀` }).answers.topic).toBe("x".repeat(999));
  });

  test("a day says its month", () => {
    expect(writePickerQuery({ month: "2026-12", date: "2026-12-10" })).toBe("?date=2026-12-10");
    expect(writePickerQuery({ month: "2026-12" })).toBe("?month=2026-12");
  });

  test("a zone may be written in any casing, and under an older name", () => {
    expect(readPickerQuery({ tz: "europe/paris" }).timeZone).toBe("Europe/Paris");
    expect(readPickerQuery({ tz: "Asia/Calcutta" }).timeZone).toBe("Asia/Kolkata");
  });

  test("the first of several values counts", () => {
    expect(readPickerQuery({ date: ["2026-12-10", "2026-12-11"] }).date).toBe("2026-12-10");
  });

  test.each([
    ["month", "2026-13"],
    ["month", "december"],
    ["month", "0000-01"],
    ["date", "2026-02-30"],
    ["date", "9999-99-99"],
    ["date", "+275760-09-13"],
    ["start", "tomorrow"],
    ["start", "2026-12-10"],
    ["start", "2026-12-10T25:00:00Z"],
    ["tz", "Mars/Olympus"],
    ["tz", "+02:00"],
    ["duration", "-30"],
    ["duration", "1e3"],
    ["clock", "13"],
    ["answers.__proto__", "x"],
    ["answers.", "x"],
  ])("%s=%s in an address is as good as nothing", (name, value) => {
    expect(readPickerQuery({ [name]: value })).toEqual(nothing);
  });
});
