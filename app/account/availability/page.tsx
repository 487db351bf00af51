import type { Metadata } from "next";
import { SchedulePage } from "@/app/account/availability/schedule-page";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";

export const metadata: Metadata = { title: translator("availability")("title") };

export default async function AvailabilityPage({ searchParams }: { searchParams: SearchParameters }) {
  const { scope, handle } = await requireOrganizer("/account/availability");
  return <SchedulePage organizer={{ scope, handle }} notice={await readParameter(searchParams, "notice")} />;
}
