import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { makeLink, takeLinkBack } from "@/app/account/event-types/[id]/links/actions";
import { BookingLinks } from "@/components/event-types/booking-links";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { listBookingLinks } from "@/lib/booking/booking-links";
import { getEventType } from "@/lib/event-types/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("event-types", await getLocale());
  return { title: words("links.title") };
}

export default async function LinksPage({ params }: { params: Promise<{ id: string }> }) {
  const words = translator("event-types", await getLocale());
  const { id } = await params;
  const organizer = await requireOrganizer(`/account/event-types/${id}/links`);
  const eventType = (await getEventType(organizer.scope, id)) ?? notFound();
  const links = await listBookingLinks(organizer.scope, id);
  return (
    <>
      <PageHead
        title={words("links.title")}
        lead={words(eventType.requiresLink ? "links.leadOnly" : "links.lead", { title: eventType.title })}
        back={{ href: `/account/event-types/${id}`, label: eventType.title }}
      />
      <BookingLinks links={links} make={makeLink} takeBack={takeLinkBack} fields={{ eventTypeId: id }} />
    </>
  );
}
