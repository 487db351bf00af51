import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { cancelVisit } from "@/app/booking/[token]/cancel/actions";
import { AppointmentTime } from "@/components/booking-page/appointment-time";
import { CancelForm } from "@/components/booking-page/cancel-form";
import { houseOf, PublicShell } from "@/components/layout/public-shell";
import { Panel } from "@/components/ui/panel";
import { lostFormState, readLostVisit } from "@/lib/booking-page/lost-visit";
import { readVisitor } from "@/lib/booking-page/visitor";
import { visitorMay } from "@/lib/booking-record/change-policy";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { bookingOfPage } from "@/lib/reader/page-bookings";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("booking", await getLocale());
  return { title: words("cancelPage.title") };
}

interface CancelPageProps {
  params: Promise<{ token: string }>;
}

export default async function CancelPage({ params }: CancelPageProps) {
  const locale = await getLocale();
  const words = translator("booking", locale);
  const { token } = await params;
  const booking = await bookingOfPage(token);
  if (!booking) notFound();
  const { changePolicy } = booking;
  if (visitorMay("cancel", booking, changePolicy, Date.now()) !== "yes") redirect(`/booking/${token}`);
  const { clock } = await readVisitor(booking.visitor.locale);
  const common = translator("common", locale);
  const { organizer, visitor, title } = booking;
  const name = organizer.name;
  return (
    <PublicShell {...houseOf(booking)} bar skip={common("skip.form")}>
      <div className="wide w-full py-6 md:py-14">
        <Panel className="mx-auto grid max-w-[36rem] gap-6">
          <div>
            <h1>{words("cancelPage.title")}</h1>
            <p className="mt-2 text-muted">
              {words(booking.awaits === "visitor" ? "cancelPage.leadUnconfirmed" : "cancelPage.lead", {
                name,
              })}
            </p>
          </div>
          <div className="grid gap-2">
            <p className="font-semibold">{words("visit.title", { title, name })}</p>
            <AppointmentTime
              booking={booking}
              visitorZone={visitor.timeZone}
              organizer={organizer}
              coHosts={booking.coHosts}
              clock={clock}
            />
          </div>
          <CancelForm
            action={cancelVisit}
            initial={lostFormState(await readLostVisit(), locale)}
            token={token}
            bookingId={booking.id}
            reason={changePolicy.reason}
            words={{
              reason: words("cancelPage.reason", { name }),
              reasonHint: words("cancelPage.reasonHint"),
              optional: common("optional"),
              keep: words("cancelPage.keep"),
              submit: words("cancelPage.submit"),
              working: words("cancelPage.working"),
            }}
          />
        </Panel>
      </div>
    </PublicShell>
  );
}
