import type { ReactNode } from "react";
import { AdminFrame } from "@/app/admin/admin-frame";

export default function AbuseLayout({ children }: { children: ReactNode }) {
  return <AdminFrame current="users">{children}</AdminFrame>;
}
