import type { ReactNode } from "react";
import { AdminFrame } from "@/app/admin/admin-frame";

export default function BrandLayout({ children }: { children: ReactNode }) {
  return <AdminFrame current="setup">{children}</AdminFrame>;
}
