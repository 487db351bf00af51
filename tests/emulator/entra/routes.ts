import { adminConsent, adminConsentPosted } from "@/tests/emulator/entra/admin-consent";
import { authorize, consentPosted, signInPosted } from "@/tests/emulator/entra/authorize";
import { instanceDiscovery, openidConfiguration, signingKeySet } from "@/tests/emulator/entra/discovery";
import { logout } from "@/tests/emulator/entra/logout";
import { token } from "@/tests/emulator/entra/token";
import { type Answer, type Call, empty, formOf } from "@/tests/emulator/http";
import { preciseNow, withoutSecrets } from "@/tests/emulator/request-log";
import type { Account } from "@/tests/emulator/state";
import type { World } from "@/tests/emulator/world";

type Handler = (world: World, call: Call, segment: string) => Answer | Promise<Answer>;

const ROUTES: Record<string, Handler> = {
  "GET v2.0/.well-known/openid-configuration": openidConfiguration,
  "GET discovery/v2.0/keys": signingKeySet,
  "GET discovery/instance": (_world, call) => instanceDiscovery(call),
  "GET oauth2/v2.0/authorize": authorize,
  "POST oauth2/v2.0/token": token,
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
  if (!handler) {
    const isOtherMethod = Object.keys(ROUTES).some((route) => route.split(" ")[1] === path);
    return isOtherMethod ? empty(405) : null;
  }
  const startedAt = preciseNow();
  const account = accountOf(world, call);
  const answer = await handler(world, call, segment);
  record(world, call, { startedAt, account, answer });
  return answer;
}

/** Whose code or refresh token a form carries, as far as it is known. */
function accountOf(world: World, call: Call): Account | null {
  const form = formOf(call);
  const { codes, refreshTokens, accounts } = world.state;
  const grant = codes[form.get("code") ?? ""] ?? refreshTokens[form.get("refresh_token") ?? ""];
  return accounts[grant?.accountId ?? ""] ?? null;
}

function record(
  world: World,
  call: Call,
  { startedAt, account, answer }: { startedAt: number; account: Account | null; answer: Answer },
): void {
  const reply = typeof answer === "string" ? null : answer;
  world.requests.add({
    startedAt,
    finishedAt: preciseNow(),
    method: call.method,
    path: call.url.pathname,
    query: Object.fromEntries(call.url.searchParams),
    status: reply?.status ?? (answer === "drop" ? "dropped" : "hung"),
    accountId: account?.id ?? null,
    accountEmail: account?.email ?? null,
    clientRequestId: call.headers["client-request-id"] ?? null,
    requestId: reply?.headers["x-ms-request-id"] ?? null,
    prefer: null,
    userAgent: call.headers["user-agent"] ?? null,
    body: call.bodyText === "" ? null : withoutSecrets(Object.fromEntries(formOf(call))),
    inBatch: false,
    concurrent: 0,
  });
}
