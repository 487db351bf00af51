import { timingSafeEqual } from "node:crypto";
import {
  type EntraError,
  invalidClient,
  invalidRequest,
  missingParameter,
} from "@/tests/emulator/entra/aadsts";
import { ASSERTION_TYPE, refuseAssertion } from "@/tests/emulator/entra/client-assertion";
import type { Call } from "@/tests/emulator/http";
import { sha256 } from "@/tests/emulator/ids";
import type { App } from "@/tests/emulator/state";
import { findApp, type World } from "@/tests/emulator/world";

export type Authenticated = { ok: true; app: App } | { ok: false; failure: EntraError };

/** Recognises the confidential client by `client_secret`, HTTP Basic or a signed assertion. */
export async function authenticateClient(
  world: World,
  call: Call,
  form: URLSearchParams,
): Promise<Authenticated> {
  const origin = call.headers.origin;
  if (origin) {
    return refuse(
      invalidRequest(
        9002326,
        `Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '${origin}'.`,
      ),
    );
  }
  const basic = readBasic(call.headers.authorization);
  if (basic && form.has("client_secret")) {
    return refuse(
      invalidRequest(90013, "Invalid input received from the user: two client credentials were sent."),
    );
  }
  const clientId = form.get("client_id") ?? basic?.clientId;
  if (!clientId) return refuse(missingParameter("client_id"));
  const app = findApp(world.state, clientId);
  if (!app) {
    return refuse({
      status: 400,
      error: "unauthorized_client",
      aadsts: 700016,
      text: `Application with identifier '${clientId}' was not found in the directory.`,
    });
  }
  const assertion = form.get("client_assertion");
  if (assertion) {
    if (form.get("client_assertion_type") !== ASSERTION_TYPE) {
      return refuse(missingParameter("client_assertion_type"));
    }
    const failure = await refuseAssertion(app, assertion, `${call.url.origin}${call.url.pathname}`);
    return failure ? refuse(failure) : { ok: true, app };
  }
  const secret = form.get("client_secret") ?? basic?.secret;
  if (!secret) {
    return refuse(
      invalidClient(
        7000218,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      ),
    );
  }
  return checkSecret(app, secret);
}

function checkSecret(app: App, secret: string): Authenticated {
  const match = app.secrets.find((known) => timingSafeEqual(sha256(known.value), sha256(secret)));
  if (!match) {
    return refuse(
      invalidClient(
        7000215,
        `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app.clientId}'.`,
      ),
    );
  }
  if (match.expiresAt !== null && match.expiresAt <= Date.now()) {
    return refuse(
      invalidClient(
        7000222,
        `The provided client secret keys for app '${app.clientId}' are expired. Visit the Azure portal to create new keys for your app.`,
      ),
    );
  }
  return { ok: true, app };
}

function readBasic(header: string | undefined): { clientId: string; secret: string } | null {
  const match = /^Basic (.+)$/i.exec(header ?? "");
  if (!match?.[1]) return null;
  const [clientId = "", ...rest] = Buffer.from(match[1], "base64").toString("utf8").split(":");
  const decode = (part: string) => decodeURIComponent(part.replaceAll("+", " "));
  return { clientId: decode(clientId), secret: decode(rest.join(":")) };
}

function refuse(failure: EntraError): Authenticated {
  return { ok: false, failure };
}
