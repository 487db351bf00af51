import { writeDate } from "@/lib/format/date-words";
import { weekdays } from "@/lib/schedules/weekdays";
import type { Candidate } from "@/lib/teams/candidates";

type Schedule = Candidate["schedules"][number];

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const dayMinutes = 24 * 60;

interface HostWeekProps {
  schedule: Schedule;
  /** Says what it is: "Hours in Paris". */
  label: string;
  /** BCP 47: how weekdays are named. */
  language: string;
}

/** The open hours of each weekday, drawn to scale from midnight to midnight, and in words for whoever doesn't see it. */
export function HostWeek({ schedule, label, language }: HostWeekProps) {
  const days = weekdays.map((day) => ({
    // 1 January 2024 was a Monday.
    name: writeDate(`2024-01-0${day}`, "shortWeekday", language),
    windows: schedule.weekly.filter(({ days: on }) => on.includes(day)),
  }));
  return (
    <div className="grid max-w-112 gap-1">
      <p className="text-xs text-muted">{label}</p>
      <ul className="grid grid-cols-7 gap-1.5">
        {days.map(({ name, windows }) => (
          <li key={name} className="grid gap-1 text-xs text-muted">
            <span aria-hidden="true">{name}</span>
            <svg
              aria-hidden="true"
              width="100%"
              height="6"
              className="block overflow-hidden rounded-sm rtl:-scale-x-100"
            >
              <rect width="100%" height="100%" className="fill-sunken" />
              {windows.map(({ start, end }) => (
                <rect
                  key={start}
                  x={`${(100 * minutesOf(start)) / dayMinutes}%`}
                  width={`${(100 * (minutesOf(end) - minutesOf(start))) / dayMinutes}%`}
                  height="100%"
                  className="fill-accent"
                />
              ))}
            </svg>
            <span className="sr-only">
              {name}: {windows.map(({ start, end }) => `${start}–${end}`).join(", ") || "–"}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
