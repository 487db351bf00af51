import type { Metadata } from "next";
import { AccountFrame } from "@/app/account/account-frame";
import { declineByLink, joinByLink } from "@/app/account/teams/actions";
import { capabilityPage } from "@/components/booking-page/capability-page";
import { ButtonLink } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { findTeamInvitation } from "@/lib/teams/invitations";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("teams", await getLocale());
  return { ...capabilityPage, title: words("invitations.title") };
}

/** Where a mailed invitation leads: its holder says yes or no. */
export default async function TeamInvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const words = translator("teams", await getLocale());
  const { token } = await params;
  const organizer = await requireOrganizer(`/account/teams/invitations/${token}`);
  const invitation = await findTeamInvitation(organizer.scope, token);
  if (!invitation) {
    return (
      <AccountFrame>
        <PageHead title={words("invitations.goneTitle")} lead={words("invitations.goneLead")} />
        <ButtonLink href="/account/teams">{words("invitations.toTeams")}</ButtonLink>
      </AccountFrame>
    );
  }
  const { team, role, invitedBy } = invitation;
  return (
    <AccountFrame>
      <PageHead
        title={words("invitations.answerTitle", { team: team.name })}
        lead={words("invitations.answerLead", { by: invitedBy.name, role, name: organizer.name })}
      />
      <div className="flex flex-wrap gap-3">
        <PostForm action={joinByLink} fields={{ link: token }}>
          <SubmitButton workingLabel={words("invitations.accepting")}>
            {words("invitations.accept")}
          </SubmitButton>
        </PostForm>
        <PostForm action={declineByLink} fields={{ link: token }}>
          <SubmitButton kind="second" workingLabel={words("invitations.declining")}>
            {words("invitations.decline")}
          </SubmitButton>
        </PostForm>
      </div>
    </AccountFrame>
  );
}
