"use client";

import { useEffect, useRef } from "react";

/** Newer browsers have it, and tell their zone without loading a language first, as `Intl` does. */
declare const Temporal: { Now: { timeZoneId(): string } } | undefined;

function browserZone(): string {
  return typeof Temporal === "undefined"
    ? Intl.DateTimeFormat().resolvedOptions().timeZone
    : Temporal.Now.timeZoneId();
}

/** A hidden field with the browser's time zone. Without a script it stays empty. */
export function TimeZoneField() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current) field.current.value = browserZone();
  });
  return <input ref={field} type="hidden" name="timeZone" defaultValue="" />;
}
