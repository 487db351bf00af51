import { ArrowSquareOutIcon, CopyIcon, EyeSlashIcon, PlusIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { copyWords } from "@/components/layout/copy-words";
import { Badge } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import { Panel } from "@/components/ui/panel";
import type { TeamScope } from "@/lib/auth/team-scope";
import { env } from "@/lib/config/env";
import { listOf } from "@/lib/format/lists";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { listTeamEventTypes } from "@/lib/teams/event-types";
import type { Team, TeamEventType } from "@/lib/teams/schema";

interface EventTypesTabProps {
  scope: TeamScope;
  team: Team;
  query: Readonly<Record<string, string | string[] | undefined>>;
}

/** The event types of a team that its reader may see. */
export async function EventTypesTab({ scope, team, query }: EventTypesTabProps) {
  const words = translator("teams", await getLocale());
  const eventTypes = await listTeamEventTypes(scope);
  const { notice } = query;
  const mayAdd = scope.manages;
  return (
    <>
      {(notice === "saved" || notice === "removed" || notice === "gone") && (
        <Note
          tone={notice === "gone" ? "warning" : "success"}
          role="status"
          title={words(`notice.${notice}`)}
        />
      )}
      {mayAdd && eventTypes.length > 0 && (
        <div className="justify-self-end">
          <NewButton teamId={team.id} />
        </div>
      )}
      <Panel bare>
        {eventTypes.length === 0 ? (
          <EmptyState
            title={words("eventTypes.none")}
            {...(mayAdd ? { action: <NewButton teamId={team.id} /> } : {})}
          >
            {words(mayAdd ? "eventTypes.noneLead" : "eventTypes.noneYours")}
          </EmptyState>
        ) : (
          <ul>
            {eventTypes.map((eventType) => (
              <Row key={eventType.id} {...{ eventType, team }} mayChange={mayAdd} />
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}

/** A button in a form, since it begins something: it works the same without a script. */
function NewButton({ teamId }: { teamId: string }) {
  const words = translator("teams", use(getLocale()));
  return (
    <form action={`/account/teams/${teamId}/event-types/new`}>
      <Button type="submit" kind="primary" icon={<Icon glyph={PlusIcon} weight="bold" />}>
        {words("eventTypes.new")}
      </Button>
    </form>
  );
}

interface RowProps {
  eventType: TeamEventType;
  team: Team;
  mayChange: boolean;
}

function Row({ eventType, team, mayChange }: RowProps) {
  const locale = use(getLocale());
  const words = translator("teams", locale);
  const own = translator("event-types", locale);
  const { id, title, durationsMinutes, location, hidden, hosts, slug } = eventType;
  const address = `${env().APP_URL}/${team.handle}/${slug}`;
  const turning = hosts.filter(({ kind }) => kind === "rotating").length;
  const fixed = hosts.length - turning;
  const both = String(fixed > 0 && turning > 0);
  const facts = [
    own("row.minutes", { durations: listOf(durationsMinutes.map(String), locale) }),
    own(`places.${location.kind}`),
    hosts.length > 0 ? words("eventTypes.hosts", { fixed, turning, both }) : words("eventTypes.noHosts"),
  ];
  return (
    <li className="grid gap-x-6 gap-y-3 border-b border-hairline px-4 py-4 last:border-0 md:grid-cols-[minmax(0,1fr)_auto] md:items-center md:px-6">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {mayChange ? (
            <a href={`/account/teams/${team.id}/event-types/${id}`} className="font-semibold">
              {title}
            </a>
          ) : (
            <span className="font-semibold">{title}</span>
          )}
          {hidden && (
            <Badge tone="none" glyph={EyeSlashIcon}>
              {own("row.hidden")}
            </Badge>
          )}
        </div>
        <p className="text-sm text-muted">{facts.join(" · ")}</p>
        <p className="truncate font-mono text-xs text-muted">{address.replace(/^https?:\/\//, "")}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <CopyButton
          text={address}
          {...copyWords(locale, own("row.copy"))}
          size="sm"
          icon={<Icon glyph={CopyIcon} size={16} />}
        />
        <ButtonLink
          href={address}
          size="sm"
          kind="quiet"
          icon={<Icon glyph={ArrowSquareOutIcon} size={16} />}
        >
          {own("row.view")}
          <span className="sr-only">{title}</span>
        </ButtonLink>
      </div>
    </li>
  );
}
