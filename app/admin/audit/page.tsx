import { DownloadSimpleIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { auditHref, auditPath, readAuditQuery, toAuditFilter, toPlace } from "@/app/admin/audit/audit-query";
import { readParameters, type SearchParameters } from "@/app/search-parameters";
import { AuditFilterForm } from "@/components/audit/audit-filter";
import { AuditTable } from "@/components/audit/audit-table";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { listAudit } from "@/lib/audit/queries";
import { requireAdmin } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("audit", await getLocale());
  return { title: words("title") };
}

const pageSize = 50;

export default async function AuditPage({ searchParams }: { searchParams: SearchParameters }) {
  const words = translator("audit", await getLocale());
  await requireAdmin();
  const query = readAuditQuery(await readParameters(searchParams));
  const filter = toAuditFilter(query);
  const rows = await listAudit(filter, { take: pageSize + 1, before: toPlace(query) });
  const entries = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? entries.at(-1) : undefined;
  const isNarrowed = Object.keys(filter).length > 0;
  return (
    <>
      <PageHead
        title={words("title")}
        lead={words("lead", { days: env().AUDIT_RETENTION_DAYS })}
        actions={
          <ButtonLink
            href={auditHref(`${auditPath}/export`, query)}
            icon={<Icon glyph={DownloadSimpleIcon} size={18} />}
          >
            {words("download")}
          </ButtonLink>
        }
      />
      <div className="grid gap-5">
        <AuditFilterForm action={auditPath} values={query} clearHref={isNarrowed ? auditPath : null} />
        <Panel bare>
          {entries.length > 0 ? (
            <AuditTable entries={entries} />
          ) : (
            <EmptyState title={words("none")}>{words("noneText")}</EmptyState>
          )}
        </Panel>
        {last && (
          <p>
            <a href={auditHref(auditPath, query, last)}>{words("older")}</a>
          </p>
        )}
      </div>
    </>
  );
}
