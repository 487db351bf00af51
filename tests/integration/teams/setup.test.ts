import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { promoteSecret, setUpTeams, switchTeams } from "@/app/admin/actions";
import { GET as connect } from "@/app/api/teams/connect/route";
import { noFindings, type SetupState } from "@/components/admin/setup-state";
import { openForm } from "@/lib/auth/form-state";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { openSession } from "@/lib/auth/session";
import { completeConnect, startConnect } from "@/lib/connections/connect";
import { readTrial } from "@/lib/connections/trial";
import { db } from "@/lib/database/client";
import { registration } from "@/lib/registration/registration";
import { readSecretUses } from "@/lib/registration/setup-facts";
import { teamsSetup } from "@/lib/registration/setup-state";
import { signInAs } from "@/tests/emulator/person";
import { CONTOSO_TENANT_ID, SEEDED_APP } from "@/tests/emulator/seed";
import { addOrganizer, openStage, type Stage } from "@/tests/integration/teams/stage";
import { request } from "@/tests/support/next-request";

vi.mock("next/headers", () => import("@/tests/support/next-request"));
vi.mock("next/cache", () => ({ revalidatePath: () => undefined }));

let stage: Stage;
let adminId: string;
beforeAll(async () => {
  // No credentials in the environment: these come by the form.
  stage = await openStage({ TEAMS_CLIENT_ID: "", TEAMS_CLIENT_SECRET: "" });
  adminId = await addOrganizer();
  await db().user.update({ where: { id: adminId }, data: { role: "admin" } });
});
afterAll(() => stage.close());

const signIn = async (userId: string) => {
  request.cookies.clear();
  await openSession({ userId, sessionEpoch: 0 });
};
beforeEach(async () => {
  request.headers = new Headers();
  await signIn(adminId);
});

const open: SetupState = { ...openForm, ...noFindings };
const right = {
  clientId: SEEDED_APP.clientId,
  clientSecret: SEEDED_APP.clientSecret,
  tenantKind: "single",
  tenantId: CONTOSO_TENANT_ID,
};

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

const send = (intent: string, fields: Record<string, string>) =>
  setUpTeams(open, form({ ...fields, intent }));
const tones = (state: SetupState) =>
  Object.fromEntries(Object.entries(state.findings).map(([field, finding]) => [field, finding?.tone]));

describe("the set-up form", () => {
  it("the set-up form says what is wrong with each value and keeps what was typed, but for secrets", async () => {
    const typed = {
      clientId: "nonsense",
      clientSecret: SEEDED_APP.clientId,
      tenantKind: "single",
      tenantId: "x y",
    };
    const state = await send("save", typed);
    expect(state.status).toBe("refused");
    expect(tones(state)).toMatchObject({ clientId: "danger", clientSecret: "danger", tenant: "danger" });
    expect(state.values).toMatchObject({ clientId: "nonsense", tenantId: "x y" });
    expect(JSON.stringify(state)).not.toContain(SEEDED_APP.clientId);
    expect(await db().providerRegistration.count()).toBe(0);
  });

  it("the set-up form asks Microsoft whether tenant, app and secret are right, and saves nothing by checking", async () => {
    expect(tones(await send("check", right))).toMatchObject({
      clientId: "success",
      clientSecret: "success",
      tenant: "success",
    });
    const refused = await send("check", { ...right, clientSecret: "another~secret" });
    expect(refused.findings.clientSecret?.detail).toContain("AADSTS7000215");
    const unknown = await send("check", { ...right, clientId: "99999999-9999-4999-8999-999999999999" });
    expect(unknown.findings.clientId?.detail).toContain("AADSTS700016");
    const nowhere = await send("check", { ...right, tenantId: "nowhere.example" });
    expect(nowhere.findings.tenant?.tone).toBe("danger");
    expect(await registration()).toMatchObject({ clientId: null });
  });

  it("the set-up form tells a secret that has run out from one that is wrong", async () => {
    await stage.control.changeApp(SEEDED_APP.clientId, {
      secrets: [
        { value: SEEDED_APP.clientSecret, expiresAt: null },
        { value: "run~out", expiresAt: Date.now() - 1000 },
        { value: SEEDED_APP.nextClientSecret, expiresAt: null },
      ],
    });
    const state = await send("check", { ...right, clientSecret: "run~out" });
    expect(state.findings.clientSecret).toMatchObject({ tone: "danger" });
    expect(state.findings.clientSecret?.detail).toContain("AADSTS7000222");
  });

  it("the set-up form can't prove a secret where several organizations may connect, but notices a refusal", async () => {
    const several = { ...right, tenantKind: "common", tenantId: "" };
    const taken = await send("check", several);
    expect(taken.findings.clientSecret).toMatchObject({
      tone: "success",
      title: "Microsoft doesn't refuse it",
    });
    const refused = await send("check", { ...several, clientSecret: "another~secret" });
    expect(refused.findings.clientSecret?.tone).toBe("danger");
  });

  it("the set-up form saves without offering anything to organizers", async () => {
    const state = await send("save", { ...right, expiresOn: "2030-01-31" });
    expect(state).toMatchObject({ status: "done", intent: "save" });
    expect(JSON.stringify(state)).not.toContain(SEEDED_APP.clientSecret);
    expect(await teamsSetup()).toBe("not_configured");
    expect(await registration()).toMatchObject({ tenant: CONTOSO_TENANT_ID, expiresOn: "2030-01-31" });
    const connectRequest = { returnTo: "/account/integrations", popup: false, selectAccount: false };
    const started = await startConnect({
      scope: scopeWithoutRequest(await addOrganizer()),
      ...connectRequest,
    });
    expect(started).toMatchObject({ ok: false, error: { code: "not_configured" } });
  });

  it("the set-up form keeps the saved secret when the field is left empty", async () => {
    await send("save", { ...right, clientSecret: "" });
    expect((await registration()).clientSecret).toBe(SEEDED_APP.clientSecret);
  });
});

describe("the test of the connection", () => {
  const tryIt = async (email: string) => {
    const connectRequest = {
      scope: scopeWithoutRequest(adminId),
      returnTo: "/admin",
      popup: false,
      selectAccount: false,
      trial: true,
    };
    const started = await startConnect(connectRequest);
    if (!started.ok) throw new Error(started.error.code);
    const back = new URL(await signInAs(started.value.redirectTo, { email }));
    return completeConnect(scopeWithoutRequest(adminId), back.searchParams, [started.value.cookie]);
  };

  it("the test of the connection finds out what the sign-in brings, and stores nothing of the account", async () => {
    const email = await stage.addPerson();
    expect(await tryIt(email)).toMatchObject({ kind: "done", returnTo: "/admin", problem: null });
    expect(await readTrial()).toMatchObject({
      isOutdated: false,
      result: { state: "connected", accountKind: "work", tenantId: CONTOSO_TENANT_ID },
    });
    expect(await db().meetingProviderConnection.count({ where: { userId: adminId } })).toBe(0);
    const [{ row } = { row: "" }] = await db().$queryRaw<{ row: string }[]>`
      SELECT r::text AS row FROM "ProviderRegistration" r`;
    expect(row).not.toContain(email);
  });

  it("the test of the connection is for admins alone", async () => {
    await signIn(await addOrganizer());
    const url = new URL("http://localhost:3000/api/teams/connect?trial=1");
    const answer = await connect(Object.assign(new Request(url), { nextUrl: url }) as never);
    expect(answer.status).toBe(404);
  });

  it("no longer counts once values were saved after it", async () => {
    await send("save", { ...right, clientSecret: "" });
    expect(await readTrial()).toMatchObject({ isOutdated: true });
  });
});

describe("the offer", () => {
  it("the offer is made and taken back apart from the values", async () => {
    await switchTeams(form({ enabled: "true" }));
    expect(await teamsSetup()).toBe("ready");
    await switchTeams(form({ enabled: "false" }));
    expect(await teamsSetup()).toBe("hidden");
    await switchTeams(form({ enabled: "true" }));
  });

  it("the offer lets organizers connect with what was saved, with the second secret when the first ends", async () => {
    await send("save", { ...right, clientSecret: "", nextSecret: SEEDED_APP.nextClientSecret });
    await stage.addConnected();
    expect((await readSecretUses()).first).toMatchObject({ refusal: null });
    await stage.control.changeApp(SEEDED_APP.clientId, {
      secrets: [{ value: SEEDED_APP.nextClientSecret, expiresAt: null }],
    });
    await stage.addConnected();
    const { first, next } = await readSecretUses();
    expect(first?.refusal).toContain("AADSTS7000215");
    expect(next?.takenAt).toBeInstanceOf(Date);
    await promoteSecret(form({ lastDay: "2031-05-01" }));
    expect(await registration()).toMatchObject({
      clientSecret: SEEDED_APP.nextClientSecret,
      nextSecret: null,
      expiresOn: "2031-05-01",
    });
  });
});

describe("who is no admin", () => {
  it("someone who is no admin finds none of it there, and changes nothing", async () => {
    await signIn(await addOrganizer());
    const before = await db().providerRegistration.findFirst();
    for (const attempt of [
      () => send("save", { ...right, clientId: "88888888-8888-4888-8888-888888888888" }),
      () => send("look", right),
      () => switchTeams(form({ enabled: "false" })),
      () => promoteSecret(form({ lastDay: "" })),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ digest: expect.stringContaining("404") });
    }
    expect(await db().providerRegistration.findFirst()).toEqual(before);
  });

  it("someone who is no admin can't send the form from another site either", async () => {
    request.headers = new Headers({ "sec-fetch-site": "cross-site" });
    expect((await send("save", right)).status).toBe("refused");
    await switchTeams(form({ enabled: "false" }));
    expect(await teamsSetup()).toBe("ready");
  });
});
