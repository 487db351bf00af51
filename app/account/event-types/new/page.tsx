import type { Metadata } from "next";
import { EventTypeEditor } from "@/app/account/event-types/event-type-editor";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { newEventTypeValues } from "@/lib/event-types/form";
import { defaultSubjectTemplate } from "@/lib/format/subject";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { listSchedules } from "@/lib/schedules/queries";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("event-types", await getLocale());
  return { title: words("editor.newTitle") };
}

export default async function NewEventTypePage() {
  const words = translator("event-types", await getLocale());
  const organizer = await requireOrganizer("/account/event-types/new");
  const schedules = await listSchedules(organizer.scope);
  const values = newEventTypeValues(
    defaultSubjectTemplate,
    (schedules.find(({ isDefault }) => isDefault) ?? schedules[0])?.id ?? "",
  );
  return (
    <>
      <PageHead
        title={words("editor.newTitle")}
        lead={words("editor.newLead")}
        back={{ href: "/account/event-types", label: words("title") }}
      />
      <EventTypeEditor organizer={organizer} id={null} values={values} schedules={schedules} />
    </>
  );
}
