"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const everyMs = 10_000;

/** Has the page looked at again while it is in sight, and goes on by itself once there is somewhere to go. */
export function LookAgain({ goOnTo }: { goOnTo: string | null }) {
  const router = useRouter();
  useEffect(() => {
    if (goOnTo) {
      // Long enough to read that it is approved; the button beside it leads there immediately.
      const timer = setTimeout(() => location.assign(goOnTo), 2_500);
      return () => clearTimeout(timer);
    }
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [goOnTo, router]);
  return null;
}
