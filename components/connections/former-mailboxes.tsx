import { EnvelopeSimpleIcon, PlugsIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { type Clockwork, formatMoment } from "@/components/connections/moment";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Panel } from "@/components/ui/panel";
import type { FormAction } from "@/components/ui/post-form";
import { translator } from "@/lib/i18n/translator";
import type { FormerMailboxView } from "@/lib/meetings/out-of-reach";
import { getLocale } from "@/lib/reader/locale";

interface FormerMailboxesProps {
  mailboxes: readonly FormerMailboxView[];
  /** No one can sign in while the integration is not offered. */
  canSignIn: boolean;
  clockwork: Clockwork;
  forget: FormAction;
}

/** The calendars of earlier accounts that still hold upcoming bookings, and what can be done there. */
export function FormerMailboxes({ mailboxes, ...rest }: FormerMailboxesProps) {
  const words = translator("connections", use(getLocale()));
  if (mailboxes.length === 0) return null;
  return (
    <Panel aria-labelledby="former-mailboxes" className="grid gap-4">
      <div className="grid gap-1">
        <h2 id="former-mailboxes" className="text-lg">
          {words("former.title")}
        </h2>
        <p className="text-sm text-muted">{words("former.lead")}</p>
      </div>
      <ul className="grid gap-5">
        {mailboxes.map((mailbox) => (
          <li key={mailbox.id} className="grid gap-2.5 border-t border-hairline pt-4">
            <FormerMailbox mailbox={mailbox} {...rest} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function FormerMailbox({
  mailbox,
  canSignIn,
  clockwork,
  forget,
}: Omit<FormerMailboxesProps, "mailboxes"> & { mailbox: FormerMailboxView }) {
  const words = translator("connections", use(getLocale()));
  const { id, isOpen, choice, bookings: count, stale } = mailbox;
  const email = mailbox.email || words("former.unknown");
  const badge = isOpen ? (choice === "move" ? "moving" : "kept") : "outOfReach";
  const openness = isOpen ? (choice === "move" ? "openMove" : "openKeep") : "closed";
  const said = words(`former.${openness}`, { count });
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 font-strong wrap-anywhere">
        {email}
        <Badge tone={isOpen ? "calm" : "warning"} glyph={isOpen ? EnvelopeSimpleIcon : PlugsIcon}>
          {words(`former.${badge}`)}
        </Badge>
      </p>
      {said && <p className="text-sm">{said}</p>}
      {stale.length > 0 && <StaleEvents stale={stale} email={email} clockwork={clockwork} />}
      <div className="flex flex-wrap items-center gap-3">
        {!isOpen && canSignIn && (
          <ButtonLink href="/api/teams/connect?account=select">
            {words("former.signIn", { email })}
          </ButtonLink>
        )}
        {isOpen && (
          <Confirm
            trigger={words("former.forget")}
            triggerLook={{ kind: "quiet-danger" }}
            title={words("former.forgetTitle", { email })}
            keepLabel={words("former.forgetKeep")}
            confirmLabel={words("former.forget")}
            workingLabel={words("former.forgetting")}
            action={forget}
            fields={{ mailboxId: id }}
          >
            <p>{words("former.forgetText", { count })}</p>
          </Confirm>
        )}
      </div>
    </>
  );
}

interface StaleEventsProps
  extends Pick<FormerMailboxView, "stale" | "email">,
    Pick<FormerMailboxesProps, "clockwork"> {}

/** Events that no longer match their bookings and can't be changed from here. */
function StaleEvents({ stale, email, clockwork }: StaleEventsProps) {
  const locale = use(getLocale());
  const words = translator("connections", locale);
  return (
    <div className="grid gap-1.5 text-sm">
      <p>{words("former.stale", { count: stale.length })}</p>
      <ul className="grid gap-1">
        {stale.map(({ bookingId, title, visitorName, startsAt }) => (
          <li key={bookingId} className="wrap-anywhere">
            <a href={`/account/bookings/${bookingId}`} className="inline-flex min-h-6 items-center">
              {words("former.staleEvent", {
                title,
                name: visitorName,
                when: formatMoment(startsAt, clockwork, locale),
              })}
            </a>
          </li>
        ))}
      </ul>
      <p className="text-muted">{words("former.way", { email, count: stale.length })}</p>
    </div>
  );
}
