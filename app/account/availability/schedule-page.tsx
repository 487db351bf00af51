import { randomUUID } from "node:crypto";
import { PlusIcon } from "@phosphor-icons/react/ssr";
import { notFound } from "next/navigation";
import { use } from "react";
import { deleteSchedule, makeDefault, takeOutlookHours } from "@/app/account/availability/actions";
import { ScheduleEditor } from "@/app/account/availability/schedule-editor";
import { StoredMonth } from "@/app/account/stored-month";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { ViewTabs } from "@/components/ui/view-tabs";
import type { Organizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { toScheduleValues } from "@/lib/schedules/form";
import { hasOutlookHours } from "@/lib/schedules/outlook-hours";
import { listClosedDates, listSchedules, listScheduleUsers } from "@/lib/schedules/queries";
import type { Schedule } from "@/lib/schedules/schema";
import { localDateOf } from "@/lib/slot-engine/zone";

interface SchedulePageProps {
  organizer: Pick<Organizer, "scope" | "handle">;
  /** Left out: the organizer's default. */
  id?: string;
  notice: string;
}

/** One of the organizer's schedules, with the way to the others. */
export async function SchedulePage({ organizer, id, notice }: SchedulePageProps) {
  const words = translator("availability", await getLocale());
  const schedules = await listSchedules(organizer.scope);
  const current = id
    ? schedules.find((schedule) => schedule.id === id)
    : (schedules.find(({ isDefault }) => isDefault) ?? schedules[0]);
  if (!current) notFound();
  const heir = schedules.find(({ id: other }) => other !== current.id);
  const users = await listScheduleUsers(organizer.scope, current.id);
  const today = localDateOf(Date.now(), current.timeZone);
  const closedDates = await listClosedDates(organizer.scope, current.id, today);
  return (
    <>
      <PageHead
        title={words("title")}
        lead={words("lead")}
        actions={<NewButtons hasOutlook={await hasOutlookHours(organizer.scope)} />}
      />
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
          {words("editor.uses", { count: users.length })}
          {schedules.length > 1 && <Choices schedule={current} heir={heir} />}
        </div>
      </div>
      <div className="grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_20rem] xl:gap-12">
        <ScheduleEditor id={current.id} values={toScheduleValues(current)} closedDates={closedDates} />
        <Preview handle={organizer.handle} users={users} />
      </div>
    </>
  );
}

/** How many event types are listed beside the hours. */
const maxShown = 8;

interface PreviewProps {
  handle: string;
  users: readonly { id: string; title: string; slug: string }[];
}

/** What the stored schedule comes to, by the first event type that uses it. */
function Preview({ handle, users }: PreviewProps) {
  const locale = use(getLocale());
  const words = translator("availability", locale);
  const [first] = users;
  return (
    <aside aria-labelledby="schedule-preview" className="grid gap-3 xl:sticky xl:top-6">
      <h2 id="schedule-preview" className="text-lg">
        {words("preview.title")}
      </h2>
      {first ? (
        <Panel className="grid gap-4">
          <div>
            <p className="font-semibold">{first.title}</p>
            <p className="text-sm text-muted">{words("preview.hint")}</p>
          </div>
          <StoredMonth handle={handle} slug={first.slug} />
          <div className="border-t border-hairline pt-4 text-sm">
            <h3 className="mb-1 text-sm tracking-normal">{words("preview.usedBy")}</h3>
            <ul className="grid gap-1">
              {users.slice(0, maxShown).map(({ id, title }) => (
                <li
                  key={id}
                  className="flex flex-wrap gap-x-3 wrap-anywhere *:inline-flex *:min-h-6 *:items-center"
                >
                  <a href={`/account/event-types/${id}`}>{title}</a>
                  <a
                    href={`/account/event-types/${id}/troubleshoot`}
                    aria-label={words("preview.troubleshoot", { title })}
                  >
                    {translator("troubleshoot", locale)("open")}
                  </a>
                </li>
              ))}
              {users.length > maxShown && (
                <li>
                  <a href="/account/event-types">
                    {words("preview.more", { count: users.length - maxShown })}
                  </a>
                </li>
              )}
            </ul>
          </div>
        </Panel>
      ) : (
        <p className="text-sm text-muted">{words("preview.unused")}</p>
      )}
    </aside>
  );
}

function Outcome({ notice }: { notice: string }) {
  const words = translator("availability", use(getLocale()));
  if (notice === "saved" || notice === "removed" || notice === "default" || notice === "outlook") {
    return (
      <div className="mb-6">
        <Note tone="success" role="status" title={words(`notice.${notice}`)} />
      </div>
    );
  }
  const refusal = {
    schedule_in_use: "editor.inUse",
    last_schedule: "editor.last",
    no_hours: "outlook.none",
    unavailable: "outlook.unavailable",
  } as const;
  const key = Object.entries(refusal).find(([code]) => code === notice)?.[1];
  return key ? (
    <div className="mb-6">
      <Banner tone="danger" role="alert" title={words(key)} />
    </div>
  ) : null;
}

/** The ways to another schedule. */
function NewButtons({ hasOutlook }: { hasOutlook: boolean }) {
  const words = translator("availability", use(getLocale()));
  return (
    <>
      {hasOutlook && (
        <PostForm action={takeOutlookHours} fields={{ requestKey: randomUUID() }}>
          <SubmitButton kind="second" workingLabel={words("outlook.taking")}>
            {words("outlook.take")}
          </SubmitButton>
        </PostForm>
      )}
      <form action="/account/availability/new">
        <Button type="submit" icon={<Icon glyph={PlusIcon} weight="bold" />}>
          {words("new")}
        </Button>
      </form>
    </>
  );
}

interface ChoicesProps {
  schedule: Schedule;
  /** The one that becomes the default when this one is deleted. */
  heir: Schedule | undefined;
}

/** Whether one of several schedules is the default, and what can be done with it. */
function Choices({ schedule: { id, name, isDefault }, heir }: ChoicesProps) {
  const words = translator("availability", use(getLocale()));
  return (
    <>
      {isDefault ? (
        <span>{words("editor.isDefault")}</span>
      ) : (
        <PostForm action={makeDefault} fields={{ id }}>
          <SubmitButton kind="quiet" size="sm" workingLabel={words("editor.makingDefault")}>
            {words("editor.makeDefault")}
          </SubmitButton>
        </PostForm>
      )}
      <RemoveButton id={id} name={name} heir={isDefault ? heir?.name : undefined} />
    </>
  );
}

function RemoveButton({ id, name, heir }: { id: string; name: string; heir: string | undefined }) {
  const words = translator("availability", use(getLocale()));
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
      {heir !== undefined && <p>{words("editor.removeDefault", { heir })}</p>}
    </Confirm>
  );
}
