import type { ReactNode } from "react";
import { AdminFrame } from "@/app/admin/admin-frame";

export default function OutboxLayout({ children }: { children: ReactNode }) {
  return <AdminFrame current="users">{children}</AdminFrame>;
}
