import type { ProviderName } from "@/lib/meetings/provider";
import type { SignInPort } from "@/lib/meetings/sign-in-port";
import { teamsSignIn } from "@/lib/meetings/teams/sign-in";

const signIns: Record<ProviderName, SignInPort> = { teams: teamsSignIn };

/** The sign-in at a vendor. */
export function signInPort(name: ProviderName): SignInPort {
  return signIns[name];
}
