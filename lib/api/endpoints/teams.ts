import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { bookingsQueryWith } from "@/lib/api/endpoints/bookings";
import { pageOf, pageQuery } from "@/lib/api/page";
import { type FieldError, toFieldErrors } from "@/lib/api/problem";
import { ownBooking } from "@/lib/booking-record/own-booking";
import { toBrandAnswer } from "@/lib/brand/answer";
import { brandsOf, showBrand } from "@/lib/brand/read";
import type { InputIssue } from "@/lib/input/parse";
import { err, ok, type Result } from "@/lib/result";
import type { Copies } from "@/lib/teams/copies";
import type { TeamInvitation } from "@/lib/teams/invitations";
import type { RemoveRefused } from "@/lib/teams/members";
import {
  copies,
  copiesChange,
  member,
  memberChange,
  memberInput,
  type Team,
  team,
  teamChange,
  teamEventType,
  teamEventTypeChange,
  teamEventTypeInput,
  teamInput,
  teamInvitation,
} from "@/lib/teams/schema";

const byTeam = z.object({ id: z.uuid() });
const byMember = byTeam.extend({
  userId: z.uuid().meta({ description: "Of someone invited who has no account: `invitationId`" }),
});
const byEventType = byTeam.extend({ eventTypeId: z.uuid() });

export const listTeamsEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/teams",
  access: "read",
  summary: "List the teams that you are in",
  query: pageQuery,
  answer: pageOf(team),
});

export const createTeamEndpoint = endpoint({
  method: "POST",
  path: "/api/v1/me/teams",
  access: "all",
  repeatable: true,
  summary: "Create a team. You become its owner",
  body: teamInput,
  status: 201,
  answer: team,
  problems: ["handle_taken"],
});

export const getTeamEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/teams/{id}",
  access: "read",
  summary: "Read a team",
  params: byTeam,
  answer: team,
  problems: ["not_found"],
});

export const changeTeamEndpoint = endpoint({
  method: "PATCH",
  path: "/api/v1/teams/{id}",
  access: "all",
  summary: "Change a team's name, address or looks, as an owner or admin. What you leave out stays the same",
  params: byTeam,
  body: teamChange,
  answer: team,
  problems: ["not_found", "forbidden", "handle_taken", "invalid_request"],
});

export const removeTeamEndpoint = endpoint({
  method: "DELETE",
  path: "/api/v1/teams/{id}",
  access: "all",
  summary: "Delete a team with its pages and event types, as an owner. Its bookings stay, with their hosts",
  params: byTeam,
  status: 204,
  problems: ["not_found", "forbidden"],
});

export const listMembersEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/teams/{id}/members",
  access: "read",
  summary: "List who is in a team, then who is invited",
  params: byTeam,
  query: pageQuery,
  answer: pageOf(member),
  problems: ["not_found"],
});

export const inviteMemberEndpoint = endpoint({
  method: "POST",
  path: "/api/v1/teams/{id}/members",
  access: "all",
  summary:
    "Invite someone to a team, as an owner or admin. They're `invited` until they accept. An admin of this server adds someone who has an account at once",
  params: byTeam,
  body: memberInput,
  status: 201,
  answer: member,
  problems: ["not_found", "forbidden", "already_member", "too_many_invitations"],
});

export const changeMemberEndpoint = endpoint({
  method: "PATCH",
  path: "/api/v1/teams/{id}/members/{userId}",
  access: "all",
  summary: "Change a member's role. Only owners make and unmake owners",
  params: byMember,
  body: memberChange,
  answer: member,
  problems: ["not_found", "forbidden", "last_owner"],
});

export const removeMemberEndpoint = endpoint({
  method: "DELETE",
  path: "/api/v1/teams/{id}/members/{userId}",
  access: "all",
  summary:
    "Remove a member, leave a team, or take an invitation back. Bookings to come are handed over to the successor, or to whoever's turn it is",
  params: byMember,
  query: z.strictObject({
    successor: z.uuid().optional().meta({ description: "The member who takes over all bookings to come" }),
  }),
  status: 204,
  problems: ["not_found", "forbidden", "last_owner", "invalid_request", "no_successor"],
});

export const listTeamInvitationsEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/team-invitations",
  access: "read",
  summary: "List the teams that you are invited to, newest first",
  query: pageQuery,
  answer: pageOf(teamInvitation),
});

export const acceptTeamInvitationEndpoint = endpoint({
  method: "POST",
  path: "/api/v1/me/team-invitations/{id}/accept",
  access: "all",
  summary: "Join a team",
  params: byTeam,
  body: z.strictObject({}),
  answer: team,
  problems: ["not_found"],
});

export const declineTeamInvitationEndpoint = endpoint({
  method: "POST",
  path: "/api/v1/me/team-invitations/{id}/decline",
  access: "all",
  summary: "Decline an invitation to a team",
  params: byTeam,
  body: z.strictObject({}),
  answer: teamInvitation,
  problems: ["not_found"],
});

export const listTeamEventTypesEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/teams/{id}/event-types",
  access: "read",
  summary: "List a team's event types, hidden ones too. Members see those they host",
  params: byTeam,
  query: pageQuery,
  answer: pageOf(teamEventType),
  problems: ["not_found"],
});

export const createTeamEventTypeEndpoint = endpoint({
  method: "POST",
  path: "/api/v1/teams/{id}/event-types",
  access: "all",
  repeatable: true,
  summary: "Add an event type to a team, as an owner or admin",
  params: byTeam,
  body: teamEventTypeInput,
  status: 201,
  answer: teamEventType,
  problems: ["not_found", "forbidden", "slug_taken", "invalid_request"],
});

export const getTeamEventTypeEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/teams/{id}/event-types/{eventTypeId}",
  access: "read",
  summary: "Read an event type of a team",
  params: byEventType,
  answer: teamEventType,
  problems: ["not_found"],
});

export const changeTeamEventTypeEndpoint = endpoint({
  method: "PATCH",
  path: "/api/v1/teams/{id}/event-types/{eventTypeId}",
  access: "all",
  summary:
    "Change an event type of a team, as an owner or admin. What you leave out stays the same, and `hosts` replaces the whole list",
  params: byEventType,
  body: teamEventTypeChange,
  answer: teamEventType,
  problems: ["not_found", "forbidden", "slug_taken", "invalid_request"],
});

export const removeTeamEventTypeEndpoint = endpoint({
  method: "DELETE",
  path: "/api/v1/teams/{id}/event-types/{eventTypeId}",
  access: "all",
  summary: "Delete an event type of a team, as an owner or admin. Its bookings stay",
  params: byEventType,
  status: 204,
  problems: ["not_found", "forbidden"],
});

export const getCopiesEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/teams/{id}/event-types/{eventTypeId}/copies",
  access: "read",
  summary: "Read who has a copy of a team's event type, and what is locked in it, as an owner or admin",
  params: byEventType,
  answer: copies,
  problems: ["not_found"],
});

export const changeCopiesEndpoint = endpoint({
  method: "PATCH",
  path: "/api/v1/teams/{id}/event-types/{eventTypeId}/copies",
  access: "all",
  summary:
    "Give members their own copies of a team's event type, and lock fields, as an owner or admin. What you leave out stays the same",
  params: byEventType,
  body: copiesChange,
  answer: copies,
  problems: ["not_found", "forbidden", "invalid_request"],
});

export const listTeamBookingsEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/teams/{id}/bookings",
  access: "read",
  summary: "List a team's bookings in order of their start. Members see their own",
  params: byTeam,
  query: bookingsQueryWith({
    host: z.string().min(1).max(63).optional().meta({ description: "Only those of this host: their handle" }),
  }),
  answer: pageOf(ownBooking),
  problems: ["not_found"],
});

/** Copies of a team's event type in the API's terms. */
export function toApiCopies({ copiesStay, ...rest }: Copies): z.input<typeof copies> {
  return { ...rest, whenHolderLeaves: copiesStay ? "keep" : "delete" };
}

/** Teams with their looks, which are read all at once. */
export async function withBrands<Listed extends Team>(
  teams: readonly Listed[],
): Promise<(Listed & { brand: z.input<typeof team>["brand"] })[]> {
  const brands = await brandsOf(teams.map(({ handle }) => handle));
  return teams.map((one) => ({
    ...one,
    brand: toBrandAnswer(brands.get(one.handle) ?? showBrand(null, null, one.name)),
  }));
}

/** What came of something done to a team, with its looks. */
export async function withBrand<Failure extends { code: string }>(done: Result<Team, Failure>) {
  if (!done.ok) return done;
  const [branded] = await withBrands([done.value]);
  return branded ? ok(branded) : ok({ ...done.value, brand: toBrandAnswer(showBrand(null, null, "")) });
}

export function toApiInvitation({
  createdAt,
  expiresAt,
  ...rest
}: TeamInvitation): z.input<typeof teamInvitation> {
  return { ...rest, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}

type InvalidInput = { code: "invalid_request"; issues: InputIssue[] };

/** What came of saving something, in the API's terms. */
export function toSaved<Value, Refused extends { code: string } = never>(
  saved: Result<Value, Refused | InvalidInput>,
): Result<Value, Exclude<Refused, InvalidInput> | { code: "invalid_request"; errors: FieldError[] }> {
  if (saved.ok) return saved;
  const { error } = saved;
  if (!isInvalid(error)) return { ok: false, error: error as Exclude<Refused, InvalidInput> };
  return err("invalid_request", { errors: toFieldErrors(error.issues) });
}

const isInvalid = (error: { code: string }): error is InvalidInput => error.code === "invalid_request";

/** A refusal to remove a member in the API's terms. */
export function toRemoveProblem(error: RemoveRefused) {
  return error.code === "invalid_request" ? { code: error.code, errors: toFieldErrors(error.issues) } : error;
}
