import { askAdministrator } from "@/app/account/integrations/actions";
import { ConnectionProblemBanner } from "@/components/connections/connection-problem";
import { WhileInAddress } from "@/components/connections/while-in-address";
import { currentPath } from "@/lib/auth/guards";
import { readConnectionProblem, withConnectionProblem } from "@/lib/connections/connect-return";

/** What went wrong on the way to Microsoft and back, above the page that it started from; nothing where nothing did. */
export async function ConnectionProblemHere() {
  const path = await currentPath();
  const problem = readConnectionProblem(path);
  if (!problem) return null;
  return (
    <WhileInAddress name="connectionError">
      <ConnectionProblemBanner
        problem={problem}
        askForApproval={askAdministrator}
        returnTo={withConnectionProblem(path, null)}
      />
    </WhileInAddress>
  );
}
