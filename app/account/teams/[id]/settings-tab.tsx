import { BrandSection } from "@/app/account/brand/brand-section";
import {
  deleteTeam,
  saveAdHoc,
  saveDigest,
  saveTeam,
  saveTeamPage,
  takeOut,
} from "@/app/account/teams/actions";
import { AccountForm } from "@/components/accounts/account-form";
import { SuccessorField } from "@/components/teams/successor-field";
import { Confirm } from "@/components/ui/confirm";
import { FormPanel } from "@/components/ui/form-panel";
import { Note } from "@/components/ui/note";
import type { Organizer } from "@/lib/auth/guards";
import type { TeamScope } from "@/lib/auth/team-scope";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getAllowsAdHoc } from "@/lib/teams/ad-hoc";
import { getWantsDigest } from "@/lib/teams/digest";
import { listMembers } from "@/lib/teams/members";
import type { Team } from "@/lib/teams/schema";
import { getShowsMembers } from "@/lib/teams/team-page";

interface SettingsTabProps {
  organizer: Organizer;
  scope: TeamScope;
  team: Team;
  query: Readonly<Record<string, string | string[] | undefined>>;
}

const readOne = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** Name and address, looks, leaving, and the team's end. */
export async function SettingsTab({ organizer, scope, team, query }: SettingsTabProps) {
  const words = translator("teams", await getLocale());
  const { id, name, handle, role } = team;
  const [members, showsMembers, allowsAdHoc, wantsDigest] = await Promise.all([
    listMembers(scope),
    getShowsMembers(scope),
    getAllowsAdHoc(scope),
    getWantsDigest(scope),
  ]);
  return (
    <>
      {scope.manages ? (
        <>
          <FormPanel title={words("settings.title")} lead={words("settings.lead")}>
            <AccountForm
              action={saveTeam}
              hidden={{ teamId: id }}
              fields={[
                { name: "name", label: words("new.name"), autoComplete: "off", value: name },
                {
                  name: "handle",
                  label: words("new.handle"),
                  autoComplete: "off",
                  value: handle,
                  prefix: `${new URL(env().APP_URL).host}/`,
                },
              ]}
              submit={{ label: words("settings.save"), workingLabel: words("settings.saving") }}
            />
          </FormPanel>
          <BrandSection
            scope={scope}
            owner={id}
            kind="team"
            name={name}
            outcome={readOne(query.picture)}
            minutes={readOne(query.minutes)}
          />
        </>
      ) : (
        <Note tone="calm" title={words("settings.readOnly")} />
      )}
      {scope.manages && (
        <FormPanel title={words("settings.pageTitle")} lead={words("settings.pageLead")}>
          <AccountForm
            action={saveTeamPage}
            hidden={{ teamId: id }}
            fields={[]}
            choices={{
              name: "page",
              legend: words("settings.people"),
              choices: [{ value: "showsMembers", label: words("settings.showsMembers") }],
              chosen: showsMembers ? ["showsMembers"] : [],
            }}
            submit={{ label: words("settings.save"), workingLabel: words("settings.saving"), kind: "second" }}
          />
        </FormPanel>
      )}
      {scope.manages && (
        <FormPanel
          title={words("settings.adHocTitle")}
          lead={words("settings.adHocLead", { example: `${new URL(env().APP_URL).host}/ann+bob` })}
        >
          <AccountForm
            action={saveAdHoc}
            hidden={{ teamId: id }}
            fields={[]}
            choices={{
              name: "adHoc",
              legend: words("settings.adHoc"),
              choices: [{ value: "allows", label: words("settings.allowsAdHoc") }],
              chosen: allowsAdHoc ? ["allows"] : [],
            }}
            submit={{ label: words("settings.save"), workingLabel: words("settings.saving"), kind: "second" }}
          />
        </FormPanel>
      )}
      {scope.manages && wantsDigest !== null && (
        <FormPanel title={words("settings.digestTitle")} lead={words("settings.digestLead")}>
          <AccountForm
            action={saveDigest}
            hidden={{ teamId: id }}
            fields={[]}
            choices={{
              name: "digest",
              legend: words("settings.digest"),
              choices: [{ value: "wants", label: words("settings.wantsDigest") }],
              chosen: wantsDigest ? ["wants"] : [],
            }}
            submit={{ label: words("settings.save"), workingLabel: words("settings.saving"), kind: "second" }}
          />
        </FormPanel>
      )}
      {role !== null && (
        <FormPanel title={words("settings.leaveTitle")} lead={words("settings.leaveLead")}>
          <div>
            <Confirm
              trigger={words("settings.leave")}
              title={words("settings.leaveQuestion", { team: name })}
              keepLabel={words("settings.stay")}
              confirmLabel={words("settings.leave")}
              workingLabel={words("settings.leaving")}
              action={takeOut}
              fields={{ teamId: id, memberId: organizer.id }}
            >
              <p>{words("settings.leaveLead")}</p>
              <SuccessorField id="successor" members={members} leaving={organizer.id} />
            </Confirm>
          </div>
        </FormPanel>
      )}
      {scope.owns && (
        <FormPanel title={words("settings.deleteTitle")} lead={words("settings.deleteLead")}>
          <div>
            <Confirm
              trigger={words("settings.delete")}
              title={words("settings.deleteQuestion", { team: name })}
              keepLabel={words("settings.keep")}
              confirmLabel={words("settings.delete")}
              workingLabel={words("settings.deleting")}
              action={deleteTeam}
              fields={{ teamId: id }}
            >
              <p>{words("settings.deleteLead")}</p>
            </Confirm>
          </div>
        </FormPanel>
      )}
    </>
  );
}
