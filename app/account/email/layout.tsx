import type { ReactNode } from "react";
import { AccountFrame } from "@/app/account/account-frame";

export default function EmailLayout({ children }: { children: ReactNode }) {
  return <AccountFrame>{children}</AccountFrame>;
}
