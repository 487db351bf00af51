import { HourglassIcon, KeyIcon, UserIcon } from "@phosphor-icons/react/ssr";
import { invite, setTeamRole, takeOut } from "@/app/account/teams/actions";
import { AccountForm } from "@/components/accounts/account-form";
import { ConnectionBadge } from "@/components/connections/connection-badge";
import { SuccessorField } from "@/components/teams/successor-field";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Confirm } from "@/components/ui/confirm";
import { FormPanel } from "@/components/ui/form-panel";
import { ListPanel } from "@/components/ui/list-panel";
import { Note } from "@/components/ui/note";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Column } from "@/components/ui/table";
import type { Organizer } from "@/lib/auth/guards";
import type { TeamScope } from "@/lib/auth/team-scope";
import { readClock } from "@/lib/booking-page/visitor";
import { clockTime, dayName } from "@/lib/format/spoken-time";
import { type Translator, translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";
import { localDateOf } from "@/lib/slot-engine/zone";
import { type Candidate, listCandidates } from "@/lib/teams/candidates";
import { listMembers, listUpcomingOf } from "@/lib/teams/members";
import { type Member, type Team, teamRoles } from "@/lib/teams/schema";

interface MembersTabProps {
  organizer: Organizer;
  scope: TeamScope;
  team: Team;
  query: Readonly<Record<string, string | string[] | undefined>>;
}

/** Who is in a team and who is invited, and what may be done with them. */
export async function MembersTab({ organizer, scope, team, query }: MembersTabProps) {
  const locale = await getLocale();
  const words = translator("teams", locale);
  const [members, candidates] = await Promise.all([
    listMembers(scope),
    listCandidates(scope, await getLocale()),
  ]);
  const calendars = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  return (
    <>
      <Notice {...{ organizer, scope, query, members }} />
      <ListPanel
        id="members"
        title={words("members.title")}
        columns={columnsOf({ scope, team, members, calendars, words })}
        rows={members}
        rowKey={({ userId, invitationId }) => invitationId ?? userId ?? ""}
        none=""
      />
      {scope.manages && (
        <FormPanel title={words("members.inviteTitle")} lead={words("members.inviteLead")}>
          <AccountForm
            action={invite}
            hidden={{ teamId: team.id }}
            fields={[
              { name: "email", label: words("members.fieldEmail"), type: "email", autoComplete: "off" },
              {
                name: "role",
                label: words("members.fieldRole"),
                autoComplete: "off",
                value: "member",
                options: teamRoles
                  .filter((role) => scope.owns || role !== "owner")
                  .map((role) => ({ value: role, label: words(`roles.${role}`) }))
                  .reverse(),
              },
            ]}
            submit={{ label: words("members.invite"), workingLabel: words("members.inviting") }}
          />
        </FormPanel>
      )}
    </>
  );
}

interface NoticeProps extends Pick<MembersTabProps, "organizer" | "scope" | "query"> {
  members: readonly Member[];
}

/** What came of the last change. */
async function Notice({ organizer, scope, query: { notice, member }, members }: NoticeProps) {
  const words = translator("teams", await getLocale());
  const found = members.find(({ userId }) => userId === member);
  if (notice === "changed") return <Note tone="success" role="status" title={words("members.changed")} />;
  if (notice === "last_owner") {
    return (
      <Banner tone="danger" role="alert" title={words("members.lastOwner")}>
        {words("members.lastOwnerText")}
      </Banner>
    );
  }
  if (notice === "forbidden") return <Banner tone="danger" role="alert" title={words("members.forbidden")} />;
  if (notice === "invalid_request") {
    const title = translator("validation", await getLocale())("successor_unknown");
    return <Banner tone="danger" role="alert" title={title} />;
  }
  if (notice === "not_found") return <Note tone="warning" role="status" title={words("notice.gone")} />;
  if (notice === "no_successor" && found?.userId) {
    return <Stranded {...{ organizer, scope }} userId={found.userId} name={found.name ?? found.email} />;
  }
  return null;
}

interface StrandedProps extends Pick<MembersTabProps, "organizer" | "scope"> {
  userId: string;
  name: string;
}

/** The bookings that keep someone in the team. */
async function Stranded({ organizer, scope, userId, name }: StrandedProps) {
  const locale = await getLocale();
  const words = translator("teams", locale);
  const [bookings, timeZone, clock] = await Promise.all([
    listUpcomingOf(scope, userId),
    getOwnTimeZone(organizer.scope),
    readClock(),
  ]);
  return (
    <Banner tone="danger" role="alert" title={words("members.stranded", { name })}>
      <p>{words("members.strandedText", { name })}</p>
      <ul className="mt-2 list-disc ps-5">
        {bookings.slice(0, 10).map(({ id, title, startsAt, visitorName }) => {
          const at = startsAt.getTime();
          const when = translator("common", locale)("dayAndTime", {
            day: dayName(localDateOf(at, timeZone), locale),
            time: clockTime(at, timeZone, clock, locale),
          });
          return (
            <li key={id}>
              <a href={`/account/bookings/${id}`}>
                {words("members.strandedItem", { title, visitor: visitorName, when })}
              </a>
            </li>
          );
        })}
      </ul>
    </Banner>
  );
}

interface ColumnsOf {
  scope: TeamScope;
  team: Team;
  members: readonly Member[];
  calendars: ReadonlyMap<string, Candidate>;
  words: Translator<"teams">;
}

function columnsOf({ scope, team, members, calendars, words }: ColumnsOf): Column<Member>[] {
  const shown = ({ name, email, userId }: Member) =>
    userId === scope.readerId ? words("members.you", { name: name ?? email }) : (name ?? email);
  return [
    {
      key: "name",
      head: words("members.name"),
      cell: (member) => <span className="font-semibold">{shown(member)}</span>,
      block: "lead",
    },
    {
      key: "role",
      head: words("members.role"),
      cell: ({ role, status }) => (
        <span className="flex flex-wrap gap-2">
          <Badge tone={role === "member" ? "none" : "calm"} glyph={role === "member" ? UserIcon : KeyIcon}>
            {words(`roles.${role}`)}
          </Badge>
          {status === "invited" && (
            <Badge tone="warning" glyph={HourglassIcon}>
              {words("members.invited")}
            </Badge>
          )}
        </span>
      ),
      block: "state",
    },
    {
      key: "email",
      head: words("members.email"),
      cell: ({ email }) => <span className="break-all">{email}</span>,
      block: "full",
    },
    {
      key: "calendar",
      head: words("members.calendar"),
      cell: ({ userId, status }) => {
        const candidate = userId && status === "active" ? calendars.get(userId) : undefined;
        return candidate && <ConnectionBadge state={candidate.connection} />;
      },
      block: "full",
    },
    {
      key: "actions",
      head: words("members.actions"),
      hideHead: true,
      cell: (member) => <Actions {...{ scope, team, member, members }} />,
      align: "end",
      block: "end",
    },
  ];
}

interface ActionsProps {
  scope: TeamScope;
  team: Team;
  member: Member;
  /** All in the team. */
  members: readonly Member[];
}

async function Actions({ scope, team, member, members }: ActionsProps) {
  const words = translator("teams", await getLocale());
  const { userId, invitationId, role, status } = member;
  const name = member.name ?? member.email;
  const memberId = invitationId ?? userId ?? "";
  const fields = { teamId: team.id, memberId };
  if (!scope.manages || (role === "owner" && !scope.owns)) return null;
  if (status === "invited") {
    return (
      <PostForm action={takeOut} fields={fields}>
        <SubmitButton
          kind="quiet-danger"
          size="sm"
          flush
          workingLabel={words("members.takingBack")}
          aria-label={words("members.takeBackLabel", { name })}
        >
          {words("members.takeBack")}
        </SubmitButton>
      </PostForm>
    );
  }
  const others = teamRoles.filter((other) => other !== role && (scope.owns || other !== "owner"));
  return (
    <div className="flex flex-wrap justify-end gap-x-5 gap-y-1">
      {others.map((other) => (
        <Confirm
          key={other}
          trigger={words("members.make", { role: other })}
          triggerLook={{ kind: "quiet", size: "sm", flush: true }}
          triggerLabel={words("members.makeLabel", { name, role: other })}
          title={words("members.makeTitle", { name, role: other })}
          keepLabel={words("members.keep")}
          confirmLabel={words("members.make", { role: other })}
          workingLabel={words("members.making")}
          action={setTeamRole}
          fields={{ ...fields, role: other }}
        >
          <p>{words("members.makeText", { name, role: other })}</p>
        </Confirm>
      ))}
      {userId !== scope.readerId && (
        <Confirm
          trigger={words("members.remove")}
          triggerLook={{ kind: "quiet-danger", size: "sm", flush: true }}
          triggerLabel={words("members.removeLabel", { name })}
          title={words("members.removeTitle", { name })}
          keepLabel={words("members.keep")}
          confirmLabel={words("members.remove")}
          workingLabel={words("members.removing")}
          action={takeOut}
          fields={fields}
        >
          <p>{words("members.removeText", { name })}</p>
          <SuccessorField id={`successor-${memberId}`} members={members} leaving={userId} />
        </Confirm>
      )}
    </div>
  );
}
