"use client";

import { type ReactNode, useEffect, useRef } from "react";

/**
 * What came of a form that led here: it takes the focus, so that it's read out and the next Tab goes on from there. Give it a key: the same page
 * may say something else next.
 */
export function Arrival({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} role="status" tabIndex={-1} className="rounded-md">
      {children}
    </div>
  );
}
