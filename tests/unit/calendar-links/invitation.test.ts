import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { type Invitation, writeInvitation } from "@/lib/calendar-links/invitation";

const entry = {
  uid: "040000008200E00074C5B7101A82E008",
  sequence: 0,
  title: "First talk; with Ines, \\ today",
  description: "Join:\nhttps://book.example/j/x",
  location: "https://book.example/j/x",
  url: "https://book.example/j/x",
  startsAt: new Date("2027-03-01T09:00:00Z"),
  endsAt: new Date("2027-03-01T09:30:00Z"),
};

function write(more: Partial<Invitation> = {}): string {
  return writeInvitation(
    {
      method: "REQUEST",
      entry,
      organizer: { name: "Ines “Nes” Moreau", email: "ines@contoso.example" },
      attendees: [{ name: "Ann", email: "ann+work@example.org" }],
      timeZone: "Europe/Paris",
      ...more,
    },
    new Date("2027-02-01T00:00:00Z"),
  );
}

function read(ics: string) {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const zone = calendar.getFirstSubcomponent("vtimezone");
  if (zone) ICAL.TimezoneService.register(zone);
  const component = calendar.getFirstSubcomponent("vevent");
  if (!component) throw new Error("no event");
  return { calendar, zone, component, event: new ICAL.Event(component) };
}

const at = (instant: string) => {
  const startsAt = new Date(instant);
  return { ...entry, startsAt, endsAt: new Date(startsAt.getTime() + 1800_000) };
};

describe("an invitation", () => {
  it("an invitation is read by a calendar's parser as what it was written from", () => {
    const { calendar, component, event } = read(write());
    expect(calendar.getFirstPropertyValue("method")).toBe("REQUEST");
    expect(event.uid).toBe(entry.uid);
    expect(event.summary).toBe(entry.title);
    expect(event.description).toBe(entry.description);
    expect(String(component.getFirstPropertyValue("organizer"))).toBe("mailto:ines@contoso.example");
    const attendee = component.getFirstProperty("attendee");
    expect(String(attendee?.getFirstValue())).toBe("mailto:ann+work@example.org");
    expect(attendee?.getFirstParameter("rsvp")).toBe("TRUE");
  });

  it("an invitation says the time on the organizer's wall, with the rules of the zone", () => {
    for (const instant of ["2027-03-01T09:00:00Z", "2027-07-01T09:00:00Z"]) {
      const ics = write({ entry: at(instant) });
      const { zone, event } = read(ics);
      expect(String(zone?.getFirstPropertyValue("tzid"))).toBe("Europe/Paris");
      expect(event.startDate.toJSDate().toISOString()).toBe(new Date(instant).toISOString());
    }
  });

  it.each([
    ["around a change of clocks", "Europe/Paris", "2027-10-31T01:15:00Z"],
    ["in UTC itself", "UTC", "2027-03-01T09:00:00Z"],
    ["in a zone that calendars have no rules for", "Etc/Unknown", "2027-03-01T09:00:00Z"],
  ])("an invitation says the time in UTC %s", (_, timeZone, instant) => {
    const { zone, event } = read(write({ timeZone, entry: at(instant) }));
    expect(zone).toBeNull();
    expect(event.startDate.toJSDate().toISOString()).toBe(new Date(instant).toISOString());
  });

  it("an invitation is the same instant in every zone, whatever the rules at hand say of it", () => {
    for (const timeZone of Intl.supportedValuesOf("timeZone")) {
      for (const instant of ["2026-12-10T09:00:00Z", "2027-07-01T12:45:00Z"]) {
        const { event } = read(write({ timeZone, entry: at(instant) }));
        expect([timeZone, event.startDate.toJSDate().toISOString()]).toEqual([
          timeZone,
          new Date(instant).toISOString(),
        ]);
      }
    }
  }, 60_000);

  it("an invitation is taken back under the same UID", () => {
    const { calendar, component, event } = read(
      write({ method: "CANCEL", entry: { ...entry, sequence: 3 } }),
    );
    expect(calendar.getFirstPropertyValue("method")).toBe("CANCEL");
    expect(component.getFirstPropertyValue("status")).toBe("CANCELLED");
    expect([event.uid, event.sequence]).toEqual([entry.uid, 3]);
  });

  it("an invitation has lines of 75 octets at most, each ended as the standard wants", () => {
    const lines = write({ entry: { ...entry, title: "é".repeat(200) } }).split("\r\n");
    expect(lines.at(-1)).toBe("");
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(lines.some((line) => line.includes("\n"))).toBe(false);
  });
});
