import { ArrowSquareOutIcon, BinocularsIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { use } from "react";
import { deleteEventType } from "@/app/account/event-types/actions";
import { EventTypeEditor } from "@/app/account/event-types/event-type-editor";
import { ButtonLink } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { toEventTypeValues } from "@/lib/event-types/form";
import type { LockName } from "@/lib/event-types/locks";
import { getEventType } from "@/lib/event-types/queries";
import { listOf } from "@/lib/format/lists";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { listSchedules } from "@/lib/schedules/queries";
import { getLocks } from "@/lib/teams/copies";

interface EventTypePageProps {
  params: Promise<{ id: string }>;
}

async function load({ params }: EventTypePageProps) {
  const { id } = await params;
  const organizer = await requireOrganizer(`/account/event-types/${id}`);
  return { organizer, eventType: (await getEventType(organizer.scope, id)) ?? notFound() };
}

export async function generateMetadata(props: EventTypePageProps): Promise<Metadata> {
  const { eventType } = await load(props);
  return { title: eventType.title };
}

/** Who else decides about it, and what its organizer can't change. */
function ManagedNote({ team, locked }: { team: string; locked: readonly LockName[] }) {
  const locale = use(getLocale());
  const words = translator("teams", locale);
  const names = listOf(
    locked.map((name) => words(`copies.names.${name}`)),
    locale,
  );
  const lead = words(locked.length > 0 ? "copies.managedLead" : "copies.managedFree", { locked: names });
  return (
    <div className="mb-6">
      <Note tone="calm" title={words("copies.managed", { team })}>
        <p>{lead}</p>
      </Note>
    </div>
  );
}

export default async function EventTypePage(props: EventTypePageProps) {
  const locale = await getLocale();
  const words = translator("event-types", locale);
  const { organizer, eventType } = await load(props);
  const { id, title, slug, hidden } = eventType;
  const locks = await getLocks(organizer.scope, id);
  return (
    <>
      <PageHead
        title={title}
        lead={words(hidden ? "editor.hidden" : "editor.visible")}
        back={{ href: "/account/event-types", label: words("title") }}
        actions={
          <>
            <ButtonLink href={`/${organizer.handle}/${slug}`} icon={<Icon glyph={ArrowSquareOutIcon} />}>
              {words("editor.view")}
            </ButtonLink>
            <ButtonLink href={`/account/event-types/${id}/links`}>{words("links.open")}</ButtonLink>
            <ButtonLink
              href={`/account/event-types/${id}/troubleshoot`}
              icon={<Icon glyph={BinocularsIcon} />}
            >
              {translator("troubleshoot", locale)("open")}
            </ButtonLink>
            <Confirm
              trigger={words("editor.remove")}
              triggerLook={{ kind: "quiet-danger" }}
              title={words("editor.removeTitle", { title })}
              keepLabel={words("editor.keep")}
              confirmLabel={words("editor.remove")}
              workingLabel={words("editor.removing")}
              action={deleteEventType}
              fields={{ id }}
            >
              <p>{words("editor.removeLead")}</p>
            </Confirm>
          </>
        }
      />
      {locks && <ManagedNote {...locks} />}
      <EventTypeEditor
        organizer={organizer}
        id={id}
        values={toEventTypeValues(eventType)}
        locks={locks}
        schedules={await listSchedules(organizer.scope)}
      />
    </>
  );
}
