import type { Metadata } from "next";
import { SchedulePage } from "@/app/account/availability/schedule-page";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("availability", await getLocale())("title") };
}

export default async function AvailabilityPage({ searchParams }: { searchParams: SearchParameters }) {
  const { scope, handle } = await requireOrganizer("/account/availability");
  return <SchedulePage organizer={{ scope, handle }} notice={await readParameter(searchParams, "notice")} />;
}
