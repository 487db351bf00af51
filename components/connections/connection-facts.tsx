import { use } from "react";
import { type Clockwork, formatMoment, Moment } from "@/components/connections/moment";
import { KeyValueList } from "@/components/ui/key-value-list";
import type { ConnectionView } from "@/lib/connections/queries";
import type { TeamsUse } from "@/lib/connections/usage";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface ConnectionFactsProps {
  connection: ConnectionView;
  use: TeamsUse;
  /** The organizer chose that nothing is written to their calendar. */
  isReadOnly: boolean;
  /** When a mail last asked the organizer back. */
  notifiedAt: Date | null;
  clockwork: Clockwork;
}

/** What is known about a connection. */
export function ConnectionFacts({
  connection,
  use: teamsUse,
  isReadOnly,
  notifiedAt,
  clockwork,
}: ConnectionFactsProps) {
  const locale = use(getLocale());
  const words = translator("connections", locale);
  const { accountEmail, accountKind, managed, state, works: working, teamsAvailable } = connection;
  const isAskedBack = state === "reconnect_needed";
  const kind = words(managed ? "facts.managed" : accountKind === "work" ? "facts.work" : "facts.personal");
  const account = { term: words("facts.account"), detail: isAskedBack && accountEmail ? accountEmail : kind };
  const works = [
    {
      term: words("facts.calendar"),
      detail: words(
        working?.reason === "no_mailbox"
          ? "facts.calendarMissing"
          : working?.reason === "read_only"
            ? "facts.calendarReadOnly"
            : isReadOnly
              ? "facts.calendarRead"
              : "facts.calendarWorks",
      ),
    },
    {
      term: words("facts.teams"),
      detail: words(
        !teamsAvailable ? "facts.teamsMissing" : isReadOnly ? "facts.teamsUnused" : "facts.teamsWorks",
      ),
    },
  ];
  const waiting = {
    term: words("facts.waiting"),
    detail: words("facts.waitingMeetings", { count: teamsUse.waitingMeetings }),
  };
  const notified = notifiedAt && {
    term: words("facts.notified"),
    detail: words("facts.notifiedByMail", { moment: formatMoment(notifiedAt, clockwork, locale) }),
  };
  const usedBy = {
    term: words("facts.usedBy"),
    detail: <a href="/account/event-types">{words("facts.eventTypes", { count: teamsUse.eventTypes })}</a>,
  };
  const moment = (at: Date | null) => (at ? <Moment at={at} clockwork={clockwork} /> : words("facts.never"));
  return (
    <KeyValueList
      items={[
        account,
        ...(working ? works : []),
        { term: words("facts.lastVerified"), detail: moment(connection.lastVerifiedAt) },
        { term: words("facts.lastUsed"), detail: moment(connection.lastUsedAt) },
        usedBy,
        ...(teamsUse.waitingMeetings > 0 ? [waiting] : []),
        ...(isAskedBack && notified ? [notified] : []),
      ]}
    />
  );
}
