import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as publicEventTypes from "@/app/api/v1/organizers/[handle]/event-types/route";
import { createUser } from "@/lib/accounts/create-user";
import { saveProfile } from "@/lib/accounts/profile";
import { findSignUpAccess } from "@/lib/accounts/sign-up-access";
import { db } from "@/lib/database/client";
import { acceptTeamInvitation, findTeamInvitation } from "@/lib/teams/invitations";
import { member, team as teamAnswer } from "@/lib/teams/schema";
import { prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readLinkToken, readMailsTo } from "@/tests/support/mails";
import { call } from "../api/call";
import { as, givenTeam, join, makeAdmin, makePerson, type Person } from "./stage";

let database: TestDatabase;
let ada: Person;
let bob: Person;
let eve: Person;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareMailQueue();
  ada = await makePerson();
  bob = await makePerson();
  eve = await makePerson();
});
afterAll(() => database.cleanup());

const rolesOf = async (teamId: string) => {
  const { body } = await as(ada).listMembers(teamId);
  return Object.fromEntries(body.items.map((one: { email: string; role: string }) => [one.email, one.role]));
};
/** Kinds of the mails to someone, oldest first. */
const mailsTo = async (email: string) => (await readMailsTo(email)).map(({ kind }) => kind).reverse();

describe("a new team", () => {
  test("a new team has its maker as owner, and is in their list alone", async () => {
    const made = await as(ada).createTeam({ name: "Front desk", handle: `desk-${ada.handle}` });
    expect(made.status).toBe(201);
    expect(teamAnswer.strict().safeParse(made.body).error).toBeUndefined();
    expect(made.body).toMatchObject({ name: "Front desk", handle: `desk-${ada.handle}`, role: "owner" });
    expect((await as(ada).listTeams()).body.items).toContainEqual(made.body);
    expect((await as(bob).listTeams()).body).toEqual({ items: [], nextCursor: null });
    expect((await as(ada).getTeam(made.body.id)).body).toEqual(made.body);
  });

  test("a new team can't have the address of a person, another team, or the product, and the field is named", async () => {
    const { handle } = await givenTeam(ada);
    for (const taken of [bob.handle, handle.toUpperCase()]) {
      const refused = await as(ada).createTeam({ name: "Taken", handle: taken });
      expect(refused.body).toMatchObject({ status: 409, code: "handle_taken", errors: [{ path: "handle" }] });
    }
    const reserved = await as(ada).createTeam({ name: "Taken", handle: "admin" });
    expect(reserved.body).toMatchObject({ code: "invalid_request", errors: [{ path: "handle" }] });
    const account = {
      email: "late@bellhop.example",
      name: "Late",
      role: "organizer",
      timeZone: "UTC",
    } as const;
    expect(await createUser({ ...account, handle })).toEqual({ ok: false, error: { code: "handle_taken" } });
    const renamed = await saveProfile(bob.scope, { name: "Bob", handle });
    expect(renamed).toEqual({ ok: false, error: { code: "handle_taken" } });
  });

  test("a new team that is asked for twice with one key is one team", async () => {
    const body = { name: "Once", handle: `once-${ada.handle}` };
    const headers = { "Idempotency-Key": randomBytes(8).toString("hex") };
    const answers = await Promise.all([as(ada).createTeam(body, headers), as(ada).createTeam(body, headers)]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  });

  test("a new team has a public list of event types at its address", async () => {
    const { handle } = await givenTeam(ada);
    expect((await call(publicEventTypes.GET, { params: { handle } })).body).toEqual({
      items: [],
      nextCursor: null,
    });
  });
});

describe("a team's name and address", () => {
  test("a team's name and address are changed by those who manage it, and the old address is free", async () => {
    const team = await givenTeam(ada);
    await join(ada, team.id, bob, "admin");
    const moved = await as(bob).changeTeam(team.id, { handle: `moved-${bob.handle}` });
    expect(moved.body).toEqual({ ...team, handle: `moved-${bob.handle}`, role: "admin" });
    expect((await call(publicEventTypes.GET, { params: { handle: team.handle } })).status).toBe(404);
    expect((await as(eve).createTeam({ name: "Next", handle: team.handle })).status).toBe(201);
    expect((await as(bob).changeTeam(team.id, { handle: team.handle })).body).toMatchObject({
      code: "handle_taken",
    });
    expect((await as(bob).changeTeam(team.id, { name: "New" })).body).toMatchObject({ name: "New" });
  });
});

describe("an invitation", () => {
  test("an invitation leaves its person invited until they accept", async () => {
    const team = await givenTeam(ada);
    const invited = await as(ada).invite(team.id, { email: bob.email.toUpperCase(), role: "admin" });
    expect(invited.status).toBe(201);
    expect(invited.body).toMatchObject({
      userId: bob.id,
      email: bob.email,
      role: "admin",
      status: "invited",
    });
    expect((await as(bob).getTeam(team.id)).status).toBe(404);
    const { body: mine } = await as(bob).listInvitations();
    expect(mine.items).toHaveLength(1);
    expect(mine.items[0]).toMatchObject({ team: { id: team.id, name: team.name }, role: "admin" });
    expect((await as(eve).accept(mine.items[0].id)).status).toBe(404);
    const joined = await as(bob).accept(mine.items[0].id);
    expect([joined.status, joined.body]).toEqual([200, { ...team, role: "admin" }]);
    expect((await as(bob).accept(mine.items[0].id)).status).toBe(404);
    const { body } = await as(ada).listMembers(team.id);
    for (const item of body.items) expect(member.strict().safeParse(item).error).toBeUndefined();
    expect(
      body.items.map(({ userId, status }: { userId: string; status: string }) => [userId, status]),
    ).toEqual([
      [ada.id, "active"],
      [bob.id, "active"],
    ]);
    expect(await mailsTo(bob.email)).toContain("team-invitation");
    expect(await mailsTo(ada.email)).toContain("team-joined");
  });

  test("an invitation to someone who has an account is theirs alone, whoever holds the mailed link", async () => {
    const team = await givenTeam(ada);
    const guest = await makePerson();
    await as(ada).invite(team.id, { email: guest.email });
    const token = await readLinkToken(guest.email, "/account/teams/invitations/");
    expect(await findTeamInvitation(eve.scope, token)).toBeNull();
    expect((await acceptTeamInvitation(eve.scope, { token })).ok).toBe(false);
    expect((await acceptTeamInvitation(guest.scope, { token })).ok).toBe(true);
  });

  test("an invitation can be declined, and its sender hears of it", async () => {
    const [owner, guest] = [await makePerson(), await makePerson()];
    const team = await givenTeam(owner);
    await as(owner).invite(team.id, { email: guest.email });
    const { body } = await as(guest).listInvitations();
    expect((await as(guest).decline(body.items[0].id)).status).toBe(200);
    expect((await as(guest).listInvitations()).body.items).toEqual([]);
    expect((await as(owner).listMembers(team.id)).body.items).toHaveLength(1);
    expect(await mailsTo(owner.email)).toEqual(["team-declined"]);
  });

  test("an invitation to someone without an account opens one, and only the mailed link accepts it", async () => {
    const team = await givenTeam(ada);
    const email = `new-${randomBytes(4).toString("hex")}@bellhop.example`;
    const invited = await as(ada).invite(team.id, { email });
    expect(invited.body).toMatchObject({ userId: null, name: null, email, status: "invited" });
    const [mail] = await readMailsTo(email);
    const link = new URL(/https?:\/\/\S+\/sign-up\?\S+/.exec(mail?.text ?? "")?.[0] ?? "http://none");
    const token = link.searchParams.get("invitation") ?? "";
    expect(link.searchParams.get("returnTo")).toBe(`/account/teams/invitations/${token}`);
    expect(await findSignUpAccess({ invitation: token }, "invite")).toEqual({ isOpen: true, asFirst: false });
    // Someone who only says that it is their address.
    const pretender = await makePerson();
    await db().user.update({ where: { id: pretender.id }, data: { email } });
    expect((await as(pretender).listInvitations()).body.items).toEqual([]);
    expect((await as(pretender).accept(invited.body.invitationId)).status).toBe(404);
    expect(await findTeamInvitation(eve.scope, token)).toMatchObject({ team: { id: team.id } });
    expect((await acceptTeamInvitation(eve.scope, { token })).ok).toBe(true);
    expect((await acceptTeamInvitation(bob.scope, { token })).ok).toBe(false);
    expect((await as(eve).getTeam(team.id)).body.role).toBe("member");
  });

  test("an invitation that is sent again, or taken back, leaves no old link that opens anything", async () => {
    const team = await givenTeam(ada);
    const email = `again-${randomBytes(4).toString("hex")}@bellhop.example`;
    const tokens = async () =>
      (await readMailsTo(email)).map(({ text }) => /invitation=([\w-]+)/.exec(text)?.[1] ?? "");
    await as(ada).invite(team.id, { email });
    const { body: again } = await as(ada).invite(team.id, { email, role: "admin" });
    const both = await tokens();
    expect(both).toHaveLength(2);
    const open = async () => {
      const found = await Promise.all(
        both.map(async (token) => (await findTeamInvitation(eve.scope, token))?.role ?? null),
      );
      const access = await Promise.all(
        both.map(async (token) => (await findSignUpAccess({ invitation: token }, "invite")).isOpen),
      );
      return { found: found.filter(Boolean), access: access.filter(Boolean).length };
    };
    expect(await open()).toEqual({ found: ["admin"], access: 1 });
    expect((await as(ada).removeMember(team.id, again.invitationId)).status).toBe(204);
    expect(await open()).toEqual({ found: [], access: 0 });
  });

  test("an invitation waits for whom the operator makes an account for", async () => {
    const team = await givenTeam(ada);
    const handle = `made-${randomBytes(4).toString("hex")}`;
    const email = `${handle}@bellhop.example`;
    await as(ada).invite(team.id, { email });
    const made = await createUser({ email, name: "Made", handle, role: "organizer", timeZone: "UTC" });
    if (!made.ok) throw new Error(made.error.code);
    const { body } = await as({ key: made.value.apiKey }).listInvitations();
    expect(body.items).toMatchObject([{ team: { id: team.id } }]);
  });

  test("an invitation by a platform admin makes someone who has an account a member at once", async () => {
    const admin = await makeAdmin();
    const team = await givenTeam(admin);
    const added = await as(admin).invite(team.id, { email: bob.email });
    expect(added.body).toMatchObject({ userId: bob.id, status: "active", role: "member" });
    expect((await as(bob).getTeam(team.id)).body.role).toBe("member");
    expect(await mailsTo(bob.email)).toContain("team-added");
    const theirs = await givenTeam(ada);
    expect((await as(admin).invite(theirs.id, { email: eve.email })).body.status).toBe("active");
  });

  test("an invitation of someone who is in the team is refused, naming the field", async () => {
    const team = await givenTeam(ada);
    const refused = await as(ada).invite(team.id, { email: ada.email });
    expect(refused.body).toMatchObject({ status: 409, code: "already_member", errors: [{ path: "email" }] });
  });
});

describe("roles", () => {
  test("roles are changed by who manages the team, and owners by owners alone", async () => {
    const team = await givenTeam(ada);
    await join(ada, team.id, bob, "admin");
    await join(ada, team.id, eve);
    const { id } = team;
    expect((await as(eve).changeMember(id, eve.id, { role: "owner" })).body.code).toBe("forbidden");
    expect((await as(bob).changeMember(id, bob.id, { role: "owner" })).body.code).toBe("forbidden");
    expect((await as(bob).changeMember(id, ada.id, { role: "member" })).body.code).toBe("forbidden");
    expect((await as(bob).changeMember(id, eve.id, { role: "admin" })).body).toMatchObject({ role: "admin" });
    expect(await mailsTo(eve.email)).toContain("team-role");
    expect((await as(ada).changeMember(id, bob.id, { role: "owner" })).status).toBe(200);
    expect(await rolesOf(id)).toEqual({ [ada.email]: "owner", [bob.email]: "owner", [eve.email]: "admin" });
  });

  test("the last owner can neither leave nor become less, even when two try together", async () => {
    const team = await givenTeam(ada);
    await join(ada, team.id, bob, "owner");
    expect((await as(bob).changeMember(team.id, bob.id, { role: "member" })).status).toBe(200);
    expect((await as(ada).removeMember(team.id, ada.id)).body).toMatchObject({
      status: 409,
      code: "last_owner",
      errors: [{ path: "userId", message: "Make someone else an owner first, or delete the team." }],
    });
    expect((await as(ada).changeMember(team.id, ada.id, { role: "admin" })).body.code).toBe("last_owner");
    await as(ada).changeMember(team.id, bob.id, { role: "owner" });
    const both = await Promise.all([ada, bob].map((one) => as(one).removeMember(team.id, one.id)));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  test("a member sees the team and changes nothing of it, and a stranger sees nothing", async () => {
    const team = await givenTeam(ada);
    await join(ada, team.id, bob);
    const { id } = team;
    expect((await as(bob).getTeam(id)).body).toEqual({ ...team, role: "member" });
    const tried = [
      await as(bob).changeTeam(id, { name: "Mine" }),
      await as(bob).invite(id, { email: eve.email }),
      await as(bob).removeMember(id, ada.id),
      await as(bob).removeTeam(id),
    ];
    expect(tried.map(({ status, body }) => [status, body.code])).toEqual(tried.map(() => [403, "forbidden"]));
    const strange = [
      await as(eve).getTeam(id),
      await as(eve).listMembers(id),
      await as(eve).changeTeam(id, { name: "Mine" }),
      await as(eve).removeTeam(id),
      await as(eve).listBookings(id),
    ];
    expect(strange.map(({ status }) => status)).toEqual(strange.map(() => 404));
  });
});

describe("leaving a team", () => {
  test("leaving a team is for everyone else to know, and being removed for oneself", async () => {
    const [owner, one, other] = [await makePerson(), await makePerson(), await makePerson()];
    const team = await givenTeam(owner);
    await join(owner, team.id, one);
    await join(owner, team.id, other);
    expect((await as(one).removeMember(team.id, one.id)).status).toBe(204);
    expect((await as(owner).removeMember(team.id, other.id)).status).toBe(204);
    expect((await as(one).getTeam(team.id)).status).toBe(404);
    expect(await mailsTo(owner.email)).toContain("team-left");
    expect(await mailsTo(other.email)).toEqual(["team-invitation", "team-removed"]);
    expect((await as(owner).removeMember(team.id, other.id)).status).toBe(404);
  });
});

describe("a deleted team", () => {
  test("a deleted team is gone for all of its members, who hear of it, and its address is free", async () => {
    const [owner, one] = [await makePerson(), await makePerson()];
    const team = await givenTeam(owner);
    await join(owner, team.id, one, "admin");
    expect((await as(one).removeTeam(team.id)).body.code).toBe("forbidden");
    expect((await as(owner).removeTeam(team.id)).status).toBe(204);
    expect((await as(one).getTeam(team.id)).status).toBe(404);
    expect(await mailsTo(one.email)).toContain("team-deleted");
    expect((await as(one).createTeam({ name: "Next", handle: team.handle })).status).toBe(201);
  });
});

test("members are listed in pages", async () => {
  const team = await givenTeam(ada);
  await join(ada, team.id, bob);
  await as(ada).invite(team.id, { email: eve.email });
  const seen: string[] = [];
  let cursor = "";
  do {
    const { body } = await as(ada).listMembers(team.id, `?limit=1${cursor && `&cursor=${cursor}`}`);
    expect(body.items).toHaveLength(1);
    seen.push(body.items[0].email);
    cursor = body.nextCursor ?? "";
  } while (cursor);
  expect(seen).toEqual([ada.email, bob.email, eve.email]);
});

test("who makes a team, comes into it, goes, and ends it, is in the audit log", async () => {
  const [owner, one] = [await makePerson(), await makePerson()];
  const team = await givenTeam(owner);
  await join(owner, team.id, one);
  await as(owner).changeMember(team.id, one.id, { role: "admin" });
  await as(owner).removeMember(team.id, one.id);
  await as(owner).removeTeam(team.id);
  const entries = await db().auditEntry.findMany({
    where: { action: { startsWith: "team." }, actorId: { in: [owner.id, one.id] } },
    orderBy: { id: "asc" },
    select: { action: true, actorId: true, subjectId: true },
  });
  expect(entries.map(({ action, actorId, subjectId }) => [action, actorId, subjectId])).toEqual([
    ["team.made", owner.id, owner.id],
    ["team.invited", owner.id, one.id],
    ["team.joined", one.id, one.id],
    ["team.role_changed", owner.id, one.id],
    ["team.left", owner.id, one.id],
    ["team.deleted", owner.id, null],
  ]);
});
