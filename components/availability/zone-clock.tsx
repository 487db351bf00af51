"use client";

import { useEffect, useState } from "react";
import { type Clock, clockInBrowser } from "@/lib/format/wall-clock";
import { fillIn } from "@/lib/i18n/fill-in";

interface ZoneClockProps {
  timeZone: string;
  clock: Clock;
  /** The sentence, with `{time}` in it. */
  pattern: string;
  /** The time as the page was made: what is there until a script runs. */
  time: string;
}

/** What the clocks in a zone show. It follows the minute. */
export function ZoneClock({ timeZone, clock, pattern, time }: ZoneClockProps) {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      {fillIn(pattern, {
        time: now === null ? time : clockInBrowser(now, timeZone, clock, document.documentElement.lang),
      })}
    </>
  );
}
