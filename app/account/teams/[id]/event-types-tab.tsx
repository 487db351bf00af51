import { PlusIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { EventTypeRow } from "@/components/event-types/event-type-row";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import { Panel } from "@/components/ui/panel";
import type { TeamScope } from "@/lib/auth/team-scope";
import { env } from "@/lib/config/env";
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
  const words = translator("teams", use(getLocale()));
  const { id, hosts, slug } = eventType;
  const turning = hosts.filter(({ kind }) => kind === "rotating").length;
  const fixed = hosts.length - turning;
  const both = String(fixed > 0 && turning > 0);
  return (
    <EventTypeRow
      eventType={eventType}
      address={`${env().APP_URL}/${team.handle}/${slug}`}
      {...(mayChange ? { editHref: `/account/teams/${team.id}/event-types/${id}` } : {})}
      facts={[
        hosts.length > 0 ? words("eventTypes.hosts", { fixed, turning, both }) : words("eventTypes.noHosts"),
      ]}
    />
  );
}
