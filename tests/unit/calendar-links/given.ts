import type { CalendarEntry } from "@/lib/calendar-links/entry";

export function entry(different: Partial<CalendarEntry> = {}): CalendarEntry {
  return {
    uid: "040000008200E00074C5B7101A82E008",
    sequence: 2,
    status: "confirmed",
    title: "First consultation with Ines Moreau",
    description: "Join: https://book.example.com/j/abc",
    location: "https://book.example.com/j/abc",
    url: "https://book.example.com/j/abc",
    organizer: { name: "Ines Moreau", url: "https://book.example.com/ines" },
    startsAt: new Date("2026-12-10T14:30:00Z"),
    endsAt: new Date("2026-12-10T15:00:00Z"),
    ...different,
  };
}
