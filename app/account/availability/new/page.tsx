import type { Metadata } from "next";
import { ScheduleEditor } from "@/app/account/availability/schedule-editor";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { toScheduleValues } from "@/lib/schedules/form";
import { listSchedules } from "@/lib/schedules/queries";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("availability", await getLocale());
  return { title: words("editor.newTitle") };
}

export default async function NewSchedulePage() {
  const words = translator("availability", await getLocale());
  const { scope } = await requireOrganizer("/account/availability/new");
  const [first] = await listSchedules(scope);
  const values = toScheduleValues({
    name: words("editor.newName"),
    timeZone: first?.timeZone ?? "UTC",
    weekly: [{ days: [1, 2, 3, 4, 5], start: "09:00", end: "17:00" }],
    overrides: [],
    travel: [],
  });
  return (
    <>
      <PageHead
        title={words("editor.newTitle")}
        back={{ href: "/account/availability", label: words("title") }}
      />
      <ScheduleEditor id={null} values={values} />
    </>
  );
}
