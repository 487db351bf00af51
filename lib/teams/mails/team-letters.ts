import type { TeamRole } from "@/lib/auth/team-scope";
import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { type AccountHolder, sendLetter } from "@/lib/outbox/send-letter";

interface About {
  team: { id: string; name: string };
  /** Who did it. */
  by: string;
}

const teamUrl = (id: string) => `${env().APP_URL}/account/teams/${id}`;

/** Invites someone to a team. `url` is where they answer; whoever has it can accept. */
export async function sendTeamInvitation(
  tx: Tx,
  holder: AccountHolder,
  { team, by, role, url, hasAccount }: About & { role: TeamRole; url: string; hasAccount: boolean },
): Promise<void> {
  await sendLetter(tx, holder, "team-invitation", (words) => ({
    subject: words("team.invited.subject", { team: team.name }),
    paragraphs: [
      words("team.invited.lead", { by, team: team.name, site: env().APP_URL }),
      words(`team.role.${role}`),
      ...(hasAccount ? [] : [words("team.invited.account")]),
    ],
    actions: [{ label: words("team.invited.action"), url }],
    closing: [words("team.invited.closing")],
  }));
}

/** Tells someone whom a platform admin has put into a team. */
export async function sendAddedToTeam(
  tx: Tx,
  holder: AccountHolder,
  { team, by, role }: About & { role: TeamRole },
): Promise<void> {
  await sendLetter(tx, holder, "team-added", (words) => ({
    subject: words("team.added.subject", { team: team.name }),
    paragraphs: [words("team.added.lead", { by, team: team.name }), words(`team.role.${role}`)],
    actions: [{ label: words("team.action"), url: teamUrl(team.id) }],
  }));
}

/** Tells a member of their new role. */
export async function sendRoleChanged(
  tx: Tx,
  holder: AccountHolder,
  { team, by, role }: About & { role: TeamRole },
): Promise<void> {
  await sendLetter(tx, holder, "team-role", (words) => ({
    subject: words("team.changed.subject", { team: team.name }),
    paragraphs: [words("team.changed.lead", { by, team: team.name, role }), words(`team.role.${role}`)],
    actions: [{ label: words("team.action"), url: teamUrl(team.id) }],
  }));
}

/** Tells someone whom another has taken out of a team. */
export async function sendRemovedFromTeam(
  tx: Tx,
  holder: AccountHolder,
  { team, by }: Pick<About, "by"> & { team: { name: string } },
): Promise<void> {
  await sendLetter(tx, holder, "team-removed", (words) => ({
    subject: words("team.removed.subject", { team: team.name }),
    paragraphs: [words("team.removed.lead", { by, team: team.name }), words("team.removed.effect")],
  }));
}

/** Tells a member that another has deleted the team. */
export async function sendTeamDeleted(
  tx: Tx,
  holder: AccountHolder,
  { team, by }: Pick<About, "by"> & { team: { name: string } },
): Promise<void> {
  await sendLetter(tx, holder, "team-deleted", (words) => ({
    subject: words("team.deleted.subject", { team: team.name }),
    paragraphs: [words("team.deleted.lead", { by, team: team.name }), words("team.deleted.effect")],
  }));
}

/** Tells those who run a team that someone has joined, declined, or left. */
export async function sendTeamNews(
  tx: Tx,
  holder: AccountHolder,
  { team, who, what }: { team: About["team"]; who: string; what: "joined" | "declined" | "left" },
): Promise<void> {
  await sendLetter(tx, holder, `team-${what}`, (words) => ({
    subject: words(`team.${what}.subject`, { who, team: team.name }),
    paragraphs: [words(`team.${what}.lead`, { who, team: team.name })],
    actions: [{ label: words("team.action"), url: teamUrl(team.id) }],
  }));
}
