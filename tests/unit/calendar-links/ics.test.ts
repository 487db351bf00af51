import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { writeIcs } from "@/lib/calendar-links/ics";
import { entry } from "./given";

const writtenAt = new Date("2026-12-01T08:00:00Z");

function read(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file));
  const component = calendar.getFirstSubcomponent("vevent");
  if (!component) throw new Error("There is no event in the file.");
  return { calendar, event: new ICAL.Event(component), component };
}

describe("a calendar file", () => {
  test("a calendar file says when it is, in UTC", () => {
    const { event } = read(writeIcs(entry(), writtenAt));
    expect(event.startDate.toString()).toBe("2026-12-10T14:30:00Z");
    expect(event.endDate.toString()).toBe("2026-12-10T15:00:00Z");
  });

  test("a calendar file is published, names itself and says when it was written", () => {
    const { calendar, component, event } = read(writeIcs(entry(), writtenAt));
    expect(calendar.getFirstPropertyValue("method")).toBe("PUBLISH");
    expect(calendar.getFirstPropertyValue("version")).toBe("2.0");
    expect(event.uid).toBe("040000008200E00074C5B7101A82E008");
    expect(event.sequence).toBe(2);
    expect(String(component.getFirstPropertyValue("dtstamp"))).toBe("2026-12-01T08:00:00Z");
  });

  test("a calendar file carries the join page as its address", () => {
    const { component } = read(writeIcs(entry(), writtenAt));
    expect(component.getFirstPropertyValue("url")).toBe("https://book.example.com/j/abc");
    expect(component.getFirstPropertyValue("location")).toBe("https://book.example.com/j/abc");
  });

  test.each([
    ["Fees; costs, taxes\\levies", "punctuation"],
    ["First line\nsecond line", "line breaks"],
    [
      "Größe, 漢字 and 👩‍💼 all the way to the end of a line that is far too long to stay whole",
      "any script",
    ],
    ["BEGIN:VEVENT\r\nEND:VEVENT".replace("\r\n", "\n"), "what looks like the format itself"],
  ])("a calendar file keeps text as it was written: %j (%s)", (text) => {
    const { event } = read(writeIcs(entry({ title: text, description: text }), writtenAt));
    expect(event.summary).toBe(text);
    expect(event.description).toBe(text);
  });

  test("a calendar file keeps a name with quotation marks, commas and carets", () => {
    const name = 'Ines "Nine" Moreau^2; Dr., Esq.';
    const { component } = read(writeIcs(entry({ organizer: { name, url: "https://x.example" } }), writtenAt));
    expect(component.getFirstProperty("organizer")?.getParameter("cn")).toBe(name);
  });

  test("a calendar file has no line longer than 75 octets, and tears no character apart", () => {
    const description = "Ünïcödé 漢字👩‍💼 ".repeat(60);
    const file = writeIcs(entry({ description }), writtenAt);
    const lines = file.split("\r\n");
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(file).not.toContain("\ufffd");
    expect(read(file).event.description).toBe(description);
  });

  test("a calendar file ends every line with CR LF and has no other line break", () => {
    const file = writeIcs(entry({ description: "a\r\nb\rc\nd" }), writtenAt);
    expect(file.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(file.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(read(file).event.description).toBe("a\nb\nc\nd");
  });

  test.each(["confirmed", "tentative", "cancelled"] as const)(
    "a calendar file says that it is %s",
    (status) => {
      const { component } = read(writeIcs(entry({ status }), writtenAt));
      expect(component.getFirstPropertyValue("status")).toBe(status.toUpperCase());
    },
  );

  test("a calendar file leaves out what is empty", () => {
    const { component } = read(writeIcs(entry({ description: "", location: "" }), writtenAt));
    expect(component.getFirstProperty("description")).toBeNull();
    expect(component.getFirstProperty("location")).toBeNull();
  });
});
