import { PlusIcon } from "@phosphor-icons/react/ssr";
import { notFound } from "next/navigation";
import { deleteSchedule } from "@/app/account/availability/actions";
import { ScheduleEditor } from "@/app/account/availability/schedule-editor";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { ViewTabs } from "@/components/ui/view-tabs";
import { translator } from "@/lib/i18n/translator";
import { toScheduleValues } from "@/lib/schedules/form";
import { countScheduleUses, listSchedules } from "@/lib/schedules/queries";

const words = translator("availability");

interface SchedulePageProps {
  userId: string;
  /** Left out: the organizer's first. */
  id?: string;
  notice: string;
}

/** One of the organizer's schedules, with the way to the others. */
export async function SchedulePage({ userId, id, notice }: SchedulePageProps) {
  const schedules = await listSchedules(userId);
  const current = id ? schedules.find((schedule) => schedule.id === id) : schedules[0];
  if (!current) notFound();
  const uses = (await countScheduleUses(userId)).get(current.id) ?? 0;
  return (
    <>
      <PageHead title={words("title")} lead={words("lead")} actions={<NewButton />} />
      <Outcome notice={notice} />
      <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-hairline">
        <ViewTabs
          label={words("schedules")}
          views={schedules.map((schedule) => ({
            href: `/account/availability/${schedule.id}`,
            label: schedule.name,
            current: schedule.id === current.id,
          }))}
        />
        <div className="flex items-center gap-4 text-sm text-muted">
          {words("editor.uses", { count: uses })}
          {schedules.length > 1 && <RemoveButton id={current.id} name={current.name} />}
        </div>
      </div>
      <ScheduleEditor id={current.id} values={toScheduleValues(current)} />
    </>
  );
}

function Outcome({ notice }: { notice: string }) {
  if (notice === "saved" || notice === "removed") {
    return (
      <div className="mb-6">
        <Note tone="success" role="status" title={words(`notice.${notice}`)} />
      </div>
    );
  }
  const refusal = { schedule_in_use: "editor.inUse", last_schedule: "editor.last" } as const;
  const key = Object.entries(refusal).find(([code]) => code === notice)?.[1];
  return key ? (
    <div className="mb-6">
      <Banner tone="danger" role="alert" title={words(key)} />
    </div>
  ) : null;
}

function NewButton() {
  return (
    <form action="/account/availability/new">
      <Button type="submit" icon={<Icon glyph={PlusIcon} weight="bold" />}>
        {words("new")}
      </Button>
    </form>
  );
}

function RemoveButton({ id, name }: { id: string; name: string }) {
  return (
    <Confirm
      trigger={words("editor.remove")}
      triggerLook={{ kind: "quiet-danger", size: "sm" }}
      title={words("editor.removeTitle", { name })}
      keepLabel={words("editor.keep")}
      confirmLabel={words("editor.remove")}
      workingLabel={words("editor.removing")}
      action={deleteSchedule}
      fields={{ id }}
    >
      <p>{words("editor.removeLead")}</p>
    </Confirm>
  );
}
