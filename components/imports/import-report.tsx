import { CheckCircleIcon, ProhibitIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { sourceNames } from "@/components/imports/import-outcome";
import { Badge } from "@/components/ui/badge";
import { ListPanel } from "@/components/ui/list-panel";
import { Panel } from "@/components/ui/panel";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Column } from "@/components/ui/table";
import { placeOf } from "@/lib/format/places";
import { type Clock, clockTime, shortDateName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { type Translator, translator } from "@/lib/i18n/translator";
import type { Remark } from "@/lib/imports/draft";
import type { ImportReport, ReportLine } from "@/lib/imports/import-account";
import type { Upload } from "@/lib/imports/uploads";
import { describeIssue } from "@/lib/input/describe";
import type { InputIssue } from "@/lib/input/parse";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";
import catalogue from "@/messages/en/event-types.json";

type Words = Translator<"event-types">;

interface ImportReportProps {
  upload: Upload;
  report: ImportReport;
  handle: string;
  /** IANA, of the times of bookings. */
  timeZone: string;
  clock: Clock;
  importNow: Exclude<FormAction, string>;
  forget: Exclude<FormAction, string>;
}

/** What a file comes to here, line by line, with the button that does it. */
export function ImportReportPanels(props: ImportReportProps) {
  const { upload, report, handle, timeZone, clock, importNow, forget } = props;
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
        {bookings.length > 0 && (
          <p className="text-sm text-muted">
            {words("import.reportTimes", { place: placeOf(timeZone, locale) })}
          </p>
        )}
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
          columns={columnsOf({ words, locale, handle, timeZone, clock })}
          rows={lines.map((line, place) => ({ ...line, place }))}
          rowKey={({ place }) => `${place}`}
          none={words("import.none")}
        />
      ))}
    </>
  );
}

interface Spoken extends Pick<ImportReportProps, "handle" | "timeZone" | "clock"> {
  words: Words;
  locale: Locale;
}

const columnsOf = ({
  words,
  locale,
  handle,
  timeZone,
  clock,
}: Spoken): Column<ReportLine & { place: number }>[] => [
  {
    key: "name",
    head: words("import.name"),
    cell: ({ name, slug, start, visitor }) => (
      <>
        <span className="font-semibold wrap-anywhere">{visitor || name || words("import.nameless")}</span>
        {visitor && (
          <span className="block text-muted wrap-anywhere">{name || words("import.nameless")}</span>
        )}
        {slug && <span className="block font-mono break-all text-muted">{`/${handle}/${slug}`}</span>}
        {start && (
          <span className="block text-muted">
            {words("import.start", {
              day: shortDateName(localDateOf(Date.parse(start), timeZone), locale),
              time: clockTime(Date.parse(start), timeZone, clock, locale),
            })}
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
          <p key={`${issue.path} ${issue.message}`}>{describe(issue, words, locale)}</p>
        ))}
        <Remarks remarks={remarks} words={words} />
      </>
    ),
    block: "full",
  },
];

const isField = (name: string): name is keyof typeof catalogue.import.fields =>
  Object.hasOwn(catalogue.import.fields, name);

/** A complaint, and what it's about: there is no field beside it that would say so. */
function describe(issue: InputIssue, words: Words, locale: Locale): string {
  const problem = describeIssue(issue, locale);
  const [field = ""] = issue.path.split(".");
  return isField(field)
    ? words("import.issue", { field: words(`import.fields.${field}`), problem })
    : problem;
}

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
