import { describe, expect, test } from "vitest";
import { googleCalendarUrl, microsoft365Url, outlookComUrl } from "@/lib/calendar-links/web-calendars";
import { entry } from "./given";

const given = entry({ title: "Fees & costs + 100 %", description: "Line one\nLine two", location: "" });

describe("links to web calendars", () => {
  test("Google gets the times in UTC and the text whole", () => {
    const url = new URL(googleCalendarUrl(given));
    expect(url.origin).toBe("https://calendar.google.com");
    expect(url.searchParams.get("dates")).toBe("20261210T143000Z/20261210T150000Z");
    expect(url.searchParams.get("text")).toBe("Fees & costs + 100 %");
    expect(url.searchParams.get("details")).toBe("Line one\nLine two");
    expect(url.searchParams.has("location")).toBe(false);
  });

  test.each([
    ["Outlook.com", outlookComUrl, "https://outlook.live.com"],
    ["Microsoft 365", microsoft365Url, "https://outlook.office.com"],
  ])("%s gets the same appointment by its link", (_, write, origin) => {
    const url = new URL(write(given));
    expect(url.origin).toBe(origin);
    expect(url.searchParams.get("startdt")).toBe("2026-12-10T14:30:00.000Z");
    expect(url.searchParams.get("enddt")).toBe("2026-12-10T15:00:00.000Z");
    expect(url.searchParams.get("subject")).toBe("Fees & costs + 100 %");
    expect(url.searchParams.get("body")).toBe("Line one<br>Line two");
  });

  test("spaces in links to web calendars are never written as plus signs", () => {
    for (const write of [googleCalendarUrl, outlookComUrl, microsoft365Url]) {
      expect(write(given)).not.toContain("+");
    }
  });
});
