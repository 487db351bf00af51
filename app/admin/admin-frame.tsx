import type { ReactNode } from "react";
import { signOut } from "@/app/(auth)/sign-out";
import { ConnectionProblemHere } from "@/app/connection-problem-here";
import { AdminShell, type AdminTab } from "@/components/layout/admin-shell";
import { requireAdmin } from "@/lib/auth/guards";

/** The shell around a platform admin's page. Each section says which tab it is under. */
export async function AdminFrame({ current, children }: { current: AdminTab; children: ReactNode }) {
  const { name, handle, email } = await requireAdmin();
  return (
    <AdminShell person={{ name, handle, email }} current={current} signOut={signOut}>
      <ConnectionProblemHere />
      {children}
    </AdminShell>
  );
}
