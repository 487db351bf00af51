import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EmbeddingPage } from "@/components/embedding/embedding-page";
import { requireOrganizer } from "@/lib/auth/guards";
import type { SearchParams } from "@/lib/booking-page/picker-query";
import { getEventType } from "@/lib/event-types/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface EmbeddingProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("event-types", await getLocale())("embed.title") };
}

export default async function OwnEmbeddingPage({ params, searchParams }: EmbeddingProps) {
  const { id } = await params;
  const organizer = await requireOrganizer();
  const eventType = (await getEventType(organizer.scope, id)) ?? notFound();
  return (
    <EmbeddingPage
      eventType={eventType}
      owner={organizer}
      editorHref={`/account/event-types/${id}`}
      query={await searchParams}
    />
  );
}
