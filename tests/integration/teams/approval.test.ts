import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { env } from "@/lib/config/env";
import {
  askForApproval,
  getApproval,
  getApprovalRequest,
  noteApprovalAnswer,
  sweepApprovals,
} from "@/lib/connections/approval";
import { completeConnect, startConnect } from "@/lib/connections/connect";
import { getConnection } from "@/lib/connections/queries";
import { db } from "@/lib/database/client";
import { optionalScopes } from "@/lib/registration/optional-scopes";
import { signInAs } from "@/tests/emulator/person";
import { addOrganizer, connectAs, openStage, type Stage } from "@/tests/integration/teams/stage";

let stage: Stage;
let userId: string;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  userId = await addOrganizer();
});

const admin = "admin@fabrikam.example";
const page = "/account/event-types";

async function waiting() {
  await askForApproval(scopeWithoutRequest(userId), page);
  const approval = await getApproval(scopeWithoutRequest(userId));
  if (!approval) throw new Error("nothing is open");
  return { ...approval, token: approval.pageUrl.split("/").at(-1) ?? "" };
}

const answerOf = async (url: string, email: string, consent: "accept" | "cancel") =>
  new URL(await signInAs(url, { email, consent })).searchParams;

// Before any administrator of this file approves.
describe("coming back from Microsoft's \u201cNeed admin approval\u201d without consent, which looks like a decline", () => {
  const comeBack = async (email: string) => {
    const { completion } = await connectAs(userId, { email, approval: "return" });
    return completion.kind === "done" ? completion.problem?.code : completion.kind;
  };
  const atFabrikam = () => stage.addPerson("adminApproval");

  it.each(["AADSTS65004", "cancel"] as const)(
    "coming back from Microsoft without consent is reported as a wait for approval where approval was asked for: %s",
    async (answer) => {
      await stage.control.changeSettings({ adminApprovalReturn: answer });
      const email = await atFabrikam();
      expect(await comeBack(email)).toBe("declined");
      await askForApproval(scopeWithoutRequest(userId), page);
      expect(await comeBack(email)).toBe("need_admin_approval");
      await db().adminApproval.updateMany({ where: { userId }, data: { answer: "declined" } });
      expect(await comeBack(email)).toBe("need_admin_approval");
    },
  );

  it("coming back from Microsoft without consent is reported as a wait for approval where a colleague of the same organization waits", async () => {
    await stage.control.changeSettings({ adminApprovalReturn: "cancel" });
    const { tenantId } = await stage.control.getAccount(await atFabrikam());
    const colleague = await stage.addConnected();
    ({ userId } = await stage.addConnected());
    const email = await atFabrikam();
    await askForApproval(scopeWithoutRequest(colleague.userId), page);
    await db().meetingProviderConnection.updateMany({ where: { userId }, data: { tenantId } });
    expect(await comeBack(email)).toBe("declined");
    await db().meetingProviderConnection.updateMany({
      where: { userId: colleague.userId },
      data: { tenantId },
    });
    expect(await comeBack(email)).toBe("need_admin_approval");
  });

  it("coming back from Microsoft without consent is a decline once it is approved, or the wait has run out", async () => {
    const email = await stage.addPerson();
    const decline = async () => {
      const { completion } = await connectAs(userId, { email, consent: "cancel" });
      return completion.kind === "done" && completion.problem?.code;
    };
    await askForApproval(scopeWithoutRequest(userId), page);
    expect(await decline()).toBe("need_admin_approval");
    await db().adminApproval.updateMany({ where: { userId }, data: { answer: "approved" } });
    expect(await decline()).toBe("declined");
    await db().adminApproval.updateMany({
      where: { userId },
      data: { answer: null, expiresAt: new Date(Date.now() - 1000) },
    });
    expect(await decline()).toBe("declined");
  });
});

describe("the link for an administrator", () => {
  it("the link for an administrator leads to Microsoft's page for administrators, with a state of its own and the registered address", async () => {
    const { consentUrl } = await waiting();
    const url = new URL(consentUrl);
    expect(url.pathname).toBe("/organizations/v2.0/adminconsent");
    expect(url.searchParams.get("redirect_uri")).toBe("http://localhost:3000/api/teams/callback");
    const scopes = (url.searchParams.get("scope") ?? "").split(" ");
    expect(scopes).toEqual(
      expect.arrayContaining(["Calendars.ReadWrite", "OnlineMeetings.ReadWrite", "offline_access"]),
    );
    for (const optional of Object.values(optionalScopes)) expect(scopes).not.toContain(optional);
    expect(new Set(scopes)).toEqual(
      new Set([...env().TEAMS_SCOPES.split(/\s+/), "openid", "profile", "offline_access"]),
    );
    expect(url.searchParams.get("state")).toMatch(/^approval\.[\w-]{43}$/);
  });

  it("the link for an administrator names the tenant where it is known", async () => {
    const { email } = { email: await stage.addPerson() };
    await connectAs(userId, { email });
    const { consentUrl } = await waiting();
    expect(new URL(consentUrl).pathname).toBe(
      `/${(await stage.control.getAccount(email)).tenantId}/v2.0/adminconsent`,
    );
  });

  it("the link for an administrator stays the same while it is good, tells its holder who asks, and no one else anything", async () => {
    const first = await waiting();
    const second = await waiting();
    expect(second.pageUrl).toBe(first.pageUrl);
    expect(await getApprovalRequest(first.token)).toMatchObject({
      organizer: { name: "Ines Moreau" },
      consentUrl: first.consentUrl,
    });
    expect(await getApprovalRequest("x".repeat(43))).toBeNull();
    const state = new URL(first.consentUrl).searchParams.get("state") ?? "";
    expect(await getApprovalRequest(state)).toBeNull();
    expect(JSON.stringify(await db().adminApproval.findFirst({ where: { userId } }))).not.toContain(
      first.token,
    );
  });

  it("the link for an administrator runs out after thirty days", async () => {
    const { token, consentUrl } = await waiting();
    await db().adminApproval.updateMany({ where: { userId }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await getApproval(scopeWithoutRequest(userId))).toBeNull();
    expect(await getApprovalRequest(token)).toBeNull();
    const state = new URL(consentUrl).searchParams.get("state") ?? "";
    expect(await noteApprovalAnswer(new URLSearchParams({ state, admin_consent: "True" }))).toBe("unknown");
    expect((await waiting()).token).not.toBe(token);
    await sweepApprovals();
    expect(await getApproval(scopeWithoutRequest(userId))).not.toBeNull();
  });
});

describe("the administrator's answer", () => {
  it("the administrator's answer lets the organizer go on without being asked for consent again", async () => {
    const email = await stage.addPerson("adminApproval");
    const stopped = await connectAs(userId, { email, approval: "return" });
    expect(stopped.completion).toMatchObject({ problem: { code: "declined" } });
    const { consentUrl } = await waiting();
    expect(await noteApprovalAnswer(await answerOf(consentUrl, admin, "accept"))).toBe("approved");
    expect(await getApproval(scopeWithoutRequest(userId))).toMatchObject({
      answer: "approved",
      returnTo: page,
    });

    const started = await startConnect({
      scope: scopeWithoutRequest(userId),
      returnTo: page,
      popup: false,
      selectAccount: false,
    });
    if (!started.ok) throw new Error(started.error.code);
    expect(started.value.redirectTo).not.toContain("prompt=");
    const back = new URL(await signInAs(started.value.redirectTo, { email }));
    const completion = await completeConnect(scopeWithoutRequest(userId), back.searchParams, [
      started.value.cookie,
    ]);
    expect(completion).toMatchObject({ returnTo: page, problem: null });
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toMatchObject({ state: "connected" });
    expect(await getApproval(scopeWithoutRequest(userId))).toBeNull();
  });

  it("the administrator's answer may be a no, and the last one counts", async () => {
    const { consentUrl } = await waiting();
    expect(await noteApprovalAnswer(await answerOf(consentUrl, admin, "cancel"))).toBe("declined");
    expect(await getApproval(scopeWithoutRequest(userId))).toMatchObject({ answer: "declined" });
    expect(await noteApprovalAnswer(await answerOf(consentUrl, admin, "accept"))).toBe("approved");
    expect(await noteApprovalAnswer(await answerOf(consentUrl, admin, "accept"))).toBe("approved");
  });

  it("the administrator's answer is not believed about the tenant, nor without a state of ours", async () => {
    const { consentUrl } = await waiting();
    const state = new URL(consentUrl).searchParams.get("state") ?? "";
    const forged = { admin_consent: "True", tenant: "00000000-0000-4000-8000-000000000bad" };
    expect(await noteApprovalAnswer(new URLSearchParams(forged))).toBeNull();
    expect(await noteApprovalAnswer(new URLSearchParams({ ...forged, state: "approval.x" }))).toBe("unknown");
    expect(await getApproval(scopeWithoutRequest(userId))).toMatchObject({ answer: null });
    await noteApprovalAnswer(new URLSearchParams({ ...forged, state }));
    const stored = JSON.stringify(await db().adminApproval.findFirst({ where: { userId } }));
    expect(stored).not.toContain(forged.tenant);
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toBeNull();
  });

  it("the administrator's answer is never taken for an organizer's own sign-in", async () => {
    const started = await startConnect({
      scope: scopeWithoutRequest(userId),
      returnTo: page,
      popup: false,
      selectAccount: false,
    });
    if (!started.ok) throw new Error(started.error.code);
    const state = new URL(started.value.redirectTo).searchParams.get("state") ?? "";
    const query = new URLSearchParams({ state, admin_consent: "True", tenant: "x" });
    expect(await noteApprovalAnswer(query)).toBeNull();
    const completion = await completeConnect(scopeWithoutRequest(userId), query, [started.value.cookie]);
    expect(completion).toMatchObject({ problem: { code: "sign_in_failed" } });
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toBeNull();
  });
});
