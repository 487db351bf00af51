import type { ReactNode } from "react";
import { AdminFrame } from "@/app/admin/admin-frame";

export default function ConnectionsLayout({ children }: { children: ReactNode }) {
  return <AdminFrame current="health">{children}</AdminFrame>;
}
