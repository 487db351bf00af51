import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { use } from "react";
import { askAdministrator, stopWaiting } from "@/app/account/integrations/actions";
import { LookAgain } from "@/components/connections/look-again";
import type { Clockwork } from "@/components/connections/moment";
import { formatMoment } from "@/components/connections/moment";
import { ShareLink } from "@/components/connections/share-link";
import { copyWords } from "@/components/layout/copy-words";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { requireOrganizer } from "@/lib/auth/guards";
import { readClock } from "@/lib/booking-page/visitor";
import { type Approval, getApproval } from "@/lib/connections/approval";
import { integrationsPath } from "@/lib/connections/connect-return";
import { getConnection } from "@/lib/connections/queries";
import { longDayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";
import { localDateOf } from "@/lib/slot-engine/zone";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("connections", await getLocale());
  return { title: words("approval.page.title") };
}

/** Where an organizer waits for their administrator. It goes on to Microsoft by itself once the approval is there. */
export default async function ApprovalPage() {
  const locale = await getLocale();
  const words = translator("connections", locale);
  const organizer = await requireOrganizer(`${integrationsPath}/approval`);
  const approval = await getApproval(organizer.scope);
  if (!approval) redirect(integrationsPath);
  const [connection, timeZone] = await Promise.all([
    getConnection(organizer.scope, "teams"),
    getOwnTimeZone(organizer.scope),
  ]);
  const { pageUrl, consentUrl, expiresAt } = approval;
  const date = longDayName(localDateOf(expiresAt.getTime(), timeZone), locale);
  const mailBody = words("approval.page.mailBody", { url: pageUrl, name: organizer.name });
  const mailto = `mailto:?subject=${encodeURIComponent(words("approval.page.mailSubject"))}&body=${encodeURIComponent(mailBody)}`;
  const copy = copyWords(locale, words("approval.page.copy"));
  return (
    <>
      <PageHead
        title={words("approval.page.title")}
        lead={words("approval.page.lead")}
        back={{ href: integrationsPath, label: words("approval.page.back") }}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <div className="grid gap-6">
          <ShareLink
            id="approval-page"
            title={words("approval.page.linkTitle")}
            hint={words("approval.page.linkHint", { date })}
            url={pageUrl}
            copy={copy}
            more={<ButtonLink href={mailto}>{words("approval.page.mail")}</ButtonLink>}
          />
          <ShareLink
            id="approval-direct"
            title={words("approval.page.directTitle")}
            hint={words("approval.page.directHint")}
            url={consentUrl}
            copy={copy}
          />
        </div>
        <ApprovalStatus
          approval={approval}
          isReconnect={connection !== null}
          clockwork={{ timeZone, clock: await readClock(), now: Date.now() }}
        />
      </div>
    </>
  );
}

interface ApprovalStatusProps {
  approval: Approval;
  isReconnect: boolean;
  clockwork: Clockwork;
}

function ApprovalStatus({ approval, isReconnect, clockwork }: ApprovalStatusProps) {
  const locale = use(getLocale());
  const words = translator("connections", locale);
  const { answer, createdAt, returnTo } = approval;
  const connectHref = `/api/teams/connect?returnTo=${encodeURIComponent(returnTo)}`;
  const state = answer ?? "waiting";
  const tone = { approved: "success", declined: "danger", waiting: "calm" } as const;
  return (
    <Panel aria-labelledby="approval-status" className="grid gap-4">
      <h2 id="approval-status" className="text-lg">
        {words("approval.page.statusTitle")}
      </h2>
      <Note role="status" tone={tone[state]} title={words(`approval.${state}Title`)}>
        {answer === null
          ? words("approval.page.waiting")
          : words(`approval.${state}Text`, { moment: formatMoment(createdAt, clockwork, locale) })}
      </Note>
      <LookAgain goOnTo={answer === "approved" ? connectHref : null} />
      <p className="text-sm text-muted">{words("approval.page.unseen")}</p>
      <div className="flex flex-wrap items-center gap-3">
        <ButtonLink kind={answer === "approved" ? "primary" : "second"} href={connectHref}>
          {words(isReconnect ? "reconnect" : "connect")}
        </ButtonLink>
        {answer === "declined" && (
          <PostForm action={askAdministrator} fields={{ returnTo }}>
            <SubmitButton kind="quiet" workingLabel={words("approval.asking")}>
              {words("approval.askAgain")}
            </SubmitButton>
          </PostForm>
        )}
        <PostForm action={stopWaiting}>
          <SubmitButton kind="quiet" workingLabel={words("approval.page.givingUp")}>
            {words("approval.page.giveUp")}
          </SubmitButton>
        </PostForm>
      </div>
    </Panel>
  );
}
