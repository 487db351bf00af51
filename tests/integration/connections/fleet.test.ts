import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { remindOrganizers } from "@/app/admin/connections/actions";
import { GET as exportCsv } from "@/app/admin/connections/export/route";
import { readFleetQuery, toFilter } from "@/app/admin/connections/fleet-query";
import { openForm } from "@/lib/auth/form-state";
import { openSession } from "@/lib/auth/session";
import { countFleet, countMatching, type FleetEntry, listFleet, listTenants } from "@/lib/connections/fleet";
import { sendDueNudges } from "@/lib/connections/nudge";
import { db } from "@/lib/database/client";
import { noteState } from "@/lib/grants/health";
import { prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readMailsTo } from "@/tests/support/mails";
import { request } from "@/tests/support/next-request";
import { makeOrganizer } from "@/tests/support/organizer";

vi.mock("next/headers", () => import("@/tests/support/next-request"));
vi.mock("next/cache", () => ({ revalidatePath: () => undefined }));

const allScopes = "https://graph.microsoft.com/Calendars.ReadWrite onlinemeetings.readwrite User.Read";
const contoso = "c0470500-0000-4000-8000-000000000001";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareMailQueue();
});
afterAll(() => database.cleanup());
beforeEach(async () => {
  request.headers = new Headers();
  request.cookies.clear();
  await db().mail.deleteMany();
  await db().user.deleteMany();
});

async function organizerWith(
  state: Exclude<FleetEntry["state"], "not_connected">,
  more: object = {},
): Promise<string> {
  const { id } = await makeOrganizer();
  await db().meetingProviderConnection.create({
    data: {
      userId: id,
      provider: "teams",
      accessToken: "sealed-access",
      refreshToken: "sealed-refresh",
      expiresAt: new Date(),
      scopes: allScopes,
      accountEmail: "account@contoso.example",
      accountId: id,
      tenantId: contoso,
      accountKind: "work",
      teamsAvailable: true,
      state,
      reason: state === "connected" ? null : "grant_ended",
      lastVerifiedAt: new Date(),
      ...more,
    },
  });
  await noteState(db(), { userId: id, provider: "teams" }, state, null);
  return id;
}

const found = async (filter: Parameters<typeof countMatching>[0]) => {
  const ids = (await listFleet({ filter })).map(({ userId }) => userId);
  expect(await countMatching(filter)).toBe(ids.length);
  return ids;
};

describe("the connections of all organizers", () => {
  it("the connections of all organizers come with those first that need someone, page by page, without any token", async () => {
    const connected = await organizerWith("connected");
    const { id: none } = await makeOrganizer();
    const limited = await organizerWith("limited");
    const broken = await organizerWith("reconnect_needed");
    const all = await listFleet();
    expect(all.map(({ userId }) => userId)).toEqual([broken, limited, none, connected]);
    expect(all[2]).toMatchObject({ state: "not_connected", accountEmail: null, lastVerifiedAt: null });
    const rest = await listFleet({ skip: 2, take: 1 });
    expect(rest.map(({ userId }) => userId)).toEqual([none]);
    expect(JSON.stringify(all)).not.toContain("sealed");
    expect(await countFleet()).toEqual({ connected: 1, limited: 1, reconnect_needed: 1, not_connected: 1 });
  });

  it("the connections of all organizers are narrowed down by each of their facts", async () => {
    const { id: none } = await makeOrganizer();
    const broken = await organizerWith("reconnect_needed", { lastError: "invalid_grant AADSTS50173" });
    const personal = await organizerWith("limited", {
      accountKind: "personal",
      scopes: "Calendars.ReadWrite User.Read",
      lastVerifiedAt: new Date(Date.now() - 8 * 24 * 3600_000),
    });
    const lacking = await organizerWith("connected", { scopes: "User.Read Calendars.Read" });
    const elsewhere = await organizerWith("connected", {
      tenantId: "fab61ca0-0000-4000-8000-000000000002",
      lastVerifiedAt: null,
      accountEmail: "100%_sure@fabrikam.example",
    });
    expect(await found({ state: "not_connected" })).toEqual([none]);
    expect((await found({ state: "reconnect_needed" })).sort()).toEqual([broken, lacking].sort());
    expect(await found({ accountKind: "personal" })).toEqual([personal]);
    expect(await found({ tenantId: "fab61ca0-0000-4000-8000-000000000002" })).toEqual([elsewhere]);
    expect(await found({ missing: true })).toEqual([lacking]);
    expect(await found({ verified: "longer" })).toEqual([personal]);
    expect((await found({ verified: "never" })).sort()).toEqual([none, elsewhere].sort());
    expect(await found({ failed: true })).toEqual([broken]);
    expect(await found({ search: "100%_SURE" })).toEqual([elsewhere]);
    expect(await found({ search: "%" })).toEqual([elsewhere]);
    expect(await found({ state: "connected" })).toEqual([elsewhere]);
    expect(await found({ state: "reconnect_needed", failed: true, verified: "week" })).toEqual([broken]);
    const [entry] = await listFleet({ filter: { missing: true } });
    expect(entry?.missingScopes).toEqual(["OnlineMeetings.ReadWrite", "Calendars.ReadWrite"]);
    expect(await listTenants()).toMatchObject([{ tenantId: contoso, accounts: 3 }, { accounts: 1 }]);
  });

  it("the connections of all organizers take from an address what is a filter, and nothing else", () => {
    const query = readFleetQuery({
      state: "limited",
      kind: "robot",
      page: "-1",
      missing: "1",
      tenant: ["a", "b"],
    });
    expect(toFilter(query)).toEqual({ state: "limited", missing: true, tenantId: "a" });
    expect(query.page).toBe(1);
  });

  it("the connections of all organizers are found quickly among ten thousand", async () => {
    await db().$executeRaw`
      INSERT INTO "User" (id, email, name, handle, "updatedAt")
      SELECT gen_random_uuid(), 'many' || n || '@example.org', 'Many ' || n, 'many-' || n, now()
      FROM generate_series(1, 10000) n`;
    await db().$executeRaw`
      INSERT INTO "MeetingProviderConnection" (id, "userId", provider, "accessToken", "refreshToken", "expiresAt", scopes,
        "accountEmail", "accountId", "tenantId", "accountKind", "teamsAvailable", state, "updatedAt")
      SELECT gen_random_uuid(), id, 'teams', 'x', 'x', now(), 'User.Read', email, id::text, id::text, 'work', true,
        (CASE WHEN random() < 0.1 THEN 'reconnect_needed' ELSE 'connected' END)::"ConnectionState", now()
      FROM "User" WHERE handle LIKE 'many-%'`;
    await db().$executeRaw`ANALYZE`;
    const [first] = await listFleet({ filter: { search: "many9999@" } });
    expect(first?.name).toBe("Many 9999");
    expect(await listFleet({ filter: { missing: true }, skip: 9_950 })).toHaveLength(50);
    const [{ plan } = { plan: "" }] = await db().$queryRaw<{ plan: string }[]>`
      SELECT count(*)::text AS plan FROM pg_indexes WHERE indexname IN (
        'MeetingProviderConnection_state_idx', 'MeetingProviderConnection_tenantId_idx',
        'MeetingProviderConnection_userId_provider_key')`;
    expect(plan).toBe("3");
  });
});

async function signInAs(role: "admin" | "organizer"): Promise<void> {
  const { id } = await makeOrganizer();
  await db().user.update({ where: { id }, data: { role } });
  await openSession({ userId: id, sessionEpoch: 0 });
}

const download = (search = "") => {
  const nextUrl = new URL(`http://localhost:3000/admin/connections/export${search}`);
  return exportCsv(Object.assign(new Request(nextUrl), { nextUrl }) as never);
};

describe("the list as a file", () => {
  it("the list as a file has the rows of the filter, every column, and no formula of a stranger's", async () => {
    await signInAs("admin");
    const evil = await organizerWith("reconnect_needed", { lastError: "invalid_grant AADSTS50173" });
    await db().user.update({ where: { id: evil }, data: { name: '=HYPERLINK("http://evil.example")' } });
    await organizerWith("connected");
    const answer = await download("?state=reconnect_needed");
    expect(answer.headers.get("content-disposition")).toContain("connections.csv");
    const [head, ...rows] = (await answer.text()).trim().split("\n");
    expect(head).toBe(
      "name,email,state,reason,accountEmail,accountKind,tenantId,missingScopes,lastVerifiedAt,lastError,managed,managedStatus",
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatch(/^"'=HYPERLINK/);
    expect(rows[0]).toContain("AADSTS50173");
  });

  it("the list as a file is not there for an organizer, nor for a stranger", async () => {
    expect((await download()).status).toBe(404);
    await signInAs("organizer");
    expect((await download()).status).toBe(404);
  });
});

describe("a reminder of the admin's", () => {
  const remind = (ids: string[], whom = "chosen") => {
    const data = new FormData();
    data.set("whom", whom);
    for (const id of ids) data.append("userId", id);
    return remindOrganizers(openForm, data);
  };
  const reminders = async (id: string) => {
    const { email } = await db().user.findUniqueOrThrow({ where: { id } });
    return (await readMailsTo(email)).filter(({ kind }) => kind === "reconnect-needed").length;
  };
  const dayOver = () =>
    db().meetingProviderConnection.updateMany({ data: { remindedAt: new Date(Date.now() - 25 * 3600_000) } });

  it("a reminder of the admin's goes to the chosen whose connection has ended, once a day however often it is pressed", async () => {
    await signInAs("admin");
    const [broken, other] = [
      await organizerWith("reconnect_needed"),
      await organizerWith("reconnect_needed"),
    ];
    const fine = await organizerWith("connected");
    const state = await remind([broken, fine]);
    expect(state).toMatchObject({ status: "done" });
    expect(state.message).toContain("One email is on its way");
    await Promise.all([remind([broken]), remind([broken, broken])]);
    expect([await reminders(broken), await reminders(other), await reminders(fine)]).toEqual([1, 0, 0]);
    await dayOver();
    await remind([broken, other]);
    expect([await reminders(broken), await reminders(other)]).toEqual([2, 1]);
  });

  it("a reminder of the admin's goes to all whom the filter finds, on whatever page they are, and to no one else", async () => {
    await signInAs("admin");
    const mark = randomUUID().slice(0, 8);
    const account = { accountEmail: `${mark}@contoso.example` };
    const found = await Promise.all(
      Array.from({ length: 60 }, () => organizerWith("reconnect_needed", account)),
    );
    const fine = await organizerWith("connected", account);
    const stranger = await organizerWith("reconnect_needed");
    const data = new FormData();
    for (const [name, value] of [
      ["whom", "all"],
      ["search", mark],
    ] as const)
      data.set(name, value);
    const state = await remindOrganizers(openForm, data);
    expect(state).toMatchObject({
      status: "done",
      message: expect.stringContaining("60 emails are on their way"),
    });
    expect(await Promise.all([...found, fine, stranger].map(reminders))).toEqual([
      ...found.map(() => 1),
      0,
      0,
    ]);
    expect((await remindOrganizers(state, data)).message).toContain(
      "60 people already got one in the last day",
    );
  });

  it("a reminder of the admin's and those that come by themselves count together", async () => {
    await signInAs("admin");
    const broken = await organizerWith("reconnect_needed");
    await sendDueNudges();
    expect((await remind([broken])).message).toContain("already got one in the last day");
    expect(await reminders(broken)).toBe(1);
    const later = await organizerWith("reconnect_needed");
    await remind([later]);
    await sendDueNudges();
    expect(await reminders(later)).toBe(1);
  });

  it("a reminder of the admin's needs someone chosen, and someone who exists", async () => {
    await signInAs("admin");
    expect(await remind([])).toMatchObject({ status: "refused" });
    expect((await remind([randomUUID()])).message).toContain("doesn't need to reconnect");
  });

  it("a reminder of the admin's is not an organizer's to send", async () => {
    await signInAs("organizer");
    const broken = await organizerWith("reconnect_needed");
    await expect(remind([broken])).rejects.toMatchObject({ digest: expect.stringContaining("404") });
    expect(await reminders(broken)).toBe(0);
  });
});
