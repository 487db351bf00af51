import type { ReactNode } from "react";
import { AccountFrame } from "@/app/account/account-frame";

export default function EventTypesLayout({ children }: { children: ReactNode }) {
  return <AccountFrame current="event-types">{children}</AccountFrame>;
}
