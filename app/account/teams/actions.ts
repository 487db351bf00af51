"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { requireTeam } from "@/app/account/teams/require-team";
import { requireOrganizer } from "@/lib/auth/guards";
import type { TeamScope } from "@/lib/auth/team-scope";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { buttonAction, type FormOutcome, formAction } from "@/lib/reader/action";
import { setAllowsAdHoc } from "@/lib/teams/ad-hoc";
import { setWantsDigest } from "@/lib/teams/digest";
import { acceptTeamInvitation, declineTeamInvitation, inviteMember } from "@/lib/teams/invitations";
import { changeMember, removeMember } from "@/lib/teams/members";
import { memberInput, teamInput, teamRoles } from "@/lib/teams/schema";
import { setShowsMembers } from "@/lib/teams/team-page";
import { changeTeam, createTeam, removeTeam } from "@/lib/teams/teams";

const listPath = "/account/teams";
const pathOf = (id: string, query = "") => `${listPath}/${id}${query}`;
const renew = () => revalidatePath("/account", "layout");

/** For forms of one team, which they name. */
const inTheTeam = ({ teamId = "" }: Readonly<Record<string, string>>) => requireTeam(teamId);

export const addTeam = formAction({
  guard: () => requireOrganizer(),
  schema: teamInput,
  read: (formData) => ({ name: formData.get("name"), handle: formData.get("handle") }),
  async run(input, { who, locale }) {
    const made = await createTeam(who.scope, input);
    if (!made.ok)
      return { status: "refused", errors: { handle: translator("teams", locale)("new.handleTaken") } };
    renew();
    redirect(pathOf(made.value.id, "?tab=members"));
  },
});

export const saveTeam = formAction({
  guard: inTheTeam,
  schema: teamInput.extend({ teamId: z.string() }),
  async run({ teamId: _, ...input }, { who, locale }): Promise<FormOutcome> {
    const words = translator("teams", locale);
    const saved = await changeTeam(who.team, input);
    renew();
    if (saved.ok) return { status: "done", message: words("settings.saved") };
    if (saved.error.code === "handle_taken") {
      return { status: "refused", errors: { handle: words("new.handleTaken") } };
    }
    return { status: "refused", message: words("settings.readOnly") };
  },
});

/** A box that isn't ticked isn't sent. */
const ticked = (formData: FormData, name: string) => ({
  teamId: formData.get("teamId"),
  isTicked: formData.has(name),
});
const tick = z.object({ teamId: z.string(), isTicked: z.boolean() });

/** What the form of one box does, which is kept by `save`. False: they may not say so. */
const keepBox = (name: string, save: (scope: TeamScope, isTicked: boolean) => Promise<boolean>) => ({
  guard: inTheTeam,
  schema: tick,
  read: (formData: FormData) => ticked(formData, name),
  async run({ isTicked }: z.output<typeof tick>, { who, locale }: Sent): Promise<FormOutcome> {
    const words = translator("teams", locale);
    const isSaved = await save(who.team, isTicked);
    renew();
    return isSaved
      ? { status: "done", message: words("settings.saved") }
      : { status: "refused", message: words("settings.readOnly") };
  },
});

interface Sent {
  who: Awaited<ReturnType<typeof requireTeam>>;
  locale: Locale;
}

export const saveTeamPage = formAction({
  ...keepBox("page.showsMembers", setShowsMembers),
});

export const saveAdHoc = formAction({
  ...keepBox("adHoc.allows", setAllowsAdHoc),
});

export const saveDigest = formAction({
  ...keepBox("digest.wants", setWantsDigest),
});

export const deleteTeam = buttonAction({
  guard: inTheTeam,
  schema: z.object({ teamId: z.string() }),
  async run(_, { who }) {
    const removed = await removeTeam(who.team);
    renew();
    redirect(`${listPath}?notice=${removed.ok ? "deleted" : "gone"}`);
  },
});

export const invite = formAction({
  guard: inTheTeam,
  limit: { name: "teamInvitation", per: ({ organizer }) => organizer.id },
  schema: memberInput.extend({ teamId: z.string() }),
  async run({ teamId: _, ...input }, { who, locale }): Promise<FormOutcome> {
    const words = translator("teams", locale);
    const { organizer, team } = who;
    const invited = await inviteMember(team, input, { isPlatformAdmin: organizer.role === "admin" });
    if (invited.ok) {
      renew();
      const { email, name, status } = invited.value;
      const message =
        status === "active"
          ? words("members.added", { name: name ?? email })
          : words("members.done", { email });
      return { status: "done", message };
    }
    switch (invited.error.code) {
      case "already_member":
        return { status: "refused", errors: { email: words("members.already") } };
      case "too_many_invitations":
        return { status: "refused", message: words("members.tooMany") };
      default:
        return { status: "refused", message: words("members.forbidden") };
    }
  },
});

const ofMember = { teamId: z.string(), memberId: z.string() };

export const setTeamRole = buttonAction({
  guard: inTheTeam,
  schema: z.object({ ...ofMember, role: z.enum(teamRoles) }),
  async run({ teamId, memberId, role }, { who }) {
    const changed = await changeMember(who.team, memberId, { role });
    renew();
    redirect(pathOf(teamId, `?tab=members&notice=${changed.ok ? "changed" : changed.error.code}`));
  },
});

export const takeOut = buttonAction({
  guard: inTheTeam,
  schema: z.object({ ...ofMember, successor: z.string().optional() }),
  async run({ teamId, memberId, successor }, { who }) {
    const removed = await removeMember(who.team, memberId, { successor: successor || undefined });
    renew();
    const isSelf = memberId === who.organizer.id;
    if (removed.ok) redirect(isSelf ? `${listPath}?notice=left` : pathOf(teamId, "?tab=members"));
    redirect(pathOf(teamId, `?tab=members&notice=${removed.error.code}&member=${memberId}`));
  },
});

export const join = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ invitationId: z.string() }),
  async run({ invitationId }, { who }) {
    const joined = await acceptTeamInvitation(who.scope, { id: invitationId });
    renew();
    redirect(joined.ok ? pathOf(joined.value.id) : `${listPath}?notice=gone`);
  },
});

export const decline = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ invitationId: z.string() }),
  async run({ invitationId }, { who }) {
    const declined = await declineTeamInvitation(who.scope, { id: invitationId });
    renew();
    redirect(`${listPath}?notice=${declined.ok ? "declined" : "gone"}`);
  },
});

export const joinByLink = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ link: z.string().max(200) }),
  async run({ link }, { who }) {
    const joined = await acceptTeamInvitation(who.scope, { token: link });
    renew();
    redirect(joined.ok ? pathOf(joined.value.id) : `${listPath}?notice=gone`);
  },
});

export const declineByLink = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ link: z.string().max(200) }),
  async run({ link }, { who }) {
    const declined = await declineTeamInvitation(who.scope, { token: link });
    redirect(`${listPath}?notice=${declined.ok ? "declined" : "gone"}`);
  },
});
