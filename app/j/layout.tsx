import type { Metadata } from "next";
import type { ReactNode } from "react";
import { capabilityPage } from "@/components/booking-page/capability-page";

export const metadata: Metadata = capabilityPage;

export default function JoinLayout({ children }: { children: ReactNode }) {
  return children;
}
