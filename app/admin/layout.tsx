import type { ReactNode } from "react";
import { requireAdmin } from "@/lib/auth/guards";

/** For anyone but a platform admin nothing below is there. The house itself is drawn by each section. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requireAdmin();
  return children;
}
