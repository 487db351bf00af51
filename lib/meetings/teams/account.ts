/** What an account at Microsoft can do: found out when it is connected, in plain words, never when someone books. */
import type { z } from "zod";
import { ProviderError } from "@/lib/meetings/provider";
import type { AccountFacts, Grant, Identity } from "@/lib/meetings/sign-in-port";
import { callGraphAs } from "@/lib/meetings/teams/graph";
import { GraphError, readBody } from "@/lib/meetings/teams/graph-answer";
import { calendarSchema, offersTeams, profileSchema } from "@/lib/meetings/teams/graph-schema";
import { missingScopes, onlyReadsCalendars, requiredScopes } from "@/lib/registration/scopes";

interface Seen {
  profile: z.output<typeof profileSchema> | null;
  /** Null: Microsoft refuses to show it. */
  calendar: z.output<typeof calendarSchema> | "no_mailbox" | null;
}

const timeoutMs = 15_000;

/** Asks Graph who the account is and what its calendar can do. Throws `ProviderError` when Graph does not answer. */
export async function readAccount(
  identity: Identity,
  token: string,
  grant: Grant,
  priority: "visitor" | "sync" = "visitor",
): Promise<AccountFacts> {
  const limits = { priority, deadline: Date.now() + timeoutMs };
  const get = (path: string, $select: string) =>
    callGraphAs({ ...identity, token }, limits, { method: "GET", path, query: { $select } });
  const [profile, calendar] = await Promise.all([
    // The organization gave this server a calendar, and not its directory.
    identity.managed ? null : unlessDenied(get("/me", "mail,userPrincipalName")),
    unlessDenied(get("/me/calendar", "allowedOnlineMeetingProviders,owner"), identity.managed),
  ]);
  return judgeAccount(identity, grant, {
    profile: typeof profile === "object" && profile ? readBody(profileSchema, profile) : null,
    calendar: typeof calendar === "object" && calendar ? readBody(calendarSchema, calendar) : calendar,
  });
}

async function unlessDenied<Answer>(
  answer: Promise<Answer>,
  isNamed = false,
): Promise<Answer | "no_mailbox" | null> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.code === "access_denied") return null;
    if (error.code === "no_mailbox") return "no_mailbox";
    // Of a mailbox that is named in the address, any of Graph's own 404 says that there is none.
    if (isNamed && error instanceof GraphError && error.details.status === 404) return "no_mailbox";
    throw error;
  }
}

/** Judges what was seen. The gravest lack decides the state. */
export function judgeAccount(
  { accountKind }: Pick<Identity, "accountKind">,
  { asked, granted }: Grant,
  seen: Seen,
): AccountFacts {
  const calendar = typeof seen.calendar === "object" ? seen.calendar : null;
  const isReadOnly = onlyReadsCalendars(asked);
  // A Teams meeting is made with its event.
  const teamsAvailable = !isReadOnly && accountKind === "work" && offersTeams(calendar);
  const missing = missingScopes(requiredScopes(accountKind, asked), granted);
  const facts = { accountEmail: emailOf(seen.profile, calendar), teamsAvailable };
  if (missing.length > 0) return { ...facts, state: "reconnect_needed", reason: "missing_scopes" };
  if (seen.calendar === null) return { ...facts, state: "reconnect_needed", reason: "calendar_denied" };
  if (seen.calendar === "no_mailbox") return { ...facts, state: "limited", reason: "no_mailbox" };
  if (isReadOnly) return { ...facts, state: "limited", reason: "read_only" };
  if (accountKind === "personal") return { ...facts, state: "limited", reason: "personal_account" };
  if (!teamsAvailable) return { ...facts, state: "limited", reason: "no_teams" };
  return { ...facts, state: "connected", reason: null };
}

/** `mail` may be empty, and a guest's userPrincipalName is no address (Microsoft: user resource). */
function emailOf(
  profile: z.output<typeof profileSchema> | null,
  calendar: z.output<typeof calendarSchema> | null,
): string {
  const addresses = [profile?.mail, calendar?.owner?.address, profile?.userPrincipalName];
  return addresses.find((address) => address && /^[^\s@#]+@[^\s@]+$/.test(address)) ?? "";
}
