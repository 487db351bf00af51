/** Mailboxes that an organization lets this server open by itself: what a test of one finds. */
import { ProviderError } from "@/lib/meetings/provider";
import type { AccountFacts, Identity, ManagedStatus } from "@/lib/meetings/sign-in-port";
import { readAccount } from "@/lib/meetings/teams/account";
import { callGraphAs } from "@/lib/meetings/teams/graph";
import { applicationScopes } from "@/lib/registration/scopes";

const timeoutMs = 15_000;

/** No meeting has this address: looking for it shows whether meetings may be looked for. */
const noMeeting = "https://teams.microsoft.com/l/meetup-join/bellhop-tests-the-policy";

/** Tries the calendar, and whether Teams meetings may be set up. Throws `ProviderError` when Microsoft does not answer. */
export async function testManaged(
  identity: Identity,
  token: string,
): Promise<{ status: Exclude<ManagedStatus, "unavailable">; account: AccountFacts }> {
  const grant = { asked: applicationScopes, granted: applicationScopes };
  const account = await readAccount({ ...identity, managed: true }, token, grant, "sync");
  if (account.reason === "calendar_denied") return { status: "refused", account };
  if (account.reason === "no_mailbox") return { status: "no_mailbox", account };
  if (!account.teamsAvailable) return { status: "no_teams", account };
  return { status: (await mayLookForMeetings(identity, token)) ? "allowed" : "no_teams_policy", account };
}

/** Needs a Teams application access policy besides the permission (Microsoft: cloud-communication-online-meeting-application-access-policy). */
async function mayLookForMeetings(identity: Identity, token: string): Promise<boolean> {
  const limits = { priority: "sync", deadline: Date.now() + timeoutMs } as const;
  const query = { $filter: `JoinWebUrl eq '${noMeeting}'` };
  try {
    const call = { method: "GET", path: "/me/onlineMeetings", query } as const;
    await callGraphAs({ ...identity, token, managed: true }, limits, call);
    return true;
  } catch (error) {
    if (!(error instanceof ProviderError) || error.details.status === undefined) throw error;
    if (error.code === "throttled" || error.details.status >= 500) throw error;
    // That there is none such is said with a 400.
    return error.details.status !== 403;
  }
}
