import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as ownCalendar from "@/app/api/own-calendar/route";
import { createInvitation } from "@/lib/accounts/invitations";
import { getOrganizer } from "@/lib/auth/guards";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { isTaken, readOwnCalendar } from "@/lib/booking-page/own-calendar";
import { db } from "@/lib/database/client";
import { listLinked, unlink } from "@/lib/identities/linked";
import { signInAs } from "@/tests/emulator/person";
import {
  browserOf,
  comeBack,
  goOut,
  newBrowser,
  whoIsIn,
  withSettings,
} from "@/tests/integration/identities/browser";
import { addOrganizer, connectAs, openStage, type Stage } from "@/tests/integration/teams/stage";
import { request } from "@/tests/support/next-request";

vi.mock("next/headers", () => import("@/tests/support/next-request"));

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ SIGN_UP: "invite" });
});
afterAll(() => stage.close());
beforeEach(() => newBrowser());

/** Signs in at Microsoft as this person, and comes back. */
async function signInWithMicrosoft(email: string, query: Record<string, string> = {}) {
  const out = await goOut("microsoft", query);
  return comeBack("microsoft", await signInAs(out, { email }));
}

/** An organizer whom this Microsoft account opens. */
async function addLinked() {
  const [userId, email] = [await addOrganizer(), await stage.addPerson()];
  await browserOf(userId);
  expect((await signInWithMicrosoft(email, { purpose: "link", returnTo: "/account/security" })).path).toBe(
    "/account/security",
  );
  newBrowser();
  return { userId, email };
}

const twist = (name: string) =>
  stage.control.tokenFault({ times: 1, outcome: "pass", twist: name as "bad_signature" });

describe("signing in with Microsoft", () => {
  it("signing in with Microsoft asks who someone is, and for nothing of theirs", async () => {
    const out = new URL(await goOut("microsoft"));
    expect(out.searchParams.get("scope")).toBe("openid profile email");
    expect(out.searchParams.get("code_challenge_method")).toBe("S256");
    expect(out.searchParams.get("nonce")).toMatch(/^[\w-]{43}$/);
    expect(out.searchParams.get("redirect_uri")).toBe("http://localhost:3000/api/teams/callback");
    await signInAs(out.href, { email: await stage.addPerson() });
    const [asked] = (await stage.control.requests({ path: "/oauth2/v2.0/token" })).slice(-1);
    expect(asked?.path ?? "").not.toContain("offline_access");
  });

  it("signing in with Microsoft redeems the code without asking for lasting access", async () => {
    const { email } = await addLinked();
    await signInWithMicrosoft(email);
    expect(await whoIsIn()).not.toBeNull();
    expect(await db().meetingProviderConnection.count({ where: { accountEmail: email } })).toBe(0);
  });

  it("signing in with Microsoft lets in whoever is linked, to the page they asked for, and connects no calendar", async () => {
    const { userId, email } = await addLinked();
    const { path } = await signInWithMicrosoft(email, { returnTo: "/account/availability" });
    expect(path).toBe("/account/availability");
    expect(await whoIsIn()).toMatchObject({ id: userId });
    expect(await db().meetingProviderConnection.count({ where: { userId } })).toBe(0);
  });

  it("signing in with Microsoft knows people by tenant and object id: another address at Microsoft changes nothing", async () => {
    const { userId, email } = await addLinked();
    const { id } = await stage.control.getAccount(email);
    await db().identity.updateMany({ where: { userId }, data: { email: "old@elsewhere.example" } });
    await signInWithMicrosoft(email);
    expect(await whoIsIn()).toMatchObject({ id: userId });
    expect(await db().identity.findMany({ where: { userId } })).toMatchObject([{ subject: id, email }]);
  });

  it("signing in with Microsoft does not let in someone unknown whose address belongs to an account", async () => {
    const email = await stage.addPerson();
    const userId = await addOrganizer();
    await db().user.update({ where: { id: userId }, data: { email } });
    const { problem, to } = await withSettings({ SIGN_UP: "open" }, () => signInWithMicrosoft(email));
    expect([to.pathname, problem]).toEqual(["/sign-in", "known_address"]);
    expect(await whoIsIn()).toBeNull();
    expect(await listLinked(scopeWithoutRequest(userId))).toEqual([]);
  });

  it("signing in with Microsoft opens an account where sign-up is open, and signs its holder in", async () => {
    const email = await stage.addPerson();
    const { path } = await withSettings({ SIGN_UP: "open" }, () =>
      signInWithMicrosoft(email, { timeZone: "Europe/Berlin" }),
    );
    expect(path).toBe("/account/bookings");
    const who = await whoIsIn();
    expect(who).toMatchObject({ email, name: "Ines Moreau", role: "organizer", passwordHash: null });
    const [schedule] = await db().schedule.findMany({ where: { userId: who?.id ?? "" } });
    expect(schedule).toMatchObject({ timeZone: "Europe/Berlin", isDefault: true });
  });

  it("signing in with Microsoft opens none without an invitation, and one with it, once", async () => {
    const [first, second] = [await stage.addPerson(), await stage.addPerson()];
    expect((await signInWithMicrosoft(first)).problem).toBe("invitation_invalid");
    const { token } = await createInvitation(await addOrganizer());
    newBrowser();
    expect((await signInWithMicrosoft(first, { invitation: token })).problem).toBeNull();
    expect(await whoIsIn()).toMatchObject({ email: first });
    newBrowser();
    expect((await signInWithMicrosoft(second, { invitation: token })).problem).toBe("invitation_invalid");
  });

  it("signing in with Microsoft ignores older invitations while sign-up is closed", async () => {
    const { token } = await createInvitation(await addOrganizer());
    const email = await stage.addPerson();
    const { problem } = await withSettings({ SIGN_UP: "closed" }, () =>
      signInWithMicrosoft(email, { invitation: token }),
    );
    expect(problem).toBe("sign_up_closed");
  });

  it("signing in with Microsoft lets people of a listed domain's tenant open an account, whatever SIGN_UP says", async () => {
    const settings = { SIGN_UP: "closed", SIGN_UP_DOMAINS: ["contoso.example"] } as const;
    await withSettings({ ...settings, SIGN_UP_DOMAINS: [...settings.SIGN_UP_DOMAINS] }, async () => {
      const email = await stage.addPerson();
      expect((await signInWithMicrosoft(email)).problem).toBeNull();
      expect(await whoIsIn()).toMatchObject({ email });
    });
  });

  it("signing in with Microsoft takes a tenant for the domain, not what an address says", async () => {
    const email = `${randomUUID()}@contoso.example`;
    await stage.control.addAccount({ tenant: "fabrikam.example", email, name: "Mallory" });
    await stage.control.changeTenant("fabrikam.example", { userConsent: "allowed" });
    const { problem } = await withSettings({ SIGN_UP: "closed", SIGN_UP_DOMAINS: ["contoso.example"] }, () =>
      signInWithMicrosoft(email),
    );
    expect(problem).toBe("sign_up_closed");
  });

  it("signing in with Microsoft is not offered where SIGN_IN does not list it", async () => {
    const to = await withSettings({ SIGN_IN: ["password"] }, () => goOut("microsoft"));
    expect(new URL(to, "http://localhost").searchParams.get("problem")).toBe("not_offered");
  });

  it("signing in with Microsoft lets in only tenants on the operator's list, for signing in and for connecting", async () => {
    const { userId, email } = await addLinked();
    await withSettings({ TEAMS_ALLOWED_TENANTS: ["b0470500-0000-4000-8000-000000000009"] }, async () => {
      expect((await signInWithMicrosoft(email)).problem).toBe("wrong_tenant");
      expect(await whoIsIn()).toBeNull();
      const { completion } = await connectAs(userId, { email });
      expect(completion).toMatchObject({ kind: "done", problem: { code: "wrong_tenant" } });
    });
  });
});

describe("app roles at Microsoft", () => {
  const signInWithRoles = async (email: string, appRoles: string[]) => {
    await stage.control.changeAccount(email, { appRoles });
    newBrowser();
    return withSettings({ TEAMS_APP_ROLES: true }, () => signInWithMicrosoft(email));
  };

  it("app roles at Microsoft make an admin and take it back with the next sign-in", async () => {
    await db().user.update({ where: { id: await addOrganizer() }, data: { role: "admin" } });
    const { email } = await addLinked();
    await signInWithRoles(email, ["Bellhop.Admin"]);
    expect(await whoIsIn()).toMatchObject({ role: "admin" });
    await signInWithRoles(email, ["Bellhop.Organizer"]);
    expect(await whoIsIn()).toMatchObject({ role: "organizer" });
  });

  it("app roles at Microsoft end the sessions of before where they change, and open a new one", async () => {
    await db().user.update({ where: { id: await addOrganizer() }, data: { role: "admin" } });
    const { email } = await addLinked();
    await signInWithRoles(email, ["Bellhop.Admin"]);
    const asAdmin = new Map(request.cookies);
    await signInWithRoles(email, ["Bellhop.Organizer"]);
    expect(await getOrganizer()).toMatchObject({ role: "organizer" });
    request.cookies = asAdmin;
    expect(await getOrganizer()).toBeNull();
  });

  it("app roles at Microsoft keep out whoever has none", async () => {
    const { email } = await addLinked();
    expect((await signInWithRoles(email, ["Other.Role"])).problem).toBe("no_role");
    expect(await whoIsIn()).toBeNull();
  });

  it("app roles at Microsoft never take the last admin away", async () => {
    const { userId, email } = await addLinked();
    await db().user.updateMany({ data: { role: "organizer" } });
    await db().user.update({ where: { id: userId }, data: { role: "admin" } });
    await signInWithRoles(email, ["Bellhop.Organizer"]);
    expect(await whoIsIn()).toMatchObject({ id: userId, role: "admin" });
  });

  it("app roles at Microsoft mean nothing unless the operator turned them on", async () => {
    const { email } = await addLinked();
    await stage.control.changeAccount(email, { appRoles: ["Bellhop.Admin"] });
    await signInWithMicrosoft(email);
    expect(await whoIsIn()).toMatchObject({ role: "organizer" });
  });
});

describe("an attack on a sign-in with Microsoft leads nowhere", () => {
  it.each([
    "wrong_nonce",
    "wrong_audience",
    "wrong_issuer",
    "expired_id_token",
    "bad_signature",
    "unknown_key",
    "unsigned",
    "no_id_token",
  ])("an attack on a sign-in with Microsoft leads nowhere by an id_token with %s", async (name) => {
    const { email } = await addLinked();
    await twist(name);
    expect((await signInWithMicrosoft(email)).problem).toBe("identity_refused");
    expect(await whoIsIn()).toBeNull();
  });

  it("an attack on a sign-in with Microsoft leads nowhere by an id_token of the same person in another tenant", async () => {
    const { email } = await addLinked();
    await twist("wrong_tenant");
    expect((await signInWithMicrosoft(email)).problem).toBe("invitation_invalid");
    expect(await whoIsIn()).toBeNull();
  });

  it("an attack on a sign-in with Microsoft leads nowhere by a state that was never ours", async () => {
    const { email } = await addLinked();
    const back = new URL(await signInAs(await goOut("microsoft"), { email }));
    back.searchParams.set("state", `in.${randomUUID()}`);
    expect((await comeBack("microsoft", back.href)).problem).toBe("sign_in_expired");
    expect(await whoIsIn()).toBeNull();
  });

  it("an attack on a sign-in with Microsoft leads nowhere by an answer that was used before", async () => {
    const { email } = await addLinked();
    const back = await signInAs(await goOut("microsoft"), { email });
    await comeBack("microsoft", back);
    for (const [name] of request.cookies)
      if (!name.startsWith("bellhop_handshake")) request.cookies.delete(name);
    expect((await comeBack("microsoft", back)).problem).toBe("sign_in_expired");
    expect(await whoIsIn()).toBeNull();
  });

  it("an attack on a sign-in with Microsoft leads nowhere by an answer that is brought to another browser", async () => {
    const { email } = await addLinked();
    const back = await signInAs(await goOut("microsoft"), { email });
    newBrowser();
    expect((await comeBack("microsoft", back)).problem).toBe("sign_in_expired");
    expect(await whoIsIn()).toBeNull();
  });

  it("an attack on a sign-in with Microsoft leads nowhere by an answer that is brought to the other provider's address", async () => {
    const { email } = await addLinked();
    const back = await signInAs(await goOut("microsoft"), { email });
    expect((await comeBack("oidc", back)).problem).toBe("sign_in_expired");
    expect(await whoIsIn()).toBeNull();
  });

  it.each(["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])(
    "an attack on a sign-in with Microsoft leads to no other site: returnTo=%s",
    async (returnTo) => {
      const { email } = await addLinked();
      const { to } = await signInWithMicrosoft(email, { returnTo });
      expect(to.href).toBe("http://localhost:3000/account/bookings");
    },
  );
});

it("signing keys that Microsoft has just changed are known from the first token on", async () => {
  const { userId, email } = await addLinked();
  await stage.control.rotateKeys();
  await signInWithMicrosoft(email);
  expect(await whoIsIn()).toMatchObject({ id: userId });
});

describe("linking a Microsoft account", () => {
  const link = (email: string) =>
    signInWithMicrosoft(email, { purpose: "link", returnTo: "/account/security" });

  it("linking a Microsoft account mails the account's holder", async () => {
    const { userId } = await addLinked();
    const holder = await db().user.findUniqueOrThrow({ where: { id: userId } });
    const mails = await db().mail.findMany({ where: { to: holder.email } });
    expect(mails).toMatchObject([{ kind: "way-in-changed" }]);
  });

  it("linking a Microsoft account asks first to prove again who is at the browser, after a quarter of an hour", async () => {
    await browserOf(await addOrganizer(), 16);
    const to = await goOut("microsoft", { purpose: "link", returnTo: "/account/security" });
    expect(to).toBe("/account/security/confirm?returnTo=%2Faccount%2Fsecurity");
  });

  it("linking a Microsoft account takes a proof by an account that is linked already, and no other", async () => {
    const { userId, email } = await addLinked();
    await browserOf(userId, 60);
    const confirm = { purpose: "confirm", returnTo: "/account/security" };
    const other = await signInWithMicrosoft(await stage.addPerson(), confirm);
    expect([other.to.pathname, other.problem]).toEqual(["/account/security/confirm", "someone_else"]);
    expect((await signInWithMicrosoft(email, confirm)).path).toBe("/account/security");
    expect((await goOut("microsoft", { purpose: "link" })).startsWith("http")).toBe(true);
  });

  it("linking a Microsoft account is refused to other sites", async () => {
    await browserOf(await addOrganizer());
    request.headers = new Headers({ "sec-fetch-site": "cross-site" });
    expect(await goOut("microsoft", { purpose: "link" })).toBe("403");
  });

  it("linking a Microsoft account leaves an account that opens someone else's alone", async () => {
    const { email } = await addLinked();
    const other = await addOrganizer();
    await browserOf(other);
    const { to, problem } = await link(email);
    expect([to.pathname, problem]).toEqual(["/account/security", "linked_elsewhere"]);
    expect(await listLinked(scopeWithoutRequest(other))).toEqual([]);
  });

  it("linking a Microsoft account goes to whoever set out, not to the organizer who is signed in when they come back", async () => {
    await browserOf(await addOrganizer());
    const out = await goOut("microsoft", { purpose: "link" });
    const back = await signInAs(out, { email: await stage.addPerson() });
    const handshakes = new Map(request.cookies);
    const other = await addOrganizer();
    await browserOf(other);
    for (const [name, value] of handshakes)
      if (name.startsWith("bellhop_handshake")) request.cookies.set(name, value);
    expect((await comeBack("microsoft", back)).problem).toBe("sign_in_expired");
    expect(await listLinked(scopeWithoutRequest(other))).toEqual([]);
  });
});

describe("unlinking", () => {
  const idOf = async (userId: string) => (await listLinked(scopeWithoutRequest(userId)))[0]?.id ?? "";

  it("unlinking keeps the last way in", async () => {
    const { userId } = await addLinked();
    const id = await idOf(userId);
    expect(await unlink(scopeWithoutRequest(userId), id)).toMatchObject({ error: { code: "last_way_in" } });
    await db().user.update({ where: { id: userId }, data: { passwordHash: "$argon2id$some" } });
    await withSettings({ SIGN_IN: ["microsoft"] }, async () => {
      expect((await unlink(scopeWithoutRequest(userId), id)).ok).toBe(false);
    });
    expect((await unlink(scopeWithoutRequest(userId), id)).ok).toBe(true);
    expect(await listLinked(scopeWithoutRequest(userId))).toEqual([]);
  });

  it("unlinking of another organizer's account changes nothing", async () => {
    const { userId } = await addLinked();
    await unlink(scopeWithoutRequest(await addOrganizer()), await idOf(userId));
    expect(await listLinked(scopeWithoutRequest(userId))).toHaveLength(1);
  });
});

describe("a visitor's own calendar beside the times", () => {
  const page = "/ines/consultation?date=2026-12-10&calendar=failed";
  const hour = 3_600_000;
  const tomorrow = Math.ceil(Date.now() / hour) * hour + 24 * hour;
  const at = (epoch: number) => ({ dateTime: new Date(epoch).toISOString().slice(0, 19), timeZone: "UTC" });
  const eventAt = (from: number, hours: number) => ({
    subject: "Secret plans",
    start: at(from),
    end: at(from + hours * hour),
  });
  const slotAt = (start: number) => ({ start, end: start + hour / 2 });

  async function ask(query: Record<string, string> = { returnTo: page, timeZone: "Europe/Paris" }) {
    const address = `http://localhost:3000/api/own-calendar?${new URLSearchParams(query)}`;
    const response = await ownCalendar.GET(new NextRequest(address, { headers: request.headers }));
    return { response, out: response.headers.get("refresh")?.replace("0; url=", "") ?? "" };
  }

  function kept({ headers }: Response) {
    const [, value, path] =
      /^bellhop_own_calendar=([^;]*); Path=([^;]+)/.exec(headers.get("set-cookie") ?? "") ?? [];
    return { value, path };
  }

  it("asks for when someone is busy, once, and for nothing that lasts", async () => {
    const { searchParams } = new URL((await ask()).out);
    expect(searchParams.get("scope")).toBe("openid profile Calendars.ReadBasic");
    expect(searchParams.get("state")).toMatch(/^see\.[\w-]{43}$/);
    expect(searchParams.get("code_challenge_method")).toBe("S256");
    expect(searchParams.get("redirect_uri")).toBe("http://localhost:3000/api/teams/callback");
  });

  it.each(["personal", "work"] as const)(
    "gives the page of a visitor with a %s account the times at which they're busy, sealed, and keeps nothing itself",
    async (kind) => {
      const email = await stage.addPerson(kind);
      await stage.control.createEvent(email, eventAt(tomorrow, 2));
      await stage.control.createEvent(email, { ...eventAt(tomorrow + 4 * hour, 1), showAs: "free" });
      const { out } = await ask();
      const { response, path } = await comeBack("microsoft", await signInAs(out, { email }));
      expect(path).toBe("/ines/consultation?date=2026-12-10");
      const cookie = kept(response);
      expect(cookie.path).toBe("/ines/consultation");
      const calendar = await readOwnCalendar(cookie.value);
      if (!calendar) throw new Error("Nothing was kept.");
      const taken = [-0.5, -0.25, 0, 1.75, 2, 4].map((hours) =>
        isTaken(calendar, slotAt(tomorrow + hours * hour)),
      );
      expect(taken).toEqual([false, true, true, true, false, false]);
      expect(calendar.until).toBeGreaterThan(tomorrow + 80 * 24 * hour);
      const [row] = await db().oAuthHandshake.findMany({
        where: { provider: "overlay" },
        orderBy: { expiresAt: "desc" },
      });
      expect(row?.returnTo).toBe("/ines/consultation");
      expect(JSON.stringify(row)).not.toMatch(/Secret plans|eyJ/);
      expect(await db().meetingProviderConnection.count({ where: { accountEmail: email } })).toBe(0);
      expect(await whoIsIn()).toBeNull();
    },
  );

  it("leads back with a word on it where the visitor says no, and where an administrator has to say yes", async () => {
    const email = await stage.addPerson();
    const declined = await comeBack(
      "microsoft",
      await signInAs((await ask()).out, { email, consent: "cancel" }),
    );
    expect(declined.path).toBe("/ines/consultation?date=2026-12-10&calendar=declined");
    expect(kept(declined.response).value).toBeUndefined();
    const refused = new URL((await ask()).out);
    const back = new URL("http://localhost:3000/api/teams/callback");
    back.search = String(
      new URLSearchParams({
        error: "access_denied",
        error_description: "AADSTS90094: approval",
        state: refused.searchParams.get("state") ?? "",
      }),
    );
    expect((await comeBack("microsoft", back.href)).path).toContain("calendar=approval");
  });

  it("leads back with a word on it where Microsoft doesn't answer", async () => {
    const email = await stage.addPerson();
    const back = await signInAs((await ask()).out, { email });
    await stage.control.graphFault({
      account: email,
      path: "/me/calendarView",
      status: 503,
      code: "serviceNotAvailable",
    });
    const { path, response } = await comeBack("microsoft", back);
    expect(path).toContain("calendar=failed");
    expect(kept(response).value).toBeUndefined();
  });

  it("connects nothing of an organizer who looks at a page, and believes no other browser", async () => {
    const { userId, email } = await addLinked();
    await browserOf(userId);
    const back = await signInAs((await ask()).out, { email });
    const handshakes = [...request.cookies];
    newBrowser();
    const stranger = await comeBack("microsoft", back);
    expect([stranger.path, kept(stranger.response).value]).toEqual(["/", undefined]);
    request.cookies = new Map(handshakes);
    expect(kept((await comeBack("microsoft", back)).response).value).toBeDefined();
    // Used up.
    expect(kept((await comeBack("microsoft", back)).response).value).toBeUndefined();
    expect(await db().meetingProviderConnection.count({ where: { userId } })).toBe(0);
  });

  it("leads back to booking pages alone", async () => {
    for (const returnTo of [
      "https://elsewhere.example/a/b",
      "//elsewhere.example/a",
      "/a/b;Path=/",
      "/account",
      "/a\\b/c",
      "",
    ]) {
      expect((await ask({ returnTo })).response.status).toBe(400);
    }
  });

  it("is forgotten when the visitor says so, and for no other site", async () => {
    const forget = (headers: Record<string, string>) =>
      ownCalendar.POST(
        new NextRequest("http://localhost:3000/api/own-calendar", {
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
          body: new URLSearchParams({ returnTo: "/ines/consultation?date=2026-12-10" }).toString(),
        }),
      );
    expect((await forget({ "sec-fetch-site": "cross-site" })).status).toBe(403);
    const { status, headers } = await forget({ "sec-fetch-site": "same-origin" });
    expect([status, headers.get("location")]).toEqual([303, "/ines/consultation?date=2026-12-10"]);
    expect(headers.get("set-cookie")).toContain(
      "bellhop_own_calendar=; Path=/ines/consultation; SameSite=Lax; HttpOnly",
    );
    expect(headers.get("set-cookie")).toContain("Max-Age=0");
    expect(await readOwnCalendar("made up")).toBeNull();
  });
});
