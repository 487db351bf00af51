import type { ReactNode } from "react";
import { signOut } from "@/app/(auth)/sign-out";
import { AccountShell, type AccountTab } from "@/components/layout/account-shell";
import { requireOrganizer } from "@/lib/auth/guards";

/** The house around an organizer's page. Each section's layout says which tab it is under. */
export async function AccountFrame({ current, children }: { current?: AccountTab; children: ReactNode }) {
  const { name, handle, email, role } = await requireOrganizer();
  return (
    <AccountShell person={{ name, handle, email }} role={role} current={current} signOut={signOut}>
      {children}
    </AccountShell>
  );
}
