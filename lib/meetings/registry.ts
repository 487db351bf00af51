import type { MeetingProvider } from "@/lib/meetings/provider";
import { teamsProvider } from "@/lib/meetings/teams/adapter";

/** Names of the providers, as connections and event types store them. */
export type ProviderName = "teams";

const providers: Record<ProviderName, MeetingProvider> = { teams: teamsProvider };

/** The provider of a name. */
export function providerFor(name: ProviderName): MeetingProvider {
  return providers[name];
}
