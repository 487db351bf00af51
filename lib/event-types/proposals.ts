/** Event types that an organizer who has just begun can add with one press; none is added without it. */
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { createEventType } from "@/lib/event-types/save";
import { eventTypeInput } from "@/lib/event-types/schema";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { toSlug } from "@/lib/input/slug";

/** By name, how long each takes, in minutes. */
const lengths = { intro: 15, meeting: 45, workshop: 90 } as const;

export const proposalNames = ["intro", "meeting", "workshop"] as const satisfies (keyof typeof lengths)[];

export type ProposalName = (typeof proposalNames)[number];

export interface Proposal {
  name: ProposalName;
  title: string;
  minutes: number;
}

/** With more of their own than this they know what they want. */
const beginnerMost = 3;

/** The proposals for an organizer with a connected account who has few event types; without those that they have, and none once they decline. */
export async function listProposals(scope: OwnerScope, locale: Locale): Promise<Proposal[]> {
  const { ownerId: id } = scope;
  const user = await db().user.findUniqueOrThrow({
    where: { id },
    select: {
      declinesProposals: true,
      connections: { where: { provider: "teams" }, select: { id: true } },
      eventTypes: { select: { slug: true } },
    },
  });
  const { declinesProposals, connections, eventTypes } = user;
  if (declinesProposals || connections.length === 0 || eventTypes.length > beginnerMost) return [];
  const taken = new Set(eventTypes.map(({ slug }) => slug));
  return proposalNames
    .map((name) => ({ name, title: titleOf(name, locale), minutes: lengths[name] }))
    .filter(({ name, title }) => !taken.has(slugOf(name, title)));
}

/** Adds one of them. Twice is once. */
export async function addProposal(scope: OwnerScope, name: ProposalName, locale: Locale): Promise<void> {
  const title = titleOf(name, locale);
  const input = {
    slug: slugOf(name, title),
    title,
    description: translator("event-types", locale)(`proposals.${name}.description`),
    durationsMinutes: [lengths[name]],
    location: { kind: "teams" },
  };
  await createEventType(scope, eventTypeInput.parse(input));
}

/** The organizer doesn't want to see them any more. */
export async function declineProposals({ ownerId: id }: OwnerScope): Promise<void> {
  await db().user.update({ where: { id }, data: { declinesProposals: true }, select: { id: true } });
}

const titleOf = (name: ProposalName, locale: Locale) =>
  translator("event-types", locale)(`proposals.${name}.title`);

/** A title in letters that no address can have is called by its name. */
const slugOf = (name: ProposalName, title: string) => toSlug(title) || name;
