import type { Metadata } from "next";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { FleetTable } from "@/components/admin/fleet-table";
import { ButtonLink } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { requireAdmin } from "@/lib/auth/guards";
import { countFleet, listFleet } from "@/lib/connections/fleet";
import { translator } from "@/lib/i18n/translator";

const words = translator("admin");

export const metadata: Metadata = { title: words("connections.title") };

const pageSize = 50;

export default async function ConnectionsPage({ searchParams }: { searchParams: SearchParameters }) {
  await requireAdmin();
  const page = readPage(await readParameter(searchParams, "page"));
  const [counts, entries] = await Promise.all([
    countFleet(),
    listFleet({ skip: (page - 1) * pageSize, take: pageSize }),
  ]);
  const organizers = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <PageHead
        title={words("connections.title")}
        lead={words("connections.lead", { organizers, needing: counts.reconnect_needed })}
      />
      <Panel bare>
        <FleetTable entries={entries} />
      </Panel>
      <Pages page={page} hasMore={organizers > page * pageSize} />
    </>
  );
}

function Pages({ page, hasMore }: { page: number; hasMore: boolean }) {
  if (page === 1 && !hasMore) return null;
  return (
    <nav aria-label={words("connections.pages")} className="mt-6 flex gap-3">
      {page > 1 && (
        <ButtonLink href={`/admin/connections?page=${page - 1}`}>{words("connections.earlier")}</ButtonLink>
      )}
      {hasMore && (
        <ButtonLink href={`/admin/connections?page=${page + 1}`}>{words("connections.later")}</ButtonLink>
      )}
    </nav>
  );
}

function readPage(text: string): number {
  const page = Number(text);
  return Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1;
}
