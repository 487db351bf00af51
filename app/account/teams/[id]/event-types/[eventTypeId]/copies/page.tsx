import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccountFrame } from "@/app/account/account-frame";
import { saveCopyHolders, saveLocks } from "@/app/account/teams/copy-actions";
import { requireTeam } from "@/app/account/teams/require-team";
import { AccountForm } from "@/components/accounts/account-form";
import { FormPanel } from "@/components/ui/form-panel";
import { PageHead } from "@/components/ui/page-head";
import { lockNames } from "@/lib/event-types/locks";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getCopies } from "@/lib/teams/copies";
import { getTeamEventType } from "@/lib/teams/event-types";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("teams", await getLocale())("copies.title") };
}

interface CopiesPageProps {
  params: Promise<{ id: string; eventTypeId: string }>;
}

/** Members' own copies of one event type: who has one, and what they can't change in it. */
export default async function CopiesPage({ params }: CopiesPageProps) {
  const words = translator("teams", await getLocale());
  const { id: teamId, eventTypeId } = await params;
  const path = `/account/teams/${teamId}/event-types/${eventTypeId}`;
  const { team } = await requireTeam(teamId, `${path}/copies`);
  const [eventType, copies] = await Promise.all([
    getTeamEventType(team, eventTypeId),
    getCopies(team, eventTypeId),
  ]);
  if (!eventType || !copies) notFound();
  const { members, locked, copiesStay } = copies;
  const hidden = { teamId, eventTypeId };
  const save = { label: words("settings.save"), workingLabel: words("settings.saving") };
  return (
    <AccountFrame teamId={teamId}>
      <PageHead
        title={words("copies.title")}
        lead={words("copies.lead", { title: eventType.title })}
        back={{ href: path, label: eventType.title }}
      />
      <div className="grid gap-6">
        <FormPanel title={words("copies.holders")} lead={words("copies.holdersLead")}>
          <AccountForm
            action={saveCopyHolders}
            hidden={hidden}
            fields={[]}
            choices={{
              name: "holders",
              legend: words("team.members"),
              choices: members.map(({ userId, name, handle, slug }) => ({
                value: userId,
                label: slug === null ? name : words("copies.holder", { name, address: `/${handle}/${slug}` }),
              })),
              chosen: members.flatMap(({ userId, slug }) => (slug === null ? [] : [userId])),
            }}
            submit={save}
          />
        </FormPanel>
        <FormPanel title={words("copies.locks")} lead={words("copies.locksLead")}>
          <AccountForm
            action={saveLocks}
            hidden={hidden}
            fields={[
              {
                name: "leaving",
                label: words("copies.leaving"),
                autoComplete: "off",
                value: copiesStay ? "stay" : "go",
                options: [
                  { value: "stay", label: words("copies.stay") },
                  { value: "go", label: words("copies.go") },
                ],
              },
            ]}
            choices={{
              name: "locked",
              legend: words("copies.locked"),
              choices: lockNames.map((name) => ({ value: name, label: words(`copies.names.${name}`) })),
              chosen: locked,
            }}
            submit={save}
          />
        </FormPanel>
      </div>
    </AccountFrame>
  );
}
