"use client";

import { useEffect, useState } from "react";
import { type Clock, clockInBrowser } from "@/lib/format/wall-clock";
import { fillIn } from "@/lib/i18n/fill-in";

interface SlotHoldProps {
  /** What is booked here; the time is the one chosen on the page. */
  request: { handle: string; slug: string; durationMinutes: number; link?: string };
  timeZone: string;
  clock: Clock;
  /** `held` has `{time}` in it. */
  words: { held: string; ended: string };
}

const address = "/api/holds";

/**
 * The browser's key is there before anything is held with it: a page that is asked for meanwhile knows its own slot. It opens nothing,
 * and is gone with the last page. 32 bytes, base64url.
 */
function keepKey(): void {
  if (/(?:^|; )hold=/.test(document.cookie)) return;
  const bytes = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)));
  const key = btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `hold=${key}; path=/; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
}

/** The server's answer. The browser's clock may be wrong, so it says how long it is till then as well. */
interface Hold {
  until: string;
  forMs: number;
}

/** Keeps the chosen time out of others' sight while its visitor types. Without it, or when it fails, booking is the same. */
export function SlotHold({ request, timeZone, clock, words }: SlotHoldProps) {
  const { handle, slug, durationMinutes, link } = request;
  const [until, setUntil] = useState<number | "ended" | null>(null);

  useEffect(() => {
    let held = "";
    let asking = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function hold() {
      const start = document.querySelector<HTMLInputElement>('input[name="start"]:checked')?.value;
      if (!start || start === held) return;
      held = start;
      keepKey();
      clearTimeout(timer);
      asking = new AbortController();
      const given = await fetch(address, {
        method: "POST",
        signal: asking.signal,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ handle, slug, start, durationMinutes, link }),
      })
        .then((answer): Promise<Hold> | null => (answer.status === 200 ? answer.json() : null))
        .catch(() => null);
      if (held !== start) return;
      setUntil(given && Date.parse(given.until));
      if (given) timer = setTimeout(() => setUntil("ended"), given.forMs);
    }
    function letGo() {
      if (!held) return;
      held = "";
      asking.abort();
      setUntil(null);
      fetch(address, { method: "DELETE", keepalive: true }).catch(() => null);
    }
    const follow = ({ target }: Event) => {
      const isChoice = target instanceof HTMLInputElement && target.name === "start";
      if (isChoice || (target instanceof Element && target.closest("#details"))) hold();
    };
    document.addEventListener("change", follow);
    document.addEventListener("focusin", follow);
    addEventListener("pagehide", letGo);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("change", follow);
      document.removeEventListener("focusin", follow);
      removeEventListener("pagehide", letGo);
      letGo();
    };
  }, [handle, slug, durationMinutes, link]);

  return (
    <p role="status" className="mb-4 text-sm text-muted empty:hidden">
      {until === "ended" && words.ended}
      {typeof until === "number" &&
        fillIn(words.held, { time: clockInBrowser(until, timeZone, clock, document.documentElement.lang) })}
    </p>
  );
}
