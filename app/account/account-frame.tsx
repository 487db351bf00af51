import type { ReactNode } from "react";
import { signOut } from "@/app/(auth)/sign-out";
import { ConnectionProblemHere } from "@/app/connection-problem-here";
import { AccountShell, type AccountTab } from "@/components/layout/account-shell";
import { requireOrganizer } from "@/lib/auth/guards";

/** The shell around an organizer's page. Each section's layout says which tab it is under. */
export async function AccountFrame({ current, children }: { current?: AccountTab; children: ReactNode }) {
  const { name, handle, email, role } = await requireOrganizer();
  return (
    <AccountShell person={{ name, handle, email }} role={role} current={current} signOut={signOut}>
      <ConnectionProblemHere />
      {children}
    </AccountShell>
  );
}
