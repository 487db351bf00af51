import type { ReactNode } from "react";
import { signOut } from "@/app/(auth)/sign-out";
import { AccountShell, type AccountTab } from "@/components/layout/account-shell";
import type { Organizer } from "@/lib/auth/guards";

interface AccountPageProps {
  organizer: Organizer;
  current?: AccountTab;
  children: ReactNode;
}

/** The organizer's house around a page that knows who is signed in. */
export function AccountPage({ organizer, current, children }: AccountPageProps) {
  return (
    <AccountShell person={organizer} role={organizer.role} current={current} signOut={signOut}>
      {children}
    </AccountShell>
  );
}
