import { use } from "react";
import { Confirm } from "@/components/ui/confirm";
import type { FormAction } from "@/components/ui/post-form";
import type { ConnectionView } from "@/lib/connections/queries";
import type { TeamsUse } from "@/lib/connections/usage";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** Where Microsoft lists the apps that an account has allowed. */
const grantPages = {
  work: "https://myapps.microsoft.com/",
  personal: "https://account.live.com/consent/Manage",
};

interface DisconnectTeamsProps {
  connection: ConnectionView;
  use: TeamsUse;
  action: FormAction;
}

/** The button that ends the connection, and the question before it. */
export function DisconnectTeams({ connection, use: teamsUse, action }: DisconnectTeamsProps) {
  const words = translator("connections", use(getLocale()));
  const email = connection.accountEmail || words("disconnect.thisAccount");
  const { upcomingBookings, waitingMeetings, eventTypes } = teamsUse;
  return (
    <Confirm
      trigger={words("disconnect.trigger")}
      triggerLook={{ kind: "quiet-danger" }}
      title={words("disconnect.title")}
      keepLabel={words("disconnect.keep")}
      confirmLabel={words("disconnect.confirm")}
      workingLabel={words("disconnect.working")}
      action={action}
    >
      <p>
        {words("disconnect.keys", { email })} {words("disconnect.meetings", { count: upcomingBookings })}
      </p>
      {waitingMeetings > 0 && <p>{words("disconnect.waiting", { count: waitingMeetings })}</p>}
      {eventTypes > 0 && <p>{words("disconnect.eventTypes", { count: eventTypes })}</p>}
      <p className="text-muted">
        {connection.managed
          ? words("disconnect.managed")
          : words.rich("disconnect.grant", {
              kind: connection.accountKind,
              link: (text) => (
                <a href={grantPages[connection.accountKind]} rel="noreferrer">
                  {text}
                </a>
              ),
            })}
      </p>
    </Confirm>
  );
}
