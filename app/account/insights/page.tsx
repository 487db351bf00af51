import type { Metadata } from "next";
import { InsightsPanels } from "@/components/insights/insights-panels";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { readOwnInsights } from "@/lib/insights/figures";
import { periodOf, readWeekCount } from "@/lib/insights/period";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";

interface InsightsPageProps {
  searchParams: Promise<{ weeks?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("bookings", await getLocale())("insights.title") };
}

export default async function InsightsPage({ searchParams }: InsightsPageProps) {
  const words = translator("bookings", await getLocale());
  const { scope } = await requireOrganizer("/account/insights");
  const weeks = readWeekCount([(await searchParams).weeks].flat()[0]);
  const period = periodOf(weeks, await getOwnTimeZone(scope), Date.now());
  const insights = await readOwnInsights(scope, period);
  return (
    <>
      <PageHead
        back={{ href: "/account/bookings", label: words("title") }}
        title={words("insights.title")}
        lead={words("insights.about")}
      />
      <InsightsPanels
        insights={insights}
        period={period}
        hrefOf={(count) => `/account/insights?weeks=${count}`}
        exportOf={(table) => `/account/insights/export?weeks=${weeks}&table=${table}`}
        hasHosts={insights.hosts.length > 1}
      />
    </>
  );
}
