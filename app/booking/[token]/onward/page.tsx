import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Bell } from "@/components/layout/mark";
import { houseOf, PublicShell } from "@/components/layout/public-shell";
import { ButtonLink } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { getRedirect } from "@/lib/booking-page/redirect";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { bookingOfPage } from "@/lib/reader/page-bookings";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("booking", await getLocale());
  return { title: words("onward.title") };
}

/**
 * Between booking and the organizer's own page. It is a page and no redirect: forms may lead to our own pages alone, and who
 * has booked should have seen the way to their booking.
 */
export default async function OnwardPage({ params }: { params: Promise<{ token: string }> }) {
  const words = translator("booking", await getLocale());
  const { token } = await params;
  const booking = await bookingOfPage(token);
  if (!booking) notFound();
  // A visitor who still has to confirm their address reads that first.
  const target = booking.awaits === "visitor" ? null : await getRedirect(booking.id);
  if (!target) redirect(`/booking/${token}`);
  const { name } = booking.organizer;
  return (
    <PublicShell {...houseOf(booking)} bar>
      <meta httpEquiv="refresh" content={`4;url=${target}`} />
      <div className="wide w-full py-6 md:py-14">
        <Panel className="mx-auto grid max-w-[36rem] justify-items-start gap-5">
          <Bell size={40} />
          <h1>{words("onward.title")}</h1>
          <p>{words("onward.lead", { name })}</p>
          <p className="text-sm text-muted">{words("onward.keep")}</p>
          <div className="flex flex-wrap gap-3 max-md:grid max-md:w-full">
            <ButtonLink href={target} kind="primary" rel="noreferrer">
              {words("onward.go", { site: new URL(target).host })}
            </ButtonLink>
            <ButtonLink href={`/booking/${token}`}>{words("onward.visit")}</ButtonLink>
          </div>
        </Panel>
      </div>
    </PublicShell>
  );
}
