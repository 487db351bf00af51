import type { ReactNode } from "react";
import { signOut } from "@/app/(auth)/sign-out";
import { askAdministrator } from "@/app/account/integrations/actions";
import { ConnectionProblemBanner } from "@/components/connections/connection-problem";
import { WhileInAddress } from "@/components/connections/while-in-address";
import { AccountShell, type AccountTab } from "@/components/layout/account-shell";
import { currentPath, requireOrganizer } from "@/lib/auth/guards";
import { readConnectionProblem, withConnectionProblem } from "@/lib/connections/connect-return";

/** The house around an organizer's page. Each section's layout says which tab it is under. */
export async function AccountFrame({ current, children }: { current?: AccountTab; children: ReactNode }) {
  const { name, handle, email, role } = await requireOrganizer();
  const path = await currentPath();
  const problem = readConnectionProblem(path);
  return (
    <AccountShell person={{ name, handle, email }} role={role} current={current} signOut={signOut}>
      {problem && (
        <WhileInAddress name="connectionError">
          <ConnectionProblemBanner
            problem={problem}
            askForApproval={askAdministrator}
            returnTo={withConnectionProblem(path, null)}
          />
        </WhileInAddress>
      )}
      {children}
    </AccountShell>
  );
}
