import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccountFrame } from "@/app/account/account-frame";
import { makeTeamLink, takeTeamLinkBack } from "@/app/account/teams/event-type-actions";
import { requireTeam } from "@/app/account/teams/require-team";
import { BookingLinks } from "@/components/event-types/booking-links";
import { PageHead } from "@/components/ui/page-head";
import { listBookingLinks } from "@/lib/booking/booking-links";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getTeamEventType } from "@/lib/teams/event-types";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("event-types", await getLocale());
  return { title: words("links.title") };
}

interface TeamLinksPageProps {
  params: Promise<{ id: string; eventTypeId: string }>;
}

export default async function TeamLinksPage({ params }: TeamLinksPageProps) {
  const words = translator("event-types", await getLocale());
  const { id, eventTypeId } = await params;
  const path = `/account/teams/${id}/event-types/${eventTypeId}`;
  const { team } = await requireTeam(id, `${path}/links`);
  const eventType = (team.manages && (await getTeamEventType(team, eventTypeId))) || notFound();
  const links = await listBookingLinks(team, eventTypeId);
  return (
    <AccountFrame teamId={id}>
      <PageHead
        title={words("links.title")}
        lead={words(eventType.requiresLink ? "links.leadOnly" : "links.lead", { title: eventType.title })}
        back={{ href: path, label: eventType.title }}
      />
      <BookingLinks
        links={links}
        make={makeTeamLink}
        takeBack={takeTeamLinkBack}
        fields={{ teamId: id, eventTypeId }}
      />
    </AccountFrame>
  );
}
