import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as resourceTypes from "@/app/api/scim/v2/ResourceTypes/route";
import * as schemas from "@/app/api/scim/v2/Schemas/route";
import * as config from "@/app/api/scim/v2/ServiceProviderConfig/route";
import * as user from "@/app/api/scim/v2/Users/[id]/route";
import * as users from "@/app/api/scim/v2/Users/route";
import { listAudit } from "@/lib/audit/queries";
import { createApiKey, verifyApiKey } from "@/lib/auth/api-keys";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { createScimToken, revokeScimToken } from "@/lib/scim/tokens";
import { givenOrganizer, prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

/* The requests are those that Entra sends, word for word but for names (Microsoft: use-scim-to-provision-users-and-groups). */

const tenant = "8b9c6f5e-1c2d-4e3f-8a4b-5c6d7e8f9a0b";

let database: TestDatabase;
let token: string;
beforeAll(async () => {
  database = await createTestDatabase({ TEAMS_TENANT_ID: tenant });
  await prepareMailQueue();
  ({ token } = await createScimToken());
});
afterAll(() => database.cleanup());
beforeEach(() => db().user.deleteMany());

type Handler = (request: Request, context: { params: Promise<{ id: string }> }) => Promise<Response>;

async function send(
  handler: unknown,
  { id = "", query = "", body = undefined as unknown, as = token, method = "GET" } = {},
) {
  const request = new Request(`http://localhost:3000/api/scim/v2/Users/${id}${query}`, {
    method,
    headers: {
      authorization: `Bearer ${as}`,
      "x-bellhop-peer": "198.51.100.7",
      ...(body === undefined ? {} : { "content-type": "application/scim+json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await (handler as Handler)(request, { params: Promise.resolve({ id }) });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : null };
}

const post = (body: unknown) => send(users.POST, { body, method: "POST" });
const get = (id: string) => send(user.GET, { id });
const list = (query: string) => send(users.GET, { query });
const find = (filter: string) => list(`?${new URLSearchParams({ filter })}`);
const patch = (id: string, ...Operations: object[]) =>
  send(user.PATCH, {
    id,
    method: "PATCH",
    body: { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations },
  });

/** What Entra posts for a new person. */
const newcomer = (name: string, more: object = {}) => ({
  schemas: [
    "urn:ietf:params:scim:schemas:core:2.0:User",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  ],
  externalId: `0a21f0f2-8d2a-4f8e-bf98-7363c4aed${name.length.toString().padStart(3, "0")}`,
  userName: `Test_User_${name}@testuser.com`,
  active: true,
  emails: [{ primary: true, type: "work", value: `${name}@testuser.com` }],
  meta: { resourceType: "User" },
  name: { formatted: "givenName familyName", familyName: "familyName", givenName: "givenName" },
  roles: [],
  ...more,
});

async function created(name = "ab", more: object = {}) {
  const answer = await post(newcomer(name, more));
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body as { id: string; userName: string; externalId: string };
}

const account = (id: string) => db().user.findUniqueOrThrow({ where: { id }, include: { identities: true } });

describe("a directory", () => {
  test("a directory is told what it can do here, and what is kept of a person", async () => {
    const { status, headers, body } = await send(config.GET);
    expect([status, headers.get("content-type")]).toEqual([200, "application/scim+json; charset=utf-8"]);
    expect(body).toMatchObject({
      patch: { supported: true },
      filter: { supported: true },
      bulk: { supported: false },
    });
    expect((await send(resourceTypes.GET)).body.Resources).toMatchObject([
      { id: "User", endpoint: "/Users" },
    ]);
    const [schema] = (await send(schemas.GET)).body.Resources;
    expect(schema.attributes.map(({ name }: { name: string }) => name)).toContain("userName");
  });

  test("a directory without a token of ours is not let in, nor with a revoked one, nor with an API key", async () => {
    const ada = await givenOrganizer("ada");
    const { apiKey } = await createApiKey(scopeWithoutRequest(ada.id), "Key");
    const ended = await createScimToken();
    await revokeScimToken(ended.id);
    for (const as of ["", `${token}x`, apiKey, ended.token]) {
      const { status, body } = await send(users.GET, { as });
      expect([status, body.status, body.schemas], as).toEqual([
        401,
        "401",
        ["urn:ietf:params:scim:api:messages:2.0:Error"],
      ]);
    }
    const stored = await db().scimToken.findMany();
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(await verifyApiKey(token)).toBeNull();
  });

  test("a directory that tests its connection asks for a user that isn't there, and gets an empty list", async () => {
    const { status, body } = await find('userName eq "8c1a3a3c-6c5e-4e5b-9f2b-2e0c1d5f7a11"');
    expect(status).toBe(200);
    expect(body).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    });
  });

  test("a directory creates a person, who has an account that can be booked, and finds them again", async () => {
    const { status, headers, body } = await post(newcomer("ab"));
    expect(status).toBe(201);
    expect(headers.get("location")).toBe(`http://localhost:3000/api/scim/v2/Users/${body.id}`);
    expect(body).toMatchObject({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "Test_User_ab@testuser.com",
      active: true,
      emails: [{ value: "ab@testuser.com", type: "work", primary: true }],
      name: { formatted: "givenName familyName", givenName: "givenName", familyName: "familyName" },
      meta: { resourceType: "User" },
    });
    expect(await account(body.id)).toMatchObject({
      email: "ab@testuser.com",
      name: "givenName familyName",
      role: "organizer",
      passwordHash: null,
    });
    expect(await db().eventType.count({ where: { userId: body.id } })).toBe(1);
    for (const filter of [
      'userName eq "test_user_AB@testuser.com"',
      `externalId eq "${body.externalId}"`,
      'emails[type eq "work"].value eq "ab@testuser.com"',
      `id eq "${body.id}"`,
    ]) {
      expect((await find(filter)).body, filter).toMatchObject({
        totalResults: 1,
        Resources: [{ id: body.id }],
      });
    }
    expect((await get(body.id)).body).toEqual(body);
    expect((await find('displayName co "x"')).body).toMatchObject({
      status: "400",
      scimType: "invalidFilter",
    });
    expect(await get("not-an-id")).toMatchObject({ status: 404 });
  });

  test("a directory that names people by their object ID lets them sign in with Microsoft, and no one who was there before", async () => {
    const ada = await givenOrganizer("ada");
    const { id, externalId } = await created();
    expect((await account(id)).identities).toMatchObject([
      { issuer: `https://login.microsoftonline.com/${tenant}/v2.0`, subject: externalId },
    ]);
    const other = "5f0c1a52-77aa-4c77-9a59-0a4f3f1c9c11";
    await patch(ada.id, { op: "Add", path: "externalId", value: other });
    expect((await account(ada.id)).identities).toEqual([]);
  });

  test("a directory can't create the same person twice", async () => {
    await created();
    const again = await post(newcomer("ab"));
    expect(again).toMatchObject({ status: 409, body: { status: "409", scimType: "uniqueness" } });
    const sameAddress = await post(newcomer("abc", { emails: [{ value: "AB@testuser.com" }] }));
    expect(sameAddress.status).toBe(409);
    expect(await post({ ...newcomer("x"), userName: undefined })).toMatchObject({ status: 400 });
    expect(await post({ ...newcomer("x"), emails: [{ value: "nonsense" }] })).toMatchObject({ status: 400 });
    expect(await db().user.count()).toBe(1);
  });

  test("a directory finds who was here before it by their address, and takes them over", async () => {
    const ada = await givenOrganizer("ada");
    const { body } = await find(`userName eq "${ada.email}"`);
    expect(body.Resources).toMatchObject([{ id: ada.id, userName: ada.email, active: true }]);
    const external = { op: "Add", path: "externalId", value: "ada" };
    expect(await patch(ada.id, external)).toMatchObject({ status: 200, body: { externalId: "ada" } });
  });

  test("a directory lists people page by page", async () => {
    const made = [await created("a"), await created("ab"), await created("abc")];
    const { body } = await list("?startIndex=2&count=1");
    expect(body).toMatchObject({
      totalResults: 3,
      startIndex: 2,
      itemsPerPage: 1,
      Resources: [{ id: made[1]?.id }],
    });
    expect((await list("?count=0")).body).toMatchObject({ totalResults: 3, Resources: [] });
  });
});

describe("a directory that disables a person", () => {
  const ways = [
    { op: "Replace", path: "active", value: "False" },
    { op: "Replace", path: "active", value: false },
    { op: "replace", value: { active: "False" } },
    { op: "Replace", value: { active: false } },
  ];

  test.each(ways)(
    "a directory that disables a person ends their access, whichever way it says so: %j",
    async (way) => {
      const { id } = await created();
      const { apiKey } = await createApiKey(scopeWithoutRequest(id), "Laptop");
      const { status, body } = await patch(id, way);
      expect([status, body.active]).toEqual([200, false]);
      expect(await verifyApiKey(apiKey)).toBeNull();
      expect((await account(id)).disabledAt).toBeInstanceOf(Date);
      const back = await patch(id, { op: "Replace", path: "active", value: "True" });
      expect(back.body.active).toBe(true);
      expect(await verifyApiKey(apiKey)).toMatchObject({ id });
    },
  );

  test("a directory that disables a person can't shut out the last admin", async () => {
    const ada = await givenOrganizer("ada");
    await db().user.update({ where: { id: ada.id }, data: { role: "admin" } });
    expect((await patch(ada.id, ways[0] ?? {})).status).toBe(409);
    expect((await send(user.DELETE, { id: ada.id, method: "DELETE" })).status).toBe(409);
    expect((await account(ada.id)).disabledAt).toBeNull();
  });

  test("a directory that deletes a person doesn't find them any more; their data stays, and the same account comes back", async () => {
    const { id, userName } = await created();
    expect((await send(user.DELETE, { id, method: "DELETE" })).status).toBe(204);
    expect((await account(id)).disabledAt).toBeInstanceOf(Date);
    expect((await get(id)).status).toBe(404);
    expect((await find(`userName eq "${userName}"`)).body.totalResults).toBe(0);
    expect((await send(user.DELETE, { id, method: "DELETE" })).status).toBe(404);
    expect((await patch(id, { op: "Replace", path: "active", value: true })).status).toBe(404);
    const again = await created();
    expect(again.id).toBe(id);
    expect((await account(id)).disabledAt).toBeNull();
  });
});

describe("a directory that changes a person", () => {
  test("a directory that changes a person changes their address and name, and what else it sends is passed over", async () => {
    const { id } = await created();
    const { status, body } = await patch(
      id,
      { op: "Replace", path: 'emails[type eq "work"].value', value: "updatedEmail@microsoft.com" },
      { op: "Replace", path: "name.familyName", value: "updatedFamilyName" },
      { op: "Add", path: "displayName", value: "New Name" },
      { op: "Add", path: 'phoneNumbers[type eq "work"].value', value: "+33123456789" },
      {
        op: "Add",
        path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
        value: "Sales",
      },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      emails: [{ value: "updatedemail@microsoft.com" }],
      displayName: "New Name",
      name: { familyName: "updatedFamilyName", givenName: "givenName" },
    });
    expect(await account(id)).toMatchObject({ email: "updatedemail@microsoft.com", name: "New Name" });
  });

  test("a directory that changes a person in one value without a path, with names in dots, is understood", async () => {
    const { id } = await created();
    const value = {
      displayName: "Bjfe",
      "name.givenName": "Kuldy",
      "name.familyName": "Bogus",
      userName: "5b50642d-79fc-4410@testuser.com",
      externalId: "e0a0a0b0",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber": "12",
    };
    const { body } = await patch(id, { op: "Add", value });
    expect(body).toMatchObject({
      displayName: "Bjfe",
      name: { givenName: "Kuldy", familyName: "Bogus" },
      userName: "5b50642d-79fc-4410@testuser.com",
      externalId: "e0a0a0b0",
    });
    expect((await patch(id, { op: "Remove", path: "externalId" })).body.externalId).toBeUndefined();
    expect((await patch(id, { op: "Remove", path: "userName" })).status).toBe(400);
    expect((await patch(id, { op: "Replace", path: "active", value: "perhaps" })).status).toBe(400);
    expect((await patch(id, { op: "Move", path: "active" })).status).toBe(400);
  });

  test("a directory that changes a person can't give them what another has", async () => {
    const first = await created("a");
    const second = await created("ab");
    const taken = { op: "Replace", path: "userName", value: first.userName.toUpperCase() };
    expect(await patch(second.id, taken)).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
    const address = { op: "Replace", path: 'emails[type eq "work"].value', value: "a@testuser.com" };
    expect((await patch(second.id, address, { op: "Replace", path: "active", value: false })).status).toBe(
      409,
    );
    expect(await account(second.id)).toMatchObject({ email: "ab@testuser.com", disabledAt: null });
  });

  test("a directory that replaces a person takes away what it leaves out", async () => {
    const { id, userName } = await created();
    const body = {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName,
      displayName: "Only this",
    };
    const replaced = await send(user.PUT, { id, body, method: "PUT" });
    expect(replaced).toMatchObject({ status: 200, body: { displayName: "Only this", active: true } });
    expect(replaced.body.externalId).toBeUndefined();
    expect(replaced.body.name).toEqual({ formatted: "Only this" });
    expect((await send(user.PUT, { id, body: { displayName: "x" }, method: "PUT" })).status).toBe(400);
  });
});

test("what a directory does is in the audit log, and its token is not", async () => {
  const { id } = await created();
  await patch(id, { op: "Replace", path: "active", value: "False" });
  const entries = await listAudit({ who: "ab@testuser.com" }, { take: 2 });
  expect(entries).toMatchObject([
    { action: "account.disabled", actor: null, from: "scim 198.51.100.0/24" },
    { action: "account.opened", actor: null, from: "scim 198.51.100.0/24" },
  ]);
  const made = await listAudit({ action: "scim_token.made" }, { take: 5 });
  expect(made.length).toBeGreaterThan(0);
  expect(JSON.stringify(made)).not.toContain(token);
});
