"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";

interface RefreshProps {
  /** Pauses before each look at the page, in seconds; the last one repeats. */
  pausesSeconds: readonly number[];
  /** When to open the page again, epoch milliseconds: it then leads elsewhere. */
  reopensAt?: number;
}

/** The longest a browser's timer runs. */
const longestTimerMs = 2 ** 31 - 1;

/** Looks at the page again now and then, while someone does too. It stops when the page no longer has it. */
export function Refresh({ pausesSeconds, reopensAt }: RefreshProps) {
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
    const ms = (reopensAt ?? Infinity) - Date.now();
    if (ms > longestTimerMs) return;
    const timer = setTimeout(() => location.reload(), Math.max(ms, 0) + 500);
    return () => clearTimeout(timer);
  }, [reopensAt]);

  return null;
}
