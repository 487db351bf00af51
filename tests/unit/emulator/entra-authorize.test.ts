import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInAs } from "@/tests/emulator/person";
import { SEEDED_APP } from "@/tests/emulator/seed";
import {
  authorizeUrl,
  freshEmail,
  newAccount,
  postToken,
  REDIRECT_URI,
  type Stage,
  startStage,
} from "@/tests/unit/emulator/support";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.emulator.close());

const open = (url: string) => fetch(url, { redirect: "manual" });
const cookieFrom = (response: Response) => (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

/** What comes back to the app, as an object. */
async function goThrough(
  changes: Record<string, string | null>,
  answers: Parameters<typeof signInAs>[1],
  tenant?: string,
) {
  const back = new URL(await signInAs(authorizeUrl(stage, changes, tenant), answers));
  return Object.fromEntries(back.searchParams);
}

async function refusal(changes: Record<string, string | null>) {
  const response = await open(authorizeUrl(stage, changes));
  const location = response.headers.get("location");
  return location ? Object.fromEntries(new URL(location).searchParams) : { page: await response.text() };
}

/** Signs in with a picked account and keeps the browser's cookie. */
async function browserOf(email: string) {
  const page = await (await open(authorizeUrl(stage))).text();
  const signIn = /name="signIn" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const response = await fetch(`${stage.emulator.loginUrl}/common/login`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ signIn, account: email }),
  });
  return cookieFrom(response);
}

describe("discovery", () => {
  const read = async (tenant: string) =>
    (await fetch(`${stage.emulator.loginUrl}/${tenant}/v2.0/.well-known/openid-configuration`)).json();

  test("the issuer of common and organizations is the literal template", async () => {
    expect((await read("common")).issuer).toBe(`${stage.emulator.loginUrl}/{tenantid}/v2.0`);
    expect((await read("organizations")).issuer).toBe(`${stage.emulator.loginUrl}/{tenantid}/v2.0`);
  });

  test("a tenant and consumers have concrete issuers", async () => {
    const [contoso] = await stage.control.listTenants();
    expect((await read("contoso.example")).issuer).toBe(`${stage.emulator.loginUrl}/${contoso?.id}/v2.0`);
    expect((await read("consumers")).issuer).toContain("/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0");
  });

  test("an unknown tenant is refused with AADSTS90002", async () => {
    expect(await read("nowhere.example")).toMatchObject({ error: "invalid_request", error_codes: [90002] });
  });

  test("signing keys name the issuer they are for", async () => {
    const { keys } = await (await fetch(`${stage.emulator.loginUrl}/common/discovery/v2.0/keys`)).json();
    expect(keys.map((key: { issuer: string }) => key.issuer.split("/").at(-2))).toEqual([
      "{tenantid}",
      "9188040d-6c67-4c5b-b112-36a304b66dad",
    ]);
    expect(keys[0]).not.toHaveProperty("d");
  });

  test("instance discovery knows Microsoft's clouds and refuses strangers", async () => {
    const ask = async (host: string) =>
      (
        await fetch(
          `${stage.emulator.loginUrl}/common/discovery/instance?api-version=1.1&authorization_endpoint=https://${host}/common/oauth2/v2.0/authorize`,
        )
      ).json();
    expect((await ask("login.microsoftonline.us")).metadata).toHaveLength(5);
    expect((await ask("login.example")).error).toBe("invalid_instance");
  });
});

describe("a request that cannot be trusted never redirects", () => {
  test.each([
    ["an unknown client", { client_id: "22222222-2222-4222-8222-222222222222" }, "AADSTS700016"],
    ["another redirect address", { redirect_uri: "http://localhost:3000/api/teams/other" }, "AADSTS50011"],
    ["another case of the path", { redirect_uri: "http://localhost:3000/API/teams/callback" }, "AADSTS50011"],
    ["a query in the address", { redirect_uri: `${REDIRECT_URI}?a=b` }, "AADSTS50011"],
    ["no redirect address", { redirect_uri: null }, "AADSTS50011"],
  ])("a request that cannot be trusted never redirects: %s", async (_name, changes, code) => {
    expect((await refusal(changes)).page).toContain(code);
  });

  test("the port of localhost does not matter", async () => {
    const { page } = await refusal({ redirect_uri: "http://localhost:41234/api/teams/callback" });
    expect(page).toContain("Sign in to your account");
  });
});

describe("a request that is wrong goes back to the app", () => {
  test.each([
    ["no response type", { response_type: null }, "invalid_request", "AADSTS900144"],
    ["an id_token asked for", { response_type: "id_token" }, "unsupported_response_type", "AADSTS700054"],
    ["no scope", { scope: null }, "invalid_request", "AADSTS900144"],
    ["an unknown scope", { scope: "openid Calendars.WriteAll" }, "invalid_scope", "AADSTS70011"],
    [
      "another resource",
      { scope: "https://vault.azure.net/user_impersonation" },
      "invalid_scope",
      "AADSTS28002",
    ],
    [
      ".default with named scopes",
      { scope: "https://graph.microsoft.com/.default User.Read" },
      "invalid_scope",
      ".default scope can't be combined with resource-specific scopes.",
    ],
    ["an unknown prompt", { prompt: "maybe" }, "invalid_request", "prompt"],
    [
      "select_account with a hint",
      { prompt: "select_account", login_hint: "a@contoso.example" },
      "invalid_request",
      "login_hint",
    ],
    [
      "a short challenge",
      { code_challenge: "short", code_challenge_method: "S256" },
      "invalid_request",
      "AADSTS501491",
    ],
    [
      "an unknown challenge method",
      { code_challenge: "a".repeat(43), code_challenge_method: "S512" },
      "invalid_request",
      "AADSTS501491",
    ],
    ["claims that are not JSON", { claims: "{" }, "invalid_request", "claims"],
  ])("a request that is wrong goes back to the app: %s", async (_name, changes, error, words) => {
    const back = await refusal(changes);
    expect(back).toMatchObject({ error, state: "a-state" });
    expect(back.error_description).toContain(words);
  });
});

describe("the person", () => {
  test("the person signs in with email and password, accepts, and comes back with a code and the state", async () => {
    const account = await newAccount(stage);
    const back = await goThrough({ state: "abc_-123" }, { email: account.email });
    expect(back).toMatchObject({
      state: "abc_-123",
      code: expect.any(String),
      session_state: expect.any(String),
    });
  });

  test("the person is asked for consent only once", async () => {
    const account = await newAccount(stage);
    await goThrough({}, { email: account.email });
    expect(await goThrough({}, { email: account.email, consent: "cancel" })).toHaveProperty("code");
    const again = await goThrough({ prompt: "consent" }, { email: account.email, consent: "cancel" });
    expect(again.error).toBe("access_denied");
  });

  test("the person sees the permissions in Microsoft's words", async () => {
    const account = await newAccount(stage);
    const page = await (await open(authorizeUrl(stage))).text();
    const signIn = /name="signIn" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const consent = await fetch(`${stage.emulator.loginUrl}/common/login`, {
      method: "POST",
      body: new URLSearchParams({ signIn, account: account.email }),
    });
    const text = await consent.text();
    expect(text).toContain("Have full access to your calendars");
    expect(text).toContain("Maintain access to data you have given it access to");
  });

  test("the person may decline: access_denied with AADSTS65004", async () => {
    const account = await newAccount(stage);
    const back = await goThrough({}, { email: account.email, consent: "cancel" });
    expect(back.error).toBe("access_denied");
    expect(back.error_description).toContain(
      "AADSTS65004: User declined to consent to access the app.\r\nTrace ID:",
    );
  });

  test("the person may cancel at sign-in: access_denied, a subcode and no description", async () => {
    const page = await (await open(authorizeUrl(stage))).text();
    const signIn = /name="signIn" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const response = await fetch(`${stage.emulator.loginUrl}/common/login`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ signIn, answer: "cancel" }),
    });
    const back = Object.fromEntries(new URL(response.headers.get("location") ?? "").searchParams);
    expect(back).toEqual({ error: "access_denied", error_subcode: "cancel", state: "a-state" });
  });

  test("the person sees what is wrong with a password, and the email stays typed", async () => {
    const account = await newAccount(stage);
    await expect(goThrough({}, { email: account.email, password: "wrong" })).rejects.toThrow("incorrect");
  });

  test("the person picks from accounts, and a hint fills in the email", async () => {
    const { page } = await refusal({ login_hint: "ines.moreau@contoso.example" });
    expect(page).toMatch(/<input id="email"[^>]+value="ines.moreau@contoso.example"/);
    expect(page).toMatch(/<button name="account" value="theo.lindqvist@contoso.example"/);
  });

  test("HTML in the state does not survive", async () => {
    const account = await newAccount(stage);
    expect((await goThrough({ state: "a<b>c</b>d" }, { email: account.email })).state).toBe("acd");
  });

  test("answers of a sign-in come in the fragment or as a form when asked for", async () => {
    const account = await newAccount(stage);
    const fragment = new URL(
      await signInAs(authorizeUrl(stage, { response_mode: "fragment" }), { email: account.email }),
    );
    expect(new URLSearchParams(fragment.hash.slice(1)).get("code")).toBeTruthy();
    const cookie = await browserOf(account.email);
    const form = await (
      await fetch(authorizeUrl(stage, { response_mode: "form_post" }), { headers: { cookie } })
    ).text();
    expect(form).toContain(`action="${REDIRECT_URI}"`);
  });
});

describe("one browser", () => {
  test("one browser stays signed in, so prompt=none works and a plain request goes straight through", async () => {
    const account = await newAccount(stage);
    await goThrough({}, { email: account.email });
    const cookie = await browserOf(account.email);
    for (const prompt of ["none", null]) {
      const response = await fetch(authorizeUrl(stage, { prompt }), {
        headers: { cookie },
        redirect: "manual",
      });
      expect(new URL(response.headers.get("location") ?? "").searchParams.get("code")).toBeTruthy();
    }
    const choice = await fetch(authorizeUrl(stage, { prompt: "select_account" }), { headers: { cookie } });
    expect(await choice.text()).toContain("pick an account");
  });

  test("prompt=none fails in silence: login_required, or interaction_required without consent", async () => {
    expect((await refusal({ prompt: "none" })).error).toBe("login_required");
    const account = await newAccount(stage);
    const cookie = await browserOf(account.email);
    const response = await fetch(authorizeUrl(stage, { prompt: "none" }), {
      headers: { cookie },
      redirect: "manual",
    });
    expect(response.headers.get("location")).toContain("error=interaction_required");
    expect(response.headers.get("location")).toContain("AADSTS65001");
  });

  test("one browser signs out", async () => {
    const account = await newAccount(stage);
    const cookie = await browserOf(account.email);
    const out = await fetch(
      `${stage.emulator.loginUrl}/common/oauth2/v2.0/logout?post_logout_redirect_uri=http://localhost:3000/`,
      {
        headers: { cookie },
        redirect: "manual",
      },
    );
    expect(out.headers.get("location")).toBe("http://localhost:3000/");
    const page = await fetch(authorizeUrl(stage), { headers: { cookie }, redirect: "manual" });
    expect(page.status).toBe(200);
  });
});

describe("who may sign in where", () => {
  test("a personal account not at organizations, a stranger not at a tenant", async () => {
    const personal = await newAccount(stage, { tenant: "consumers" });
    await expect(goThrough({}, { email: personal.email }, "organizations")).rejects.toThrow("AADSTS500200");
    await expect(goThrough({}, { email: personal.email }, "contoso.example")).rejects.toThrow("AADSTS50020");
    expect(await goThrough({}, { email: personal.email }, "consumers")).toHaveProperty("code");
  });

  test("a personal account is not given OnlineMeetings, or is refused for asking, as the switch says", async () => {
    const personal = await newAccount(stage, { tenant: "consumers" });
    const { code = "" } = await goThrough({}, { email: personal.email });
    const { body } = await postToken(stage, {
      grant_type: "authorization_code",
      code,
      redirect_uri: REDIRECT_URI,
    });
    expect(body.scope).not.toContain("OnlineMeetings");
    expect(body.access_token.split(".")).toHaveLength(1);
    expect(decodeJwt(body.id_token).tid).toBe("9188040d-6c67-4c5b-b112-36a304b66dad");
    expect(decodeJwt(body.id_token).oid).toMatch(/^00000000-0000-0000-/);
    await stage.control.changeSettings({ personalOnlineMeetingsScope: "invalid_scope" });
    expect((await goThrough({}, { email: personal.email })).error).toBe("invalid_scope");
    await stage.control.changeSettings({ personalOnlineMeetingsScope: "ignored" });
  });
});

describe("a tenant where only administrators consent", () => {
  test("a tenant where only administrators consent stops its people at Need admin approval", async () => {
    const account = await newAccount(stage, { tenant: "fabrikam" });
    await expect(goThrough({}, { email: account.email })).rejects.toThrow("Need admin approval");
  });

  test("a tenant where only administrators consent sends back who returns without consent in one of three forms", async () => {
    const account = await newAccount(stage, { tenant: "fabrikam" });
    const back = await goThrough({}, { email: account.email, approval: "return" });
    expect(back.error_description).toContain("AADSTS65004");
    await stage.control.changeSettings({ adminApprovalReturn: "cancel" });
    expect(await goThrough({}, { email: account.email, approval: "return" })).toMatchObject({
      error_subcode: "cancel",
    });
    await stage.control.changeSettings({ adminApprovalReturn: "AADSTS90094" });
    const third = await goThrough({}, { email: account.email, approval: "return" });
    expect(third.error_description).toContain("AADSTS90094");
    await stage.control.changeSettings({ adminApprovalReturn: "AADSTS65004" });
  });

  test("a tenant where only administrators consent lets everyone in after an administrator has consented, but prompt=consent is still a trap", async () => {
    const tenant = await stage.control.addTenant({
      domain: `${freshEmail("x.example").split("@")[0]}.example`,
      userConsent: "admin_only",
    });
    const admin = await newAccount(stage, {
      tenant: tenant.id,
      email: freshEmail(tenant.domain),
      isAdmin: true,
    });
    const user = await newAccount(stage, { tenant: tenant.id, email: freshEmail(tenant.domain) });
    const adminUrl = (name: string) =>
      `${stage.emulator.loginUrl}/${name}/v2.0/adminconsent?${new URLSearchParams({
        client_id: SEEDED_APP.clientId,
        redirect_uri: REDIRECT_URI,
        state: "s",
        scope:
          "https://graph.microsoft.com/User.Read https://graph.microsoft.com/Calendars.ReadWrite https://graph.microsoft.com/OnlineMeetings.ReadWrite",
      })}`;
    expect(await (await open(adminUrl("common"))).text()).toContain("AADSTS90002");
    await expect(signInAs(adminUrl("organizations"), { email: user.email })).rejects.toThrow("AADSTS90094");
    const refused = new URL(await signInAs(adminUrl(tenant.id), { email: admin.email, consent: "cancel" }));
    expect(refused.searchParams.get("error")).toBe("consent_required");
    expect(refused.searchParams.get("admin_consent")).toBe("True");
    const back = new URL(await signInAs(adminUrl("organizations"), { email: admin.email }));
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      admin_consent: "True",
      tenant: tenant.id,
      state: "s",
    });
    expect(await goThrough({}, { email: user.email })).toHaveProperty("code");
    await expect(goThrough({ prompt: "consent" }, { email: user.email })).rejects.toThrow(
      "Need admin approval",
    );
  });

  test("a queued fault at sign-in comes back as Entra would send it", async () => {
    const account = await newAccount(stage);
    await stage.control.authorizeFault({
      account: account.email,
      error: "access_denied",
      description: "AADSTS53003: Access has been blocked by Conditional Access policies.",
    });
    expect((await goThrough({}, { email: account.email })).error_description).toContain("AADSTS53003");
    expect(await goThrough({}, { email: account.email })).toHaveProperty("code");
  });
});
