import { UsersThreeIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { use } from "react";
import { AccountFrame } from "@/app/account/account-frame";
import { addTeam, decline, join } from "@/app/account/teams/actions";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { AccountForm } from "@/components/accounts/account-form";
import { Badge } from "@/components/ui/badge";
import { FormPanel } from "@/components/ui/form-panel";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { PostForm } from "@/components/ui/post-form";
import { Seal } from "@/components/ui/seal";
import { SubmitButton } from "@/components/ui/submit-button";
import { requireOrganizer } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { listTeamInvitations, type TeamInvitation } from "@/lib/teams/invitations";
import type { Team } from "@/lib/teams/schema";
import { listTeams } from "@/lib/teams/teams";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("teams", await getLocale());
  return { title: words("title") };
}

const notices = ["declined", "left", "deleted", "gone"] as const;

export default async function TeamsPage({ searchParams }: { searchParams: SearchParameters }) {
  const words = translator("teams", await getLocale());
  const { scope } = await requireOrganizer("/account/teams");
  const [teams, invitations, asked] = await Promise.all([
    listTeams(scope),
    listTeamInvitations(scope),
    readParameter(searchParams, "notice"),
  ]);
  const notice = notices.find((name) => name === asked);
  return (
    <AccountFrame>
      <PageHead title={words("title")} lead={words("lead")} />
      <div className="grid gap-6">
        {notice && (
          <Note
            tone={notice === "gone" ? "warning" : "success"}
            role="status"
            title={words(`notice.${notice}`)}
          />
        )}
        {invitations.length > 0 && <Invitations invitations={invitations} />}
        <Panel bare aria-labelledby="teams">
          <h2 id="teams" className="px-4 pt-5 pb-3 md:px-6">
            {words("list.title")}
          </h2>
          {teams.length > 0 ? (
            <ul className="divide-y divide-hairline border-t border-hairline">
              {teams.map((team) => (
                <Row key={team.id} team={team} />
              ))}
            </ul>
          ) : (
            <p className="px-4 pb-5 text-muted md:px-6">{words("list.none")}</p>
          )}
        </Panel>
        <FormPanel title={words("new.title")} lead={words("new.lead")}>
          <AccountForm
            action={addTeam}
            fields={[
              { name: "name", label: words("new.name"), autoComplete: "off" },
              {
                name: "handle",
                label: words("new.handle"),
                autoComplete: "off",
                prefix: `${new URL(env().APP_URL).host}/`,
                hint: words("new.handleHint"),
              },
            ]}
            submit={{ label: words("new.submit"), workingLabel: words("new.working") }}
          />
        </FormPanel>
      </div>
    </AccountFrame>
  );
}

function Row({ team: { id, name, handle, role } }: { team: Team }) {
  const words = translator("teams", use(getLocale()));
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-4 md:px-6">
      <Seal name={name} />
      <div className="min-w-0 flex-1">
        <a href={`/account/teams/${id}`} className="font-semibold">
          {name}
        </a>
        <p className="truncate font-mono text-xs text-muted">/{handle}</p>
      </div>
      <Badge tone={role === "member" ? "none" : "calm"} glyph={UsersThreeIcon}>
        {words(`roles.${role ?? "member"}`)}
      </Badge>
    </li>
  );
}

function Invitations({ invitations }: { invitations: readonly TeamInvitation[] }) {
  const words = translator("teams", use(getLocale()));
  return (
    <Panel aria-labelledby="invitations">
      <h2 id="invitations" className="mb-3">
        {words("invitations.title")}
      </h2>
      <ul className="grid divide-y divide-hairline">
        {invitations.map(({ id, team: { name: team }, invitedBy: { name: by } }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-3">
            <span>{words("invitations.item", { by, team })}</span>
            <span className="flex flex-wrap gap-3">
              <PostForm action={join} fields={{ invitationId: id }}>
                <SubmitButton
                  size="sm"
                  workingLabel={words("invitations.accepting")}
                  aria-label={words("invitations.acceptLabel", { team })}
                >
                  {words("invitations.accept")}
                </SubmitButton>
              </PostForm>
              <PostForm action={decline} fields={{ invitationId: id }}>
                <SubmitButton
                  kind="quiet"
                  size="sm"
                  workingLabel={words("invitations.declining")}
                  aria-label={words("invitations.declineLabel", { team })}
                >
                  {words("invitations.decline")}
                </SubmitButton>
              </PostForm>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
