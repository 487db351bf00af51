import { use } from "react";
import { Field } from "@/components/ui/field";
import { FormPanel } from "@/components/ui/form-panel";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** Where a file of another product is handed in. */
export function UploadForm() {
  const words = translator("event-types", use(getLocale()));
  return (
    <FormPanel title={words("import.fileTitle")} lead={words("import.fileLead")}>
      <form action="/api/imports" method="post" encType="multipart/form-data" className="grid gap-4">
        <Field id="file" label={words("import.file")} hint={words("import.fileHint")}>
          {(control) => (
            <Input
              {...control}
              type="file"
              name="file"
              accept=".json,.csv,.tsv,.txt,application/json,text/csv"
              className="file:me-3 file:rounded-sm file:border-0 file:bg-sunken file:px-2.5 file:py-0.5 file:font-semibold"
            />
          )}
        </Field>
        <div className="flex flex-wrap items-center gap-4">
          <SubmitButton workingLabel={words("import.checking")}>{words("import.check")}</SubmitButton>
          <a href="/help/organizer-guide#come-from-another-product">{words("import.how")}</a>
        </div>
      </form>
    </FormPanel>
  );
}
