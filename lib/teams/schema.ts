import { z } from "zod";
import { email, handle } from "@/lib/accounts/schema";
import { brand, brandChange } from "@/lib/brand/schema";
import { lockNames } from "@/lib/event-types/locks";
import { eventType, eventTypeChange, eventTypeInput } from "@/lib/event-types/schema";
import { line } from "@/lib/input/text";
import { instant } from "@/lib/input/time";

export const teamRoles = ["owner", "admin", "member"] as const;

const role = z.enum(teamRoles, { error: "team_role" }).meta({
  description:
    "`owner`: everything. `admin`: everything but the team's end and its owners. `member`: sees what they take part in",
});

const name = line(100).meta({ examples: ["Front desk"] });

const address = handle.meta({
  description: "The team's public page is at this address. Organizers and teams share one namespace",
  examples: ["front-desk"],
});

export const teamInput = z.strictObject({ name, handle: address }).meta({ id: "TeamInput" });

const allowsAdHoc = z.boolean().meta({
  description: "Visitors can book two to five members together, at `/{handle}+{handle}`",
});

/** What is left out stays. */
export const teamChange = z
  .strictObject({ name, handle: address, allowsAdHoc, brand: brandChange })
  .partial()
  .meta({ id: "TeamChange" });

export const team = z
  .object({
    id: z.uuid(),
    name: z.string(),
    handle: z.string(),
    role: role.nullable().meta({ description: "Yours. Null for a platform admin who isn't a member" }),
    allowsAdHoc,
    brand,
  })
  .meta({ id: "Team" });

export const memberInput = z
  .strictObject({ email, role: role.default("member") })
  .meta({ id: "TeamMemberInput" });

export const memberChange = z.strictObject({ role }).meta({ id: "TeamMemberChange" });

export const member = z
  .object({
    userId: z.uuid().nullable().meta({ description: "Null for someone who has no account yet" }),
    name: z.string().nullable(),
    email: z.string(),
    role,
    status: z.enum(["active", "invited"]),
    invitationId: z.uuid().optional().meta({
      description: "Of someone invited. Takes the place of `userId` where they have no account",
    }),
  })
  .meta({ id: "TeamMember" });

export const teamInvitation = z
  .object({
    id: z.uuid(),
    team: z.object({ id: z.uuid(), name: z.string(), handle: z.string() }),
    role,
    invitedBy: z.object({ name: z.string() }),
    createdAt: instant,
    expiresAt: instant,
  })
  .meta({ id: "TeamInvitation" });

const whole = (min: number, max: number) =>
  z
    .int({ error: ({ input }) => (input === undefined ? undefined : "whole_number") })
    .min(min, "number_min")
    .max(max, "number_max");

/** More than that is no team, and each of them is asked for every slot. */
const mostHosts = 100;

const hostFields = {
  userId: z.uuid("uuid_form").meta({ description: "A member of the team" }),
  kind: z.enum(["fixed", "rotating"], { error: "host_kind" }).meta({
    description: "`fixed`: takes part in every booking. `rotating`: takes turns with the others",
  }),
  weight: whole(1, 1000).meta({ description: "How large a share of the bookings a rotating host gets" }),
  priority: whole(0, 9).meta({ description: "Rotating hosts with the highest priority are asked first" }),
  scheduleId: z
    .uuid("uuid_form")
    .meta({ description: "A schedule of this host. Left out: their default one" }),
};

const hostInput = z.strictObject({
  ...hostFields,
  weight: hostFields.weight.default(100),
  priority: hostFields.priority.default(0),
  scheduleId: hostFields.scheduleId.nullable().optional(),
});

const hosts = z
  .array(hostInput)
  .min(1, "host_missing")
  .max(mostHosts, "too_many")
  .superRefine((list, ctx) => {
    const seen = new Set<string>();
    for (const [index, { userId }] of list.entries()) {
      if (seen.has(userId))
        ctx.addIssue({ code: "custom", path: [index, "userId"], message: "host_repeated" });
      seen.add(userId);
    }
  })
  .meta({ description: "Who takes part, in the order that decides between equals" });

const rotatingHosts = whole(0, mostHosts).meta({
  description: "How many of the rotating hosts each booking gets. Left out: 1, or 0 where none take turns",
});
const hostChoice = z.enum(["automatic", "visitor"], { error: "host_choice" }).meta({
  description: "Whether visitors may choose a person",
});
const onReschedule = z.enum(["same_host", "any_host"], { error: "on_reschedule" }).meta({
  description: "Whether a booking that is moved stays with its hosts",
});

const hostDeclines = z.enum(["hand_over", "ask", "ignore"], { error: "host_declines" }).meta({
  description:
    "What happens when a host declines in Outlook: the next one whose turn it is takes over, the hosts are asked, or nothing",
});

/** What a new event type of a team needs: as an organizer's own, with its hosts instead of a schedule. */
export const teamEventTypeInput = z
  .strictObject({
    ...eventTypeInput.omit({ scheduleId: true }).shape,
    invitations: eventTypeInput.shape.invitations.removeDefault().default("bellhop"),
    hosts,
    rotatingHosts: rotatingHosts.optional(),
    hostChoice: hostChoice.default("automatic"),
    onReschedule: onReschedule.default("same_host"),
    hostDeclines: hostDeclines.default("ask"),
  })
  .meta({ id: "TeamEventTypeInput" });

/** What is left out stays; the list of hosts is replaced as a whole. */
export const teamEventTypeChange = z
  .strictObject({
    ...eventTypeChange.omit({ scheduleId: true }).shape,
    hosts: hosts.optional(),
    rotatingHosts: rotatingHosts.optional(),
    hostChoice: hostChoice.optional(),
    onReschedule: onReschedule.optional(),
    hostDeclines: hostDeclines.optional(),
  })
  .meta({ id: "TeamEventTypeChange" });

export const teamEventType = z
  .object({
    ...eventType.omit({ scheduleId: true }).shape,
    hosts: z.array(z.object({ ...hostFields, scheduleId: hostFields.scheduleId.optional() })),
    rotatingHosts,
    hostChoice,
    onReschedule,
    hostDeclines,
  })
  .meta({ id: "TeamEventType" });

const lockName = z.enum(lockNames);

/** What becomes of a copy whose holder leaves the team, or is to have none. */
const whenHolderLeaves = z.enum(["keep", "delete"]).meta({
  description:
    "What happens to the copy of someone who leaves the team, or no longer gets one: `keep` makes it their own",
});

const locked = z
  .array(lockName)
  .max(lockNames.length, "too_many")
  .meta({
    description:
      "Groups of fields that are the same in all copies. They follow the team's event type, and members can't change them",
    examples: [["title", "location"]],
  });

/** What is left out stays. */
export const copiesChange = z
  .strictObject({
    locked,
    whenHolderLeaves,
    holders: z.array(z.uuid("uuid_form")).max(1000, "too_many").meta({
      description: "The members who have a copy. Others lose theirs",
    }),
  })
  .partial()
  .meta({ id: "EventTypeCopiesChange" });

export const copies = z
  .object({
    locked,
    whenHolderLeaves,
    members: z.array(
      z.object({
        userId: z.uuid(),
        name: z.string(),
        handle: z.string(),
        slug: z.string().nullable().meta({ description: "Of their copy. Null: they have none" }),
      }),
    ),
  })
  .meta({ id: "EventTypeCopies" });

/** A team without its looks, which are read where they are shown. */
export type Team = Omit<z.output<typeof team>, "brand">;
export type Member = z.output<typeof member>;
export type TeamEventTypeInput = z.output<typeof teamEventTypeInput>;
export type TeamEventTypeChange = z.output<typeof teamEventTypeChange>;
export type TeamEventType = z.output<typeof teamEventType>;
