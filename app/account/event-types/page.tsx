import { BinocularsIcon, LinkSimpleIcon, PlusIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { use } from "react";
import { addProposedEventType, declineProposedEventTypes } from "@/app/account/event-types/actions";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { EventTypeRow } from "@/components/event-types/event-type-row";
import { Proposals } from "@/components/event-types/proposals";
import { Badge } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { requireOrganizer } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { listProposals } from "@/lib/event-types/proposals";
import { listEventTypes } from "@/lib/event-types/queries";
import type { EventType } from "@/lib/event-types/schema";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("event-types", await getLocale());
  return { title: words("title") };
}

export default async function EventTypesPage({ searchParams }: { searchParams: SearchParameters }) {
  const words = translator("event-types", await getLocale());
  const { scope, handle } = await requireOrganizer("/account/event-types");
  const [eventTypes, proposals] = await Promise.all([
    listEventTypes(scope),
    listProposals(scope, await getLocale()),
  ]);
  const notice = await readParameter(searchParams, "notice");
  return (
    <>
      <PageHead
        title={words("title")}
        lead={words("lead")}
        actions={
          <>
            <ButtonLink href="/account/event-types/import" kind="quiet">
              {words("import.open")}
            </ButtonLink>
            {eventTypes.length > 0 && <NewButton />}
          </>
        }
      />
      {(notice === "saved" || notice === "removed") && (
        <div className="mb-6">
          <Note tone="success" role="status" title={words(`notice.${notice}`)} />
        </div>
      )}
      <Panel bare>
        {eventTypes.length === 0 ? (
          <EmptyState title={words("empty.title")} action={<NewButton />}>
            {words("empty.lead")}
          </EmptyState>
        ) : (
          <ul>
            {eventTypes.map((eventType) => (
              <Row
                key={eventType.id}
                eventType={eventType}
                address={`${env().APP_URL}/${handle}/${eventType.slug}`}
              />
            ))}
          </ul>
        )}
      </Panel>
      <Proposals proposals={proposals} add={addProposedEventType} decline={declineProposedEventTypes} />
    </>
  );
}

/** A button in a form, since it begins something: it works the same without a script. */
function NewButton() {
  const words = translator("event-types", use(getLocale()));
  return (
    <form action="/account/event-types/new">
      <Button type="submit" kind="primary" icon={<Icon glyph={PlusIcon} weight="bold" />}>
        {words("new")}
      </Button>
    </form>
  );
}

function Row({ eventType, address }: { eventType: EventType; address: string }) {
  const locale = use(getLocale());
  const { id, title, requiresLink } = eventType;
  return (
    <EventTypeRow
      eventType={eventType}
      address={address}
      editHref={`/account/event-types/${id}`}
      badges={
        requiresLink && (
          <Badge tone="none" glyph={LinkSimpleIcon}>
            {translator("event-types", locale)("row.requiresLink")}
          </Badge>
        )
      }
    >
      <ButtonLink
        href={`/account/event-types/${id}/troubleshoot`}
        size="sm"
        kind="quiet"
        icon={<Icon glyph={BinocularsIcon} size={16} />}
      >
        {translator("troubleshoot", locale)("open")}
        <span className="sr-only">{title}</span>
      </ButtonLink>
    </EventTypeRow>
  );
}
