import type { Metadata } from "next";
import { use } from "react";
import { decideByMail } from "@/app/decide/[token]/actions";
import { AppointmentTime } from "@/components/booking-page/appointment-time";
import { capabilityPage } from "@/components/booking-page/capability-page";
import { NoticePage } from "@/components/layout/notice-page";
import { houseOf, PublicShell } from "@/components/layout/public-shell";
import { ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Note } from "@/components/ui/note";
import { Panel } from "@/components/ui/panel";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { lostFormState, readLostVisit } from "@/lib/booking-page/lost-visit";
import { readVisitor } from "@/lib/booking-page/visitor";
import type { Clock } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { decisionOfPage } from "@/lib/reader/page-bookings";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("booking", await getLocale());
  return { ...capabilityPage, title: words("decide.title") };
}

interface DecidePageProps {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ wait?: string; long?: string; moved?: string }>;
}

/** Shows what a mailed link would decide. Only the button decides: programs that follow links in mails change nothing. */
export default async function DecidePage({ params, searchParams }: DecidePageProps) {
  const locale = await getLocale();
  const words = translator("booking", locale);
  const { token } = await params;
  const mailed = await decisionOfPage(token);
  if (!mailed) return <Lost />;
  const { decision, booking, isOpen } = mailed;
  if (!isOpen) return <Settled status={booking.status} name={booking.visitor.name} />;
  const { wait, long, moved } = await searchParams;
  const { clock } = await readVisitor();
  const lost = lostFormState(await readLostVisit(), locale);
  const { visitor } = booking;
  return (
    <PublicShell {...houseOf(booking)} bar skip={translator("common", locale)("skip.form")}>
      <div className="wide w-full py-6 md:py-14">
        <Panel className="mx-auto grid max-w-[36rem] gap-6">
          <div>
            <h1>{words(`decide.${decision}.title`, { name: visitor.name })}</h1>
            <p className="mt-2 text-muted">{words(`decide.${decision}.lead`, { name: visitor.name })}</p>
          </div>
          <Warnings lost={lost.message} moved={moved} wait={wait} name={visitor.name} />
          <Request booking={booking} clock={clock} />
          <DecideForm
            token={token}
            decision={decision}
            booking={booking}
            typedReason={lost.values.reason}
            isTooLong={long !== undefined}
          />
        </Panel>
      </div>
    </PublicShell>
  );
}

interface WarningsProps {
  /** Why a form came back from an older page; null if none did. */
  lost: string | null;
  moved: string | undefined;
  /** Minutes to wait after too many tries. */
  wait: string | undefined;
  name: string;
}

function Warnings({ lost, moved, wait, name }: WarningsProps) {
  const words = translator("booking", use(getLocale()));
  return (
    <>
      {lost && (
        <Note tone="warning" role="alert" title={lost}>
          {words("form.renewedHint")}
        </Note>
      )}
      {moved && (
        <Note tone="warning" role="alert" title={words("decide.moved", { name })}>
          {words("decide.movedHint")}
        </Note>
      )}
      {wait && (
        <Note tone="danger" role="alert" title={words("decide.busy")}>
          {words("cancelPage.busyHint", { minutes: Number(wait) || 1 })}
        </Note>
      )}
    </>
  );
}

type MailedDecision = NonNullable<Awaited<ReturnType<typeof decisionOfPage>>>;

function Request({ booking, clock }: { booking: MailedDecision["booking"]; clock: Clock }) {
  const { title, organizer, visitor } = booking;
  return (
    <div className="grid gap-2">
      <p className="font-semibold">{title}</p>
      <p>
        {visitor.name}, <span className="wrap-anywhere">{visitor.email}</span>
      </p>
      <AppointmentTime
        booking={booking}
        visitorZone={organizer.timeZone}
        organizer={{ name: visitor.name, timeZone: visitor.timeZone }}
        clock={clock}
      />
    </div>
  );
}

interface DecideFormProps extends Pick<MailedDecision, "decision" | "booking"> {
  token: string;
  typedReason: string | undefined;
  isTooLong: boolean;
}

function DecideForm({ token, decision, booking, typedReason, isTooLong }: DecideFormProps) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  return (
    <PostForm
      action={decideByMail}
      fields={{ token, revision: String(booking.rescheduleCount) }}
      className="grid gap-5"
    >
      {decision === "decline" && (
        <Field
          id="reason"
          label={words("decide.reason", { name: booking.visitor.name })}
          optional={translator("common", locale)("optional")}
          error={isTooLong && words("cancelPage.tooLong")}
        >
          {(control) => (
            <Textarea {...control} name="reason" rows={3} maxLength={1000} defaultValue={typedReason} />
          )}
        </Field>
      )}
      <div className="grid gap-3 md:flex md:justify-end">
        <ButtonLink href={`/account/bookings/${booking.id}`}>{words("decide.open")}</ButtonLink>
        <SubmitButton
          kind={decision === "decline" ? "danger-fill" : "primary"}
          workingLabel={words(`decide.${decision}.working`)}
        >
          {words(`decide.${decision}.submit`)}
        </SubmitButton>
      </div>
    </PostForm>
  );
}

/** The decision was made, by this link or otherwise. */
function Settled({
  status,
  name,
}: {
  status: "pending" | "confirmed" | "declined" | "cancelled";
  name: string;
}) {
  const words = translator("booking", use(getLocale()));
  return (
    <NoticePage
      title={words(`decide.settled.${status}.title`)}
      lead={words(`decide.settled.${status}.lead`, { name })}
    >
      <ButtonLink href="/account/bookings">{words("decide.bookings")}</ButtonLink>
    </NoticePage>
  );
}

function Lost() {
  const words = translator("booking", use(getLocale()));
  return (
    <NoticePage title={words("decide.lost.title")} lead={words("decide.lost.lead")}>
      <ButtonLink href="/account/bookings">{words("decide.bookings")}</ButtonLink>
    </NoticePage>
  );
}
