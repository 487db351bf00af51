import { Instant } from "@/components/accounts/instant";
import { KeyValueList } from "@/components/ui/key-value-list";
import type { ConnectionView } from "@/lib/connections/queries";
import { translator } from "@/lib/i18n/translator";
import type { TeamsUse } from "@/lib/meetings/usage";

const words = translator("connections");

const moment = (at: Date | null) => (at ? <Instant at={at} /> : words("facts.never"));

/** What is known about a connection. */
export function ConnectionFacts({ connection, use }: { connection: ConnectionView; use: TeamsUse }) {
  const { accountEmail, accountKind, state, reason, teamsAvailable, missingScopes } = connection;
  const isEnded = state === "reconnect_needed";
  const kind = words(accountKind === "work" ? "facts.work" : "facts.personal");
  const account = { term: words("facts.account"), detail: isEnded && accountEmail ? accountEmail : kind };
  const works = [
    {
      term: words("facts.calendar"),
      detail: words(reason === "no_mailbox" ? "facts.calendarMissing" : "facts.calendarWorks"),
    },
    { term: words("facts.teams"), detail: words(teamsAvailable ? "facts.teamsWorks" : "facts.teamsMissing") },
  ];
  const missing = { term: words("facts.missing"), detail: missingScopes.join(", ") };
  const waiting = {
    term: words("facts.waiting"),
    detail: words("facts.waitingMeetings", { count: use.waitingMeetings }),
  };
  const usedBy = {
    term: words("facts.usedBy"),
    detail: <a href="/account/event-types">{words("facts.eventTypes", { count: use.eventTypes })}</a>,
  };
  return (
    <KeyValueList
      items={[
        account,
        ...(isEnded ? [] : works),
        ...(missingScopes.length > 0 ? [missing] : []),
        { term: words("facts.lastVerified"), detail: moment(connection.lastVerifiedAt) },
        { term: words("facts.lastUsed"), detail: moment(connection.lastUsedAt) },
        usedBy,
        ...(use.waitingMeetings > 0 ? [waiting] : []),
      ]}
    />
  );
}
