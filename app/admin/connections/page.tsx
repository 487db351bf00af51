import { DownloadSimpleIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { use } from "react";
import { remindOrganizers } from "@/app/admin/connections/actions";
import {
  type FleetQuery,
  fleetFields,
  fleetHref,
  fleetPath,
  readFleetQuery,
  toFilter,
} from "@/app/admin/connections/fleet-query";
import type { SearchParameters } from "@/app/search-parameters";
import { FleetFilter } from "@/components/admin/fleet-filter";
import { FleetTable } from "@/components/admin/fleet-table";
import { RemindForm } from "@/components/admin/remind-form";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { requireAdmin } from "@/lib/auth/guards";
import { countFleet, countMatching, countNeeding, listFleet, listTenants } from "@/lib/connections/fleet";
import { managedTenants } from "@/lib/connections/managed";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("admin", await getLocale());
  return { title: words("connections.title") };
}

const pageSize = 50;

export default async function ConnectionsPage({ searchParams }: { searchParams: SearchParameters }) {
  const words = translator("admin", await getLocale());
  await requireAdmin();
  const query = readFleetQuery(await searchParams);
  const filter = toFilter(query);
  const [counts, matching, entries, tenants, needing] = await Promise.all([
    countFleet(),
    countMatching(filter),
    listFleet({ filter, skip: (query.page - 1) * pageSize, take: pageSize }),
    listTenants(),
    countNeeding(filter),
  ]);
  const organizers = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const pages = Math.max(1, Math.ceil(matching / pageSize));
  const isChoosable = entries.some(({ state }) => state === "reconnect_needed");
  const isNarrowed = Object.keys(filter).length > 0;
  return (
    <>
      <PageHead
        title={words("connections.title")}
        lead={words("connections.lead", { organizers, needing: counts.reconnect_needed })}
        actions={
          <ButtonLink
            href={fleetHref(`${fleetPath}/export`, query)}
            icon={<Icon glyph={DownloadSimpleIcon} size={18} />}
          >
            {words("connections.download")}
          </ButtonLink>
        }
      />
      <div className="grid gap-5">
        <FleetFilter
          action={fleetPath}
          values={query}
          tenants={tenants}
          hasManaged={managedTenants().length > 0}
          clearHref={isNarrowed ? fleetPath : null}
        />
        <p className="text-sm text-muted" role="status">
          {words("connections.shown", { count: matching, page: query.page, pages })}
        </p>
        <RemindForm
          action={remindOrganizers}
          filter={fleetFields(query)}
          canChoose={isChoosable}
          canWrite={needing > 0}
          words={{
            chosen: words("connections.remind"),
            all: words("connections.remindAll", { count: needing }),
            working: words("connections.reminding"),
            hint: words("connections.remindHint"),
          }}
        >
          <Panel bare>
            {entries.length > 0 ? (
              <FleetTable entries={entries} isChoosable={isChoosable} />
            ) : (
              <EmptyState title={words("connections.none")}>{words("connections.noneText")}</EmptyState>
            )}
          </Panel>
        </RemindForm>
        <Pages query={query} pages={pages} />
      </div>
    </>
  );
}

function Pages({ query, pages }: { query: FleetQuery; pages: number }) {
  const words = translator("admin", use(getLocale()));
  if (pages === 1 && query.page === 1) return null;
  const { page } = query;
  return (
    <nav aria-label={words("connections.pages")} className="flex gap-3">
      {page > 1 && (
        <ButtonLink href={fleetHref(fleetPath, query, Math.min(page - 1, pages))}>
          {words("connections.earlier")}
        </ButtonLink>
      )}
      {page < pages && (
        <ButtonLink href={fleetHref(fleetPath, query, page + 1)}>{words("connections.later")}</ButtonLink>
      )}
    </nav>
  );
}
