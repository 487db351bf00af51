import { NextRequest } from "next/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { GET as signIn } from "@/app/api/auth/microsoft/route";
import { GET as callback } from "@/app/api/teams/callback/route";
import { GET as connect } from "@/app/api/teams/connect/route";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { openSession } from "@/lib/auth/session";
import { getConnection } from "@/lib/connections/queries";
import { signInAs } from "@/tests/emulator/person";
import { addOrganizer, openStage, type Stage } from "@/tests/integration/teams/stage";
import { request, setCookies } from "@/tests/support/next-request";

vi.mock("next/headers", () => import("@/tests/support/next-request"));

const app = "http://localhost:3000";
/** Another address of the same server. */
const alias = "http://127.0.0.1:3000";
const integrations = "/account/integrations";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ APP_URL_ALIASES: alias });
});
afterAll(() => stage.close());
beforeEach(() => {
  request.cookies.clear();
  setCookies.length = 0;
});

/** A browser of its own, signed in as an organizer of its own. */
async function newBrowser() {
  const userId = await addOrganizer();
  request.cookies = new Map();
  await openSession({ userId, sessionEpoch: 0 });
  return { userId, cookies: request.cookies };
}

const ask = (route: typeof connect, path: string, at = app) =>
  route(new NextRequest(new URL(path, at), { headers: { host: new URL(at).host } }));
const leadsTo = (response: Response) => response.headers.get("location") ?? "";

async function goOut(query = "") {
  const out = leadsTo(await ask(connect, `/api/teams/connect${query}`));
  const back = new URL(await signInAs(out, { email: await stage.addPerson() }));
  return { out, back };
}

/** Where the callback leads, apart. */
async function comeBack(back: URL) {
  const response = await ask(callback, `${back.pathname}${back.search}`);
  const to = new URL(leadsTo(response), app);
  return { response, to, problem: to.searchParams.get("connectionError") };
}

describe("the way to Microsoft and back", () => {
  it("the way to Microsoft and back ends on the page where it began, with nothing of Microsoft's answer in the address", async () => {
    const { userId } = await newBrowser();
    const { back } = await goOut("?returnTo=/account/event-types%3Fpage%3D2");
    const { response, to } = await comeBack(back);
    expect(leadsTo(response)).toBe("/account/event-types?page=2");
    expect(to.origin).toBe(app);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toMatchObject({ state: "connected" });
  });

  it.each([
    ["connect", connect, "/api/teams/connect?returnTo=/account/bookings", "/account/bookings"],
    ["sign in", signIn, "/api/auth/microsoft?returnTo=/account/bookings&purpose=link", "/account/bookings"],
  ] as const)(
    "the way to Microsoft and back ends at the further address where it began: %s",
    async (_what, route, path, end) => {
      await newBrowser();
      const out = leadsTo(await ask(route, path, alias));
      const back = new URL(await signInAs(out, { email: await stage.addPerson() }));
      expect(`${back.origin}${back.pathname}`).toBe(`${alias}/api/teams/callback`);
      const response = await ask(callback, `${back.pathname}${back.search}`, alias);
      expect(leadsTo(response)).toBe(end);
    },
  );

  it("the way to Microsoft and back leads to the server's own address from a host that no one has named", async () => {
    await newBrowser();
    const out = leadsTo(await ask(connect, "/api/teams/connect", "http://evil.example"));
    expect(new URL(out).searchParams.get("redirect_uri")).toBe(`${app}/api/teams/callback`);
  });

  it("the way to Microsoft and back keeps its half of the secret where no script and no other site can read it", async () => {
    await newBrowser();
    setCookies.length = 0;
    await goOut();
    expect(setCookies).toMatchObject([{ options: { httpOnly: true, sameSite: "lax", path: "/api" } }]);
  });

  it("the way to Microsoft and back keeps apart two tabs that set out in the same moment", async () => {
    const { cookies } = await newBrowser();
    const [mine, yours] = [new Map(cookies), new Map(cookies)];
    request.cookies = mine;
    const first = await goOut();
    request.cookies = yours;
    const second = await goOut("?returnTo=/account/event-types");
    request.cookies = new Map([...mine, ...yours]);
    expect(leadsTo((await comeBack(first.back)).response)).toBe(integrations);
    expect(leadsTo((await comeBack(second.back)).response)).toBe("/account/event-types");
  });

  it("the way to Microsoft and back keeps the cookies of the last few sign-ins and no more", async () => {
    const { cookies } = await newBrowser();
    for (let tab = 0; tab < 6; tab += 1) await ask(connect, "/api/teams/connect");
    const kept = [...cookies].filter(([name, value]) => name.startsWith("bellhop_handshake") && value);
    expect(kept).toHaveLength(4);
  });

  it.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/account/../../evil.example",
    "/account\t/../..//evil.example",
    "javascript:alert(1)",
    "/api/teams/connect",
  ])("the way to Microsoft and back never ends on another site: returnTo=%s", async (returnTo) => {
    await newBrowser();
    const { back } = await goOut(`?returnTo=${encodeURIComponent(returnTo)}`);
    expect(leadsTo((await comeBack(back)).response)).toBe(integrations);
  });

  it("the way to Microsoft and back takes no returnTo from the way back", async () => {
    await newBrowser();
    const { back } = await goOut();
    back.searchParams.set("returnTo", "/admin");
    expect(leadsTo((await comeBack(back)).response)).toBe(integrations);
  });

  it("the way to Microsoft and back comes back to the page it left when it fails, with a code for support", async () => {
    await newBrowser();
    const out = leadsTo(await ask(connect, "/api/teams/connect?returnTo=/account/event-types"));
    const email = await stage.addPerson();
    const { to, problem } = await comeBack(new URL(await signInAs(out, { email, consent: "cancel" })));
    expect([to.pathname, problem]).toEqual(["/account/event-types", "declined"]);
    expect(to.searchParams.get("supportCode")).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect([...to.searchParams.keys()]).toEqual(["connectionError", "supportCode"]);
  });

  it("the way to Microsoft and back says in its own window what went wrong, and shows nothing but our words", async () => {
    await newBrowser();
    const out = leadsTo(await ask(connect, "/api/teams/connect?popup=1"));
    const email = await stage.addPerson();
    const back = new URL(await signInAs(out, { email, consent: "cancel" }));
    back.searchParams.set("error_description", "<script>alert(1)</script>");
    const { response } = await comeBack(back);
    const page = await response.text();
    expect(page).toContain("You declined the permissions");
    expect(page).toContain('data-outcome="stopped"');
    expect(page).not.toContain("alert(1)");
    expect(response.headers.get("content-security-policy")).toMatch(/script-src 'sha256-[^']+'/);
  });
});

describe("what an attacker may send to someone's browser", () => {
  it("an attacker's finished sign-in does not connect their account to someone else's (login CSRF)", async () => {
    await newBrowser();
    const { back } = await goOut();
    const victim = await newBrowser();
    expect((await comeBack(back)).problem).toBe("sign_in_expired");
    expect(await getConnection(scopeWithoutRequest(victim.userId), "teams")).toBeNull();
  });

  it("an attacker's finished sign-in connects nothing while the victim is on the way themselves, in the same browser", async () => {
    await newBrowser();
    const { back } = await goOut();
    const victim = await newBrowser();
    const own = await goOut();
    expect((await comeBack(back)).problem).toBe("sign_in_expired");
    const mixed = new URL(own.back);
    mixed.searchParams.set("code", back.searchParams.get("code") ?? "");
    expect((await comeBack(mixed)).problem).toBe("token_exchange_failed");
    expect(await getConnection(scopeWithoutRequest(victim.userId), "teams")).toBeNull();
  });

  it.each(["", "?code=abc", "?code=abc&state=", `?code=abc&state=${"x".repeat(43)}`, "?state=approval.x"])(
    "an address that someone made up changes nothing: %s",
    async (query) => {
      const { userId } = await newBrowser();
      await goOut();
      const { to, problem } = await comeBack(new URL(`${app}/api/teams/callback${query}`));
      expect(to.origin).toBe(app);
      expect(problem ?? to.searchParams.get("answer")).toMatch(/^(sign_in_expired|unknown)$/);
      expect(await getConnection(scopeWithoutRequest(userId), "teams")).toBeNull();
    },
  );

  it("the same address, opened again, leaves what is connected as it is", async () => {
    const { userId } = await newBrowser();
    const { back } = await goOut();
    await comeBack(back);
    const before = await getConnection(scopeWithoutRequest(userId), "teams");
    expect((await comeBack(back)).problem).toBe("sign_in_expired");
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toEqual(before);
  });

  it("nothing is taken from a browser that is signed out, and the code does not travel on", async () => {
    const { userId } = await newBrowser();
    const { back } = await goOut();
    request.cookies = new Map();
    const { response } = await comeBack(back);
    expect(leadsTo(response)).toMatch(/^\/sign-in\?returnTo=.*&notice=returned$/);
    expect(leadsTo(response)).not.toContain(back.searchParams.get("code"));
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toBeNull();
  });
});

describe("an administrator who comes back", () => {
  it("an administrator who comes back needs no account here, and learns nothing about anyone", async () => {
    request.cookies = new Map();
    const query = "?state=approval.unknown&admin_consent=True&tenant=evil";
    const response = await ask(callback, `/api/teams/callback${query}`);
    expect(leadsTo(response)).toBe("/teams/approval?answer=unknown");
  });
});
