import { ArrowSquareOutIcon, BinocularsIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { deleteEventType } from "@/app/account/event-types/actions";
import { EventTypeEditor } from "@/app/account/event-types/event-type-editor";
import { ButtonLink } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Icon } from "@/components/ui/icon";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { toEventTypeValues } from "@/lib/event-types/form";
import { getEventType } from "@/lib/event-types/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { listSchedules } from "@/lib/schedules/queries";

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

export default async function EventTypePage(props: EventTypePageProps) {
  const locale = await getLocale();
  const words = translator("event-types", locale);
  const { organizer, eventType } = await load(props);
  const { id, title, slug, hidden } = eventType;
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
      <EventTypeEditor
        organizer={organizer}
        id={id}
        values={toEventTypeValues(eventType)}
        schedules={await listSchedules(organizer.scope)}
      />
    </>
  );
}
