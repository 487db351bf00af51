import type { ReactNode } from "react";
import { AccountFrame } from "@/app/account/account-frame";

export default function InsightsLayout({ children }: { children: ReactNode }) {
  return <AccountFrame current="bookings">{children}</AccountFrame>;
}
