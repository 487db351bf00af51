import type { Metadata } from "next";
import { use } from "react";
import { confirmVisit } from "@/app/confirm/[token]/actions";
import { AppointmentTime } from "@/components/booking-page/appointment-time";
import { capabilityPage } from "@/components/booking-page/capability-page";
import { NoticePage } from "@/components/layout/notice-page";
import { houseOf, PublicShell } from "@/components/layout/public-shell";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { Panel } from "@/components/ui/panel";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { AskedVisitor } from "@/lib/booking/confirm";
import { readVisitor } from "@/lib/booking-page/visitor";
import type { BookingView } from "@/lib/booking-record/queries";
import { dayAndTime } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { askedVisitorOfPage } from "@/lib/reader/page-bookings";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("booking", await getLocale());
  return { ...capabilityPage, title: words("confirm.title") };
}

interface ConfirmPageProps {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ wait?: string }>;
}

/** Shows what a mailed link would confirm. Only the button confirms: programs that follow links in mails change nothing. */
export default async function ConfirmPage({ params, searchParams }: ConfirmPageProps) {
  const locale = await getLocale();
  const words = translator("booking", locale);
  const { token } = await params;
  const asked = await askedVisitorOfPage(token);
  if (!asked) return <NoticePage title={words("confirm.lost.title")} lead={words("confirm.lost.lead")} />;
  if (asked.state !== "open") return <Settled asked={asked} />;
  const { booking } = asked;
  const { wait } = await searchParams;
  const { clock } = await readVisitor(booking.visitor.locale);
  const { organizer, visitor, startsAt, title, guests } = booking;
  const until = dayAndTime(booking.confirmBy ?? startsAt, visitor.timeZone, clock, locale);
  return (
    <PublicShell {...houseOf(booking)} bar skip={translator("common", locale)("skip.form")}>
      <div className="wide w-full py-6 md:py-14">
        <Panel className="mx-auto grid max-w-[36rem] gap-6">
          <div>
            <h1>{words("confirm.heading")}</h1>
            <p className="mt-2 text-muted wrap-anywhere">
              {words("confirm.lead", { email: visitor.email, ...until })}
            </p>
          </div>
          {wait && (
            <Note tone="danger" role="alert" title={words("confirm.busy")}>
              {words("confirm.busyHint", { minutes: Number(wait) || 1 })}
            </Note>
          )}
          <div className="grid gap-2">
            <p className="font-semibold">{words("visit.title", { title, name: organizer.name })}</p>
            <AppointmentTime
              booking={booking}
              visitorZone={visitor.timeZone}
              organizer={organizer}
              coHosts={booking.coHosts}
              clock={clock}
            />
          </div>
          <p>
            {words("confirm.next", {
              name: organizer.name,
              approval: String(asked.needsApproval),
              guests: guests.length,
            })}
          </p>
          <PostForm action={confirmVisit} fields={{ token }} className="grid gap-4">
            <SubmitButton kind="primary" workingLabel={words("confirm.working")}>
              {words("confirm.submit")}
            </SubmitButton>
            <p className="text-sm text-muted">{words("confirm.not")}</p>
          </PostForm>
        </Panel>
      </div>
    </PublicShell>
  );
}

/** The link has done its work, or came too late. */
function Settled({ asked: { booking, state } }: { asked: AskedVisitor }) {
  const words = translator("booking", use(getLocale()));
  const key = state === "open" || (state === "done" && booking.awaits === "organizer") ? "requested" : state;
  const values = { name: booking.organizer.name, email: booking.visitor.email };
  return (
    <NoticePage title={words(`confirm.${key}.title`)} lead={words(`confirm.${key}.lead`, values)}>
      {state === "done" ? null : <ButtonLink href={pageOf(booking)}>{words("visit.again")}</ButtonLink>}
    </NoticePage>
  );
}

function pageOf({ organizer, eventType }: BookingView): string {
  return eventType ? `/${organizer.handle}/${eventType.slug}` : `/${organizer.handle}`;
}
