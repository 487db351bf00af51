import type { ReactNode } from "react";
import { AdminFrame } from "@/app/admin/admin-frame";

export default function AuditLayout({ children }: { children: ReactNode }) {
  return <AdminFrame current="audit">{children}</AdminFrame>;
}
