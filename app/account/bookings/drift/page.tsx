import type { Metadata } from "next";
import { z } from "zod";
import { answer } from "@/app/account/bookings/drift/actions";
import { DriftCard } from "@/components/organizer-bookings/drift-card";
import { EmptyState } from "@/components/ui/empty-state";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { requireOrganizer } from "@/lib/auth/guards";
import { listDrifts } from "@/lib/calendar-sync/drift";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("bookings", await getLocale());
  return { title: words("drift.title") };
}

const refusals = z.enum(["taken", "past", "not_open"]);

interface DriftPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The inbox of what differs between bookings and calendar. */
export default async function DriftPage({ searchParams }: DriftPageProps) {
  const words = translator("bookings", await getLocale());
  const { scope } = await requireOrganizer();
  const refused = refusals.safeParse((await searchParams).refused).data;
  const [drifts, timeZone] = await Promise.all([listDrifts(scope), getOwnTimeZone(scope)]);
  return (
    <>
      <PageHead
        back={{ href: "/account/bookings", label: words("title") }}
        title={words("drift.title")}
        lead={words("drift.lead", { count: drifts.length })}
      />
      <div className="grid max-w-[46rem] gap-5">
        {refused && (
          <Note tone="danger" role="alert">
            <p>{words(`drift.refused.${refused}`)}</p>
          </Note>
        )}
        {drifts.map((drift) => (
          <DriftCard key={drift.id} drift={drift} timeZone={timeZone} answer={answer} />
        ))}
        {drifts.length === 0 && (
          <Panel>
            <EmptyState title={words("drift.emptyTitle")}>
              <p>{words("drift.emptyText")}</p>
            </EmptyState>
          </Panel>
        )}
      </div>
    </>
  );
}
