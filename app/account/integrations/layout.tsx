import type { ReactNode } from "react";
import { AccountFrame } from "@/app/account/account-frame";

export default function IntegrationsLayout({ children }: { children: ReactNode }) {
  return <AccountFrame current="integrations">{children}</AccountFrame>;
}
