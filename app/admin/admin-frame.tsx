import type { ReactNode } from "react";
import { signOut } from "@/app/(auth)/sign-out";
import { askAdministrator } from "@/app/account/integrations/actions";
import { ConnectionProblemBanner } from "@/components/connections/connection-problem";
import { WhileInAddress } from "@/components/connections/while-in-address";
import { AdminShell, type AdminTab } from "@/components/layout/admin-shell";
import { currentPath, requireAdmin } from "@/lib/auth/guards";
import { readConnectionProblem, withConnectionProblem } from "@/lib/connections/connect-return";

/** The house around a platform admin's page. Each section says which tab it is under. */
export async function AdminFrame({ current, children }: { current: AdminTab; children: ReactNode }) {
  const { name, handle, email } = await requireAdmin();
  const path = await currentPath();
  const problem = readConnectionProblem(path);
  return (
    <AdminShell person={{ name, handle, email }} current={current} signOut={signOut}>
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
    </AdminShell>
  );
}
