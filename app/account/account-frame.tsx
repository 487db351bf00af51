import type { ReactNode } from "react";
import { signOut } from "@/app/(auth)/sign-out";
import { ConnectionProblemHere } from "@/app/connection-problem-here";
import { AccountShell, type AccountTab } from "@/components/layout/account-shell";
import { KeepDay } from "@/components/offline/keep-day";
import { requireOrganizer } from "@/lib/auth/guards";
import { listTeams } from "@/lib/teams/teams";

interface AccountFrameProps {
  current?: AccountTab;
  /** The team whose pages these are. */
  teamId?: string;
  children: ReactNode;
}

/** The shell around an organizer's page. Each section's layout says which tab it is under. */
export async function AccountFrame({ current, teamId, children }: AccountFrameProps) {
  const { name, handle, email, role, scope } = await requireOrganizer();
  const teams = await listTeams(scope);
  return (
    <AccountShell
      person={{ name, handle, email }}
      role={role}
      signOut={signOut}
      {...{ current, teams, teamId }}
    >
      <KeepDay owner={handle} />
      <ConnectionProblemHere />
      {children}
    </AccountShell>
  );
}
