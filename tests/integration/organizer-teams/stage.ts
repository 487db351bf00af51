import * as accept from "@/app/api/v1/me/team-invitations/[id]/accept/route";
import * as decline from "@/app/api/v1/me/team-invitations/[id]/decline/route";
import * as invitations from "@/app/api/v1/me/team-invitations/route";
import * as myTeams from "@/app/api/v1/me/teams/route";
import * as bookings from "@/app/api/v1/teams/[id]/bookings/route";
import * as copies from "@/app/api/v1/teams/[id]/event-types/[eventTypeId]/copies/route";
import * as eventTypeById from "@/app/api/v1/teams/[id]/event-types/[eventTypeId]/route";
import * as eventTypes from "@/app/api/v1/teams/[id]/event-types/route";
import * as memberById from "@/app/api/v1/teams/[id]/members/[userId]/route";
import * as members from "@/app/api/v1/teams/[id]/members/route";
import * as teamById from "@/app/api/v1/teams/[id]/route";
import { db } from "@/lib/database/client";
import { call, organizerWithKey } from "../api/call";

export type Person = Awaited<ReturnType<typeof organizerWithKey>> & { email: string };

export async function makePerson(): Promise<Person> {
  const organizer = await organizerWithKey();
  return { ...organizer, email: `${organizer.handle}@bellhop.example` };
}

/** An account that looks after the whole server. */
export async function makeAdmin(): Promise<Person> {
  const person = await makePerson();
  await db().user.update({ where: { id: person.id }, data: { role: "admin" } });
  return person;
}

/** Calls the API of teams with someone's key. */
export function as({ key }: Pick<Person, "key">) {
  const ofTeam = (id: string) => ({ key, params: { id } });
  return {
    createTeam: (body: object, headers = {}) => call(myTeams.POST, { key, body, headers }),
    listTeams: (query = "") => call(myTeams.GET, { key, query }),
    getTeam: (id: string) => call(teamById.GET, ofTeam(id)),
    changeTeam: (id: string, body: object) => call(teamById.PATCH, { ...ofTeam(id), body }, "PATCH"),
    removeTeam: (id: string) => call(teamById.DELETE, ofTeam(id), "DELETE"),
    listMembers: (id: string, query = "") => call(members.GET, { ...ofTeam(id), query }),
    invite: (id: string, body: object) => call(members.POST, { ...ofTeam(id), body }),
    changeMember: (id: string, userId: string, body: object) =>
      call(memberById.PATCH, { key, params: { id, userId }, body }, "PATCH"),
    removeMember: (id: string, userId: string, query = "") =>
      call(memberById.DELETE, { key, params: { id, userId }, query }, "DELETE"),
    listInvitations: () => call(invitations.GET, { key }),
    accept: (id: string) => call(accept.POST, { ...ofTeam(id), body: {} }),
    decline: (id: string) => call(decline.POST, { ...ofTeam(id), body: {} }),
    listEventTypes: (id: string) => call(eventTypes.GET, ofTeam(id)),
    createEventType: (id: string, body: object, headers = {}) =>
      call(eventTypes.POST, { ...ofTeam(id), body, headers }),
    getEventType: (id: string, eventTypeId: string) =>
      call(eventTypeById.GET, { key, params: { id, eventTypeId } }),
    changeEventType: (id: string, eventTypeId: string, body: object) =>
      call(eventTypeById.PATCH, { key, params: { id, eventTypeId }, body }, "PATCH"),
    removeEventType: (id: string, eventTypeId: string) =>
      call(eventTypeById.DELETE, { key, params: { id, eventTypeId } }, "DELETE"),
    getCopies: (id: string, eventTypeId: string) => call(copies.GET, { key, params: { id, eventTypeId } }),
    changeCopies: (id: string, eventTypeId: string, body: object) =>
      call(copies.PATCH, { key, params: { id, eventTypeId }, body }, "PATCH"),
    listBookings: (id: string, query = "") => call(bookings.GET, { ...ofTeam(id), query }),
  };
}

let count = 0;

/** A team of this owner. */
export async function givenTeam(owner: Person, more: object = {}) {
  count += 1;
  const { body } = await as(owner).createTeam({
    name: `Team ${count}`,
    handle: `crew-${owner.handle}-${count}`,
    ...more,
  });
  return body as { id: string; name: string; handle: string; role: string };
}

/** Puts people into a team of this owner's: invites them, and they accept. */
export async function join(owner: Person, teamId: string, person: Person, role = "member"): Promise<void> {
  await as(owner).invite(teamId, { email: person.email, role });
  const { body } = await as(person).listInvitations();
  const invitation = body.items.find(({ team }: { team: { id: string } }) => team.id === teamId);
  await as(person).accept(invitation.id);
}
