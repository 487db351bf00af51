import type { Metadata } from "next";
import { forget, importNow } from "@/app/account/event-types/import/actions";
import { readParameters, type SearchParameters } from "@/app/search-parameters";
import { ImportOutcome } from "@/components/imports/import-outcome";
import { ImportReportPanels } from "@/components/imports/import-report";
import { UploadForm } from "@/components/imports/upload-form";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { readClock } from "@/lib/booking-page/visitor";
import { translator } from "@/lib/i18n/translator";
import { importAccount } from "@/lib/imports/import-account";
import { findUpload } from "@/lib/imports/uploads";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("event-types", await getLocale())("import.title") };
}

/** First a file, then what it comes to here, and only then a button that does it. */
export default async function ImportPage({ searchParams }: { searchParams: SearchParameters }) {
  const words = translator("event-types", await getLocale());
  const { scope, handle } = await requireOrganizer("/account/event-types/import");
  const given = await readParameters(searchParams);
  const upload = given.file ? await findUpload(scope, given.file) : null;
  const asked = given.file && !upload ? { problem: "gone" } : given;
  return (
    <>
      <PageHead
        title={words("import.title")}
        lead={words("import.lead")}
        back={{ href: "/account/event-types", label: words("title") }}
      />
      <div className="grid gap-6">
        <ImportOutcome given={asked} />
        {upload ? (
          <ImportReportPanels
            upload={upload}
            report={await importAccount(scope, upload.draft, false)}
            handle={handle}
            timeZone={await getOwnTimeZone(scope)}
            clock={await readClock()}
            importNow={importNow}
            forget={forget}
          />
        ) : (
          <UploadForm />
        )}
      </div>
    </>
  );
}
