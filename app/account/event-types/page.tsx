import {
  ArrowSquareOutIcon,
  BinocularsIcon,
  CopyIcon,
  EyeSlashIcon,
  LinkSimpleIcon,
  PlusIcon,
} from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { use } from "react";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { copyWords } from "@/components/layout/copy-words";
import { Badge } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { requireOrganizer } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { listEventTypes } from "@/lib/event-types/queries";
import type { EventType } from "@/lib/event-types/schema";
import { listOf } from "@/lib/format/lists";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("event-types", await getLocale());
  return { title: words("title") };
}

export default async function EventTypesPage({ searchParams }: { searchParams: SearchParameters }) {
  const words = translator("event-types", await getLocale());
  const { scope, handle } = await requireOrganizer("/account/event-types");
  const eventTypes = await listEventTypes(scope);
  const notice = await readParameter(searchParams, "notice");
  return (
    <>
      <PageHead
        title={words("title")}
        lead={words("lead")}
        {...(eventTypes.length > 0 ? { actions: <NewButton /> } : {})}
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
  const words = translator("event-types", locale);
  const { id, title, durationsMinutes, location, hidden, requiresLink } = eventType;
  const facts = [
    words("row.minutes", { durations: listOf(durationsMinutes.map(String), locale) }),
    words(`places.${location.kind}`),
  ];
  return (
    <li className="grid gap-x-6 gap-y-3 border-b border-hairline px-4 py-4 last:border-0 md:grid-cols-[minmax(0,1fr)_auto] md:items-center md:px-6">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <a href={`/account/event-types/${id}`} className="font-semibold">
            {title}
          </a>
          {requiresLink && (
            <Badge tone="none" glyph={LinkSimpleIcon}>
              {words("row.requiresLink")}
            </Badge>
          )}
          {hidden && (
            <Badge tone="none" glyph={EyeSlashIcon}>
              {words("row.hidden")}
            </Badge>
          )}
        </div>
        <p className="text-sm text-muted">{facts.join(" · ")}</p>
        <p className="truncate font-mono text-xs text-muted">{address.replace(/^https?:\/\//, "")}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <CopyButton
          text={address}
          {...copyWords(locale, words("row.copy"))}
          size="sm"
          icon={<Icon glyph={CopyIcon} size={16} />}
        />
        <ButtonLink
          href={address}
          size="sm"
          kind="quiet"
          icon={<Icon glyph={ArrowSquareOutIcon} size={16} />}
        >
          {words("row.view")}
          <span className="sr-only">{title}</span>
        </ButtonLink>
        <ButtonLink
          href={`/account/event-types/${id}/troubleshoot`}
          size="sm"
          kind="quiet"
          icon={<Icon glyph={BinocularsIcon} size={16} />}
        >
          {translator("troubleshoot", locale)("open")}
          <span className="sr-only">{title}</span>
        </ButtonLink>
      </div>
    </li>
  );
}
