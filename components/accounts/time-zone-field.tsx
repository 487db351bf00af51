"use client";

import { useEffect, useRef } from "react";

/** A hidden field with the browser's time zone. Without a script it stays empty. */
export function TimeZoneField() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current) field.current.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  });
  return <input ref={field} type="hidden" name="timeZone" defaultValue="" />;
}
