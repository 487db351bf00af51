"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";

interface RefreshProps {
  /** Pauses before each look at the page, in seconds; the last one repeats. */
  pausesSeconds: readonly number[];
  /** In how many milliseconds to open the page again: it then leads elsewhere. The browser's clock may be wrong, and isn't asked. */
  reopensInMs?: number;
}

/** The longest a browser's timer runs. */
const longestTimerMs = 2 ** 31 - 1;

/** Looks at the page again now and then, while someone does too. It stops when the page no longer has it. */
export function Refresh({ pausesSeconds, reopensInMs = Infinity }: RefreshProps) {
  const router = useRouter();
  const pauses = pausesSeconds.join();

  useEffect(() => {
    const left = pauses.split(",").map(Number);
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const seconds = (left.length > 1 ? left.shift() : left[0]) ?? 60;
      timer = setTimeout(() => {
        if (document.visibilityState === "visible" && navigator.onLine) startTransition(router.refresh);
        wait();
      }, seconds * 1000);
    };
    wait();
    return () => clearTimeout(timer);
  }, [pauses, router]);

  useEffect(() => {
    if (reopensInMs > longestTimerMs) return;
    const timer = setTimeout(() => location.reload(), reopensInMs + 500);
    return () => clearTimeout(timer);
  }, [reopensInMs]);

  return null;
}
