import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { listLinked } from "@/lib/identities/linked";
import { signOutAddress } from "@/lib/identities/openid-connect";
import { prepareQueues } from "@/lib/jobs/queue";
import { mailJob } from "@/lib/outbox/outbox";
import {
  browserOf,
  comeBack,
  goOut,
  newBrowser,
  whoIsIn,
  withSettings,
} from "@/tests/integration/identities/browser";
import { addOrganizer } from "@/tests/integration/teams/stage";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type FaultyProvider, startFaultyProvider } from "@/tests/support/faulty-provider";
import { request } from "@/tests/support/next-request";
import {
  openidClient,
  passProvider,
  startProvider,
  type TestProvider,
} from "@/tests/support/openid-provider";

vi.mock("next/headers", () => import("@/tests/support/next-request"));

let database: TestDatabase;
let provider: TestProvider;
let faulty: FaultyProvider;

beforeAll(async () => {
  provider = await startProvider("http://localhost:3000/api/auth/oidc/callback");
  faulty = await startFaultyProvider();
  database = await createTestDatabase({
    SIGN_IN: "password,oidc",
    SIGN_UP: "open",
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: openidClient.id,
    OIDC_CLIENT_SECRET: openidClient.secret,
  });
  await prepareQueues([mailJob]);
  // Someone was here first: newcomers are no admins.
  await addOrganizer();
});
afterAll(async () => {
  await database.cleanup();
  await Promise.all([provider.close(), faulty.close()]);
});
beforeEach(() => {
  newBrowser();
  forgetProvider();
  faulty.fault = "none";
  faulty.claims = {};
});

/** What this process knows of the provider, as after a start. */
const forgetProvider = () => delete (globalThis as { bellhopOpenidProvider?: unknown }).bellhopOpenidProvider;

/** Someone at the provider. */
function addPerson(more: object = {}) {
  const subject = randomUUID();
  const email = `${subject}@staff.example`;
  provider.people.set(subject, { email, email_verified: true, name: "Ines Moreau", ...more });
  return { subject, email };
}

async function signInAt(subject: string, query: Record<string, string> = {}) {
  return comeBack("oidc", await passProvider(await goOut("oidc", query), subject));
}

/** Signs in at the provider that errs. */
const signInAtFaulty = (claims: Record<string, unknown> = {}) =>
  withSettings({ OIDC_ISSUER: faulty.issuer }, async () => {
    forgetProvider();
    faulty.claims = { sub: randomUUID(), ...claims };
    return comeBack("oidc", faulty.pass(await goOut("oidc")));
  });

describe("signing in with an OpenID Connect provider", () => {
  it("signing in with an OpenID Connect provider opens an account for a newcomer and lets them in again by their subject", async () => {
    const { subject, email } = addPerson();
    expect((await signInAt(subject, { returnTo: "/account/availability" })).path).toBe(
      "/account/availability",
    );
    const first = await whoIsIn();
    expect(first).toMatchObject({ email, name: "Ines Moreau", role: "organizer" });
    provider.people.set(subject, { email: "new@elsewhere.example", email_verified: true });
    newBrowser();
    await signInAt(subject);
    expect((await whoIsIn())?.id).toBe(first?.id);
  });

  it("signing in with an OpenID Connect provider does not let in someone unknown whose address belongs to an account", async () => {
    const { subject, email } = addPerson();
    await db().user.update({ where: { id: await addOrganizer() }, data: { email } });
    const { to, problem } = await signInAt(subject);
    expect([to.pathname, problem]).toEqual(["/sign-in", "known_address"]);
    expect(await whoIsIn()).toBeNull();
  });

  it.each([false, undefined])(
    "signing in with an OpenID Connect provider opens no account on an address with email_verified %s",
    async (verified) => {
      const { subject, email } = addPerson({ email_verified: verified });
      expect((await signInAt(subject)).problem).toBe("email_unverified");
      expect(await db().user.count({ where: { email } })).toBe(0);
    },
  );

  it("signing in with an OpenID Connect provider links no one with email_verified false", async () => {
    const { subject } = addPerson({ email_verified: false });
    const userId = await addOrganizer();
    await browserOf(userId);
    expect((await signInAt(subject, { purpose: "link" })).problem).toBe("email_unverified");
    expect(await listLinked(scopeWithoutRequest(userId))).toEqual([]);
  });

  it("signing in with an OpenID Connect provider lets people with verified addresses of listed domains open an account, and no others", async () => {
    await withSettings({ SIGN_UP: "closed", SIGN_UP_DOMAINS: ["staff.example"] }, async () => {
      expect((await signInAt(addPerson().subject)).problem).toBeNull();
      newBrowser();
      const outside = addPerson({ email: `${randomUUID()}@notstaff.example` });
      expect((await signInAt(outside.subject)).problem).toBe("sign_up_closed");
      newBrowser();
      expect((await signInAt(addPerson({ email_verified: undefined }).subject)).problem).toBe(
        "email_unverified",
      );
    });
  });

  it("signing in with an OpenID Connect provider says so when the person turns back", async () => {
    const { subject } = addPerson();
    const out = await goOut("oidc");
    expect((await comeBack("oidc", await passProvider(out, subject, "turn back"))).problem).toBe("declined");
  });

  it("signing in with an OpenID Connect provider says so when the provider can't be reached", async () => {
    const to = await withSettings({ OIDC_ISSUER: "http://127.0.0.1:9" }, () => goOut("oidc"));
    expect(new URL(to, "http://localhost").searchParams.get("problem")).toBe("unavailable");
  });

  it("signing in with an OpenID Connect provider offers to end the session at the provider too", async () => {
    const address = new URL((await signOutAddress()) ?? "");
    expect(address.origin).toBe(provider.issuer);
    expect(address.searchParams.get("post_logout_redirect_uri")).toBe("http://localhost:3000/sign-in");
  });

  it("signing in with an OpenID Connect provider sends PKCE's verifier and the client's secret to the provider alone", async () => {
    expect((await signInAtFaulty({ email: "a@staff.example", email_verified: true })).problem).toBeNull();
    expect(faulty.lastTokenRequest.get("code_verifier")).toMatch(/^[\w-]{43}$/);
    expect(faulty.lastTokenRequest.get("client_secret")).toBe(openidClient.secret);
  });

  it("signing in with an OpenID Connect provider follows new signing keys from the first token on", async () => {
    const person = { sub: "rotated", email: "rotated@staff.example", email_verified: true };
    expect((await signInAtFaulty(person)).problem).toBeNull();
    await faulty.rotateKeys();
    newBrowser();
    expect((await signInAtFaulty(person)).problem).toBeNull();
    expect(await whoIsIn()).toMatchObject({ email: "rotated@staff.example" });
  });
});

describe("an attack on a sign-in with OpenID Connect leads nowhere", () => {
  const known = { sub: "known", email: "known@staff.example", email_verified: true };

  beforeEach(async () => {
    await signInAtFaulty(known);
    newBrowser();
  });

  it.each([
    ["another audience", { aud: "someone-else" }],
    ["another issuer", { iss: "https://other.example" }],
    ["another nonce", { nonce: "guessed" }],
    ["no nonce", { nonce: undefined }],
    ["a time long past", { iat: 1_000, exp: 2_000 }],
    ["no subject", { sub: undefined }],
  ])(
    "an attack on a sign-in with OpenID Connect leads nowhere by an id_token with %s",
    async (_what, claims) => {
      expect((await signInAtFaulty({ ...known, ...claims })).problem).toBe("identity_refused");
      expect(await whoIsIn()).toBeNull();
    },
  );

  it.each(["unsigned", "wrong_key", "unknown_kid", "hmac", "no_id_token", "other_issuer_in_answer"] as const)(
    "an attack on a sign-in with OpenID Connect leads nowhere by an answer that is %s",
    async (fault) => {
      faulty.fault = fault;
      expect((await signInAtFaulty(known)).problem).toBe("identity_refused");
      expect(await whoIsIn()).toBeNull();
    },
  );

  it("an error page at the provider says to try again", async () => {
    faulty.fault = "error_page";
    expect((await signInAtFaulty(known)).problem).toBe("unavailable");
  });

  it("an attack on a sign-in with OpenID Connect leads nowhere by the same subject of another issuer", async () => {
    const other = await startFaultyProvider();
    await withSettings({ OIDC_ISSUER: other.issuer }, async () => {
      forgetProvider();
      other.claims = known;
      expect((await comeBack("oidc", other.pass(await goOut("oidc")))).problem).toBe("known_address");
    });
    expect(await whoIsIn()).toBeNull();
    await other.close();
  });

  it("an attack on a sign-in with OpenID Connect leads nowhere by an answer that is brought to another browser", async () => {
    forgetProvider();
    const { subject } = addPerson();
    const back = await passProvider(await goOut("oidc"), subject);
    newBrowser();
    expect((await comeBack("oidc", back)).problem).toBe("sign_in_expired");
    expect(await whoIsIn()).toBeNull();
  });
});

describe("an attack on a sign-in at a provider in good order leads nowhere", () => {
  let subject: string;
  beforeEach(async () => {
    forgetProvider();
    ({ subject } = addPerson());
    await signInAt(subject);
    newBrowser();
  });

  it("an attack on a sign-in with OpenID Connect leads nowhere by a state that was never ours", async () => {
    const back = new URL(await passProvider(await goOut("oidc"), subject));
    back.searchParams.set("state", `in.${randomUUID()}`);
    expect((await comeBack("oidc", back.href)).problem).toBe("sign_in_expired");
    expect(await whoIsIn()).toBeNull();
  });

  it("an attack on a sign-in with OpenID Connect leads nowhere by an answer that was used before", async () => {
    const back = await passProvider(await goOut("oidc"), subject);
    await comeBack("oidc", back);
    expect(await whoIsIn()).not.toBeNull();
    for (const [name] of request.cookies)
      if (!name.startsWith("bellhop_handshake")) request.cookies.delete(name);
    expect((await comeBack("oidc", back)).problem).toBe("sign_in_expired");
    expect(await whoIsIn()).toBeNull();
  });

  it("an attack on a sign-in with OpenID Connect leads nowhere by a code that someone else was given", async () => {
    const attacker = addPerson();
    const theirs = new URL(await passProvider(await goOut("oidc"), attacker.subject));
    newBrowser();
    const back = new URL(await passProvider(await goOut("oidc"), subject));
    back.searchParams.set("code", theirs.searchParams.get("code") ?? "");
    expect((await comeBack("oidc", back.href)).problem).not.toBeNull();
    expect(await whoIsIn()).toBeNull();
  });

  it("an attack on a sign-in with OpenID Connect leads nowhere by an answer that is brought to Microsoft's address", async () => {
    const back = await passProvider(await goOut("oidc"), subject);
    expect((await comeBack("microsoft", back)).problem).toBe("sign_in_expired");
    expect(await whoIsIn()).toBeNull();
  });

  it.each(["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])(
    "an attack on a sign-in with OpenID Connect leads to no other site: returnTo=%s",
    async (returnTo) => {
      const { to } = await signInAt(subject, { returnTo });
      expect(to.href).toBe("http://localhost:3000/account/bookings");
    },
  );
});

describe("the first account", () => {
  it("the first account needs the set-up token where there is one, and so can't be opened at a provider", async () => {
    const { subject } = addPerson();
    await db().user.deleteMany();
    await withSettings({ SETUP_TOKEN: "the-set-up-token-0123456789" }, async () => {
      expect((await signInAt(subject)).problem).toBe("setup_token_needed");
    });
    newBrowser();
    await signInAt(subject);
    expect(await whoIsIn()).toMatchObject({ role: "admin" });
  });
});
