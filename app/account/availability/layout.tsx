import type { ReactNode } from "react";
import { AccountFrame } from "@/app/account/account-frame";

export default function AvailabilityLayout({ children }: { children: ReactNode }) {
  return <AccountFrame current="availability">{children}</AccountFrame>;
}
