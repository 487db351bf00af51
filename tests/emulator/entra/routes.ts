import { adminConsent, adminConsentPosted } from "@/tests/emulator/entra/admin-consent";
import { authorize, consentPosted, signInPosted } from "@/tests/emulator/entra/authorize";
import { instanceDiscovery, openidConfiguration, signingKeySet } from "@/tests/emulator/entra/discovery";
import { logout } from "@/tests/emulator/entra/logout";
import { token } from "@/tests/emulator/entra/token";
import { type Answer, type Call, empty, formOf } from "@/tests/emulator/http";
import { guid } from "@/tests/emulator/ids";
import { preciseNow, withoutSecrets } from "@/tests/emulator/request-log";
import type { World } from "@/tests/emulator/world";

type Handler = (world: World, call: Call, segment: string) => Answer | Promise<Answer>;

const ROUTES: Record<string, Handler> = {
  "GET v2.0/.well-known/openid-configuration": openidConfiguration,
  "GET discovery/v2.0/keys": signingKeySet,
  "GET discovery/instance": (_world, call) => instanceDiscovery(call),
  "GET oauth2/v2.0/authorize": authorize,
  "POST oauth2/v2.0/token": recordedToken,
  "GET oauth2/v2.0/logout": logout,
  "POST oauth2/v2.0/logout": logout,
  "GET v2.0/adminconsent": adminConsent,
  "POST login": signInPosted,
  "POST consent": consentPosted,
  "POST admin-consent": adminConsentPosted,
};

/** Everything under `/{tenant}/`; null when Entra has nothing at that address. */
export async function answerEntra(world: World, call: Call): Promise<Answer | null> {
  const [, segment = "", ...rest] = call.url.pathname.split("/");
  const path = rest.join("/");
  const handler = ROUTES[`${call.method} ${path}`];
  if (handler) return handler(world, call, segment);
  const isOtherMethod = Object.keys(ROUTES).some((route) => route.split(" ")[1] === path);
  return isOtherMethod ? empty(405) : null;
}

/** Token requests stand in the log beside Graph's, so that a test can count them. */
async function recordedToken(world: World, call: Call, segment: string): Promise<Answer> {
  const startedAt = preciseNow();
  const answer = await token(world, call, segment);
  const status = answer === "drop" ? "dropped" : answer === "hang" ? "hung" : answer.status;
  world.requests.add({
    startedAt,
    finishedAt: preciseNow(),
    method: call.method,
    path: call.url.pathname,
    query: {},
    status,
    accountId: null,
    accountEmail: null,
    clientRequestId: call.headers["client-request-id"] ?? null,
    requestId: typeof answer === "string" ? guid() : (answer.headers["x-ms-request-id"] ?? guid()),
    prefer: null,
    userAgent: call.headers["user-agent"] ?? null,
    body: withoutSecrets(Object.fromEntries(formOf(call))),
    inBatch: false,
    concurrent: 1,
  });
  return answer;
}
