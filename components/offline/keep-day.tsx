"use client";

import { useEffect } from "react";
import { forgetDay, keepDay } from "@/components/offline/kept-day";

/** Keeps the day of whoever is signed in on this device, until the form that signs them out is sent. */
export function KeepDay({ owner }: { owner: string }) {
  useEffect(() => {
    // Without it, all works but what needs no network.
    keepDay(owner).catch(() => {});
    const onSubmit = ({ target }: Event) => {
      if (target instanceof HTMLElement && target.querySelector("[data-signs-out]"))
        forgetDay().catch(() => {});
    };
    document.addEventListener("submit", onSubmit, { capture: true });
    return () => document.removeEventListener("submit", onSubmit, { capture: true });
  }, [owner]);
  return null;
}

/** Where no one is signed in, nothing is kept. */
export function ForgetDay() {
  useEffect(() => {
    forgetDay().catch(() => {});
  }, []);
  return null;
}
