import { CheckCircleIcon, ProhibitIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Instant } from "@/components/accounts/instant";
import { sourceNames } from "@/components/imports/import-outcome";
import { Badge } from "@/components/ui/badge";
import { ListPanel } from "@/components/ui/list-panel";
import { Panel } from "@/components/ui/panel";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Column } from "@/components/ui/table";
import type { Locale } from "@/lib/i18n/languages";
import { type Translator, translator } from "@/lib/i18n/translator";
import type { Remark } from "@/lib/imports/draft";
import type { ImportReport, ReportLine } from "@/lib/imports/import-account";
import type { Upload } from "@/lib/imports/uploads";
import { describeIssue } from "@/lib/input/describe";
import { getLocale } from "@/lib/reader/locale";

type Words = Translator<"event-types">;

interface ImportReportProps {
  upload: Upload;
  report: ImportReport;
  handle: string;
  importNow: Exclude<FormAction, string>;
  forget: Exclude<FormAction, string>;
}

/** What a file comes to here, line by line, with the button that does it. */
export function ImportReportPanels({ upload, report, handle, importNow, forget }: ImportReportProps) {
  const locale = use(getLocale());
  const words = translator("event-types", locale);
  const { schedules, eventTypes, bookings, remarks, source } = report;
  const isAnyNew = [schedules, eventTypes, bookings].flat().some(({ outcome }) => outcome === "new");
  const parts = [
    { id: "schedules", title: words("import.schedules"), lines: schedules },
    { id: "event-types", title: words("import.eventTypes"), lines: eventTypes },
    { id: "bookings", title: words("import.bookings"), lines: bookings },
  ];
  return (
    <>
      <Panel aria-labelledby="report" className="grid gap-4">
        <div>
          <h2 id="report">{words("import.reportTitle")}</h2>
          <p className="mt-1 max-w-[68ch] text-muted">
            {words(isAnyNew ? "import.reportLead" : "import.nothingNew", {
              file: upload.fileName,
              source: sourceNames[source],
            })}
          </p>
        </div>
        <Remarks remarks={remarks} words={words} />
        <div className="flex flex-wrap gap-3">
          {isAnyNew && (
            <PostForm action={importNow} fields={{ id: upload.id }}>
              <SubmitButton workingLabel={words("import.importing")}>{words("import.import")}</SubmitButton>
            </PostForm>
          )}
          <PostForm action={forget} fields={{ id: upload.id }}>
            <SubmitButton kind="second" workingLabel={words("import.forgetting")}>
              {words("import.other")}
            </SubmitButton>
          </PostForm>
        </div>
      </Panel>
      {parts.map(({ id, title, lines }) => (
        <ListPanel
          key={id}
          id={id}
          title={title}
          columns={columnsOf(words, locale, handle)}
          rows={lines.map((line, place) => ({ ...line, place }))}
          rowKey={({ place }) => `${place}`}
          none={words("import.none")}
        />
      ))}
    </>
  );
}

const columnsOf = (
  words: Words,
  locale: Locale,
  handle: string,
): Column<ReportLine & { place: number }>[] => [
  {
    key: "name",
    head: words("import.name"),
    cell: ({ name, slug, start }) => (
      <>
        <span className="font-semibold">{name || words("import.nameless")}</span>
        {slug && <span className="block font-mono break-all text-muted">{`/${handle}/${slug}`}</span>}
        {start && (
          <span className="block text-muted">
            <Instant at={new Date(start)} />
          </span>
        )}
      </>
    ),
    block: "lead",
  },
  {
    key: "outcome",
    head: words("import.outcome"),
    cell: ({ outcome }) => <Outcome outcome={outcome} words={words} />,
    block: "state",
  },
  {
    key: "notes",
    head: words("import.notes"),
    cell: ({ issues, remarks }) => (
      <>
        {issues.map((issue) => (
          <p key={`${issue.path} ${issue.message}`}>{describeIssue(issue, locale)}</p>
        ))}
        <Remarks remarks={remarks} words={words} />
      </>
    ),
    block: "full",
  },
];

function Outcome({ outcome, words }: { outcome: ReportLine["outcome"]; words: Words }) {
  if (outcome === "refused") {
    return (
      <Badge tone="warning" glyph={ProhibitIcon}>
        {words("import.outcomes.refused")}
      </Badge>
    );
  }
  if (outcome === "there") return words("import.outcomes.there");
  return (
    <Badge tone="success" glyph={CheckCircleIcon}>
      {words("import.outcomes.new")}
    </Badge>
  );
}

function Remarks({ remarks, words }: { remarks: readonly Remark[]; words: Words }) {
  return remarks.map(({ code, value }) => (
    <p key={`${code} ${value}`} className="text-sm text-muted">
      {words(`import.remarks.${code}`, { value })}
    </p>
  ));
}
