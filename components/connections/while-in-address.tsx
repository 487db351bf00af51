"use client";

import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";

/** Shows something as long as the page's address speaks of it: a layout stays when the router changes the page inside it. */
export function WhileInAddress({ name, children }: { name: string; children: ReactNode }) {
  return useSearchParams().has(name) ? children : null;
}
