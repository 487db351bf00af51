import type { ConferencePort } from "@/lib/meetings/conference-port";
import { teamsConference } from "@/lib/meetings/teams/conference";

/** The vendors that host meetings. */
export type ConferenceProvider = "teams";

const conferences: Record<ConferenceProvider, ConferencePort> = { teams: teamsConference };

/** The meetings of a vendor. */
export function conferencePort(name: ConferenceProvider): ConferencePort {
  return conferences[name];
}
