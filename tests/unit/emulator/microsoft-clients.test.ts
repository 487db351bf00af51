import { ConfidentialClientApplication } from "@azure/msal-node";
import {
  AuthenticationHandler,
  Client,
  type Context,
  type Middleware,
} from "@microsoft/microsoft-graph-client";
import type { Event } from "@microsoft/microsoft-graph-types";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAs } from "@/tests/emulator/person";
import { SEEDED_APP } from "@/tests/emulator/seed";
import {
  allNotified,
  inDays,
  newAccount,
  newPkce,
  REDIRECT_URI,
  type Stage,
  startStage,
  startWebhook,
  teamsEvent,
} from "@/tests/unit/emulator/support";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.emulator.close());

const SCOPES = ["User.Read", "Calendars.ReadWrite", "OnlineMeetings.ReadWrite"];

/** MSAL insists on https for its authority, so only the endpoints are the emulator's. */
function msalClient(tenant = "common") {
  const base = `${stage.emulator.loginUrl}/${tenant}`;
  return new ConfidentialClientApplication({
    auth: {
      clientId: SEEDED_APP.clientId,
      clientSecret: SEEDED_APP.clientSecret,
      authority: `https://login.microsoftonline.com/${tenant}`,
      authorityMetadata: JSON.stringify({
        issuer: `${base}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
        end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      }),
    },
  });
}

/** The Graph client gives its token to https hosts only; the address is rewritten after it has. */
function graphClient(accessToken: string) {
  const rewrite: Middleware = {
    async execute(context: Context) {
      const url = typeof context.request === "string" ? context.request : context.request.url;
      context.response = await fetch(
        url.replace("https://graph.microsoft.com", stage.emulator.graphUrl),
        context.options,
      );
    },
  };
  const authentication = new AuthenticationHandler({ getAccessToken: async () => accessToken });
  authentication.setNext(rewrite);
  return Client.initWithMiddleware({ middleware: authentication });
}

async function connect(email: string) {
  const msal = msalClient();
  const { verifier, challenge } = newPkce();
  const url = await msal.getAuthCodeUrl({
    redirectUri: REDIRECT_URI,
    scopes: SCOPES,
    codeChallenge: challenge,
    codeChallengeMethod: "S256",
    nonce: "a-nonce",
    state: "a-state",
  });
  const back = new URL(await signInAs(url, { email }));
  const code = back.searchParams.get("code") ?? "";
  const result = await msal.acquireTokenByCode({
    code,
    redirectUri: REDIRECT_URI,
    scopes: SCOPES,
    codeVerifier: verifier,
    nonce: "a-nonce",
  });
  const cache = JSON.parse(msal.getTokenCache().serialize());
  const [entry] = Object.values<{ secret: string }>(cache.RefreshToken);
  return { result, refreshToken: entry?.secret ?? "" };
}

test("MSAL signs in, redeems with PKCE and nonce, and refreshes", async () => {
  const account = await newAccount(stage);
  const { result, refreshToken } = await connect(account.email);
  expect(result.uniqueId).toBe(account.id);
  expect(result.tenantId).toBe(account.tenantId);
  expect(result.scopes.join(" ")).toContain("https://graph.microsoft.com/Calendars.ReadWrite");
  const renewed = await msalClient().acquireTokenByRefreshToken({ refreshToken, scopes: SCOPES });
  expect(renewed?.accessToken).not.toBe(result.accessToken);
});

test("MSAL sees a revoked session as invalid_grant, and Conditional Access as a need for interaction", async () => {
  const account = await newAccount(stage);
  const { refreshToken } = await connect(account.email);
  await stage.control.tokenFault({
    account: account.email,
    error: "interaction_required",
    aadsts: 50076,
    suberror: "basic_action",
  });
  const renew = () => msalClient().acquireTokenByRefreshToken({ refreshToken, scopes: SCOPES });
  await expect(renew()).rejects.toMatchObject({
    name: "InteractionRequiredAuthError",
    errorCode: "interaction_required",
  });
  await stage.control.revokeSessions(account.email);
  await expect(renew()).rejects.toMatchObject({ errorCode: "invalid_grant", subError: "bad_token" });
});

test("MSAL refuses a token with another nonce", async () => {
  const account = await newAccount(stage);
  await stage.control.tokenFault({ account: account.email, outcome: "pass", twist: "wrong_nonce" });
  await expect(connect(account.email)).rejects.toMatchObject({ errorCode: "nonce_mismatch" });
});

test("the Graph client makes an event, reads the link back, follows changes and cancels", async () => {
  const account = await newAccount(stage);
  const { result } = await connect(account.email);
  const graph = graphClient(result.accessToken);
  const app = await startWebhook();
  await graph.api("/subscriptions").post({
    changeType: "created,updated,deleted",
    resource: "me/events",
    notificationUrl: app.url,
    expirationDateTime: inDays(6),
    clientState: "s",
  });
  const delta = await graph
    .api("/me/calendarView/delta?startDateTime=2031-03-01T00:00:00Z&endDateTime=2031-04-01T00:00:00Z")
    .get();
  const made: Event = await graph
    .api("/me/events")
    .header("Prefer", 'IdType="ImmutableId"')
    .post(teamsEvent({ transactionId: "t" }));
  const read: Event = await graph
    .api(`/me/events/${made.id}`)
    .select(["isOnlineMeeting", "onlineMeeting"])
    .get();
  expect(read.onlineMeeting?.joinUrl).toBe(made.onlineMeeting?.joinUrl);
  const meetings = await graph
    .api("/me/onlineMeetings")
    .filter(`JoinWebUrl eq '${encodeURIComponent(read.onlineMeeting?.joinUrl ?? "")}'`)
    .get();
  expect(meetings.value[0].joinWebUrl).toBe(read.onlineMeeting?.joinUrl);
  const link: string = delta["@odata.deltaLink"];
  const changes = await graph.api(link.replace(stage.emulator.graphUrl, "https://graph.microsoft.com")).get();
  expect(changes.value).toHaveLength(1);
  await graph.api(`/me/events/${made.id}/cancel`).post({ comment: "Sorry" });
  await expect(graph.api(`/me/events/${made.id}`).get()).rejects.toMatchObject({
    statusCode: 404,
    code: "ErrorItemNotFound",
  });
  await allNotified(stage);
  expect(app.notifications().map((one: { changeType: string }) => one.changeType)).toEqual([
    "created",
    "updated",
    "deleted",
  ]);
  await app.close();
});
