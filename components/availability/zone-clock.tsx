"use client";

import { useEffect, useState } from "react";

interface ZoneClockProps {
  timeZone: string;
  /** The sentence, with `{time}` in it. */
  pattern: string;
  /** The time as the page was made: what stands there until a script runs. */
  time: string;
}

/** What the clocks in a zone show. It follows the minute. */
export function ZoneClock({ timeZone, pattern, time }: ZoneClockProps) {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return <>{pattern.replace("{time}", now === null ? time : clockIn(timeZone, now))}</>;
}

/** The browser knows its zones itself: nothing has to be sent along. */
function clockIn(timeZone: string, at: number): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  return format.format(at);
}
