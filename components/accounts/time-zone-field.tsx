"use client";

import { useEffect, useRef } from "react";

/** Tells the browser's time zone, unseen. Without a script it stays empty. */
export function TimeZoneField() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current) field.current.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  });
  return <input ref={field} type="hidden" name="timeZone" defaultValue="" />;
}
