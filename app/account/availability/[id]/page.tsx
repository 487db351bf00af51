import type { Metadata } from "next";
import { SchedulePage } from "@/app/account/availability/schedule-page";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("availability", await getLocale())("title") };
}

interface OneSchedulePageProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParameters;
}

export default async function OneSchedulePage({ params, searchParams }: OneSchedulePageProps) {
  const { id } = await params;
  const organizer = await requireOrganizer(`/account/availability/${id}`);
  return <SchedulePage organizer={organizer} id={id} notice={await readParameter(searchParams, "notice")} />;
}
