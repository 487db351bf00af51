import { parseScopes } from "@/tests/emulator/entra/scopes";
import type { App } from "@/tests/emulator/state";

export type ResponseMode = "query" | "fragment" | "form_post";
export type Prompt = "login" | "none" | "consent" | "select_account";

/** A checked request to /authorize. */
export interface AuthorizeRequest {
  clientId: string;
  redirectUri: string;
  responseMode: ResponseMode;
  state: string | null;
  scopes: string[];
  nonce: string | null;
  prompt: Prompt | null;
  loginHint: string | null;
  domainHint: string | null;
  challenge: { value: string; method: "S256" | "plain" } | null;
  wantsClientInfo: boolean;
}

export type Checked =
  | { ok: true; request: AuthorizeRequest }
  | { ok: false; error: string; aadsts: number; text: string };

const PROMPTS: readonly string[] = ["login", "none", "consent", "select_account"] satisfies Prompt[];

/** Checks all that may be answered by a redirect; client and redirect address were checked before. */
export function checkAuthorizeRequest(query: URLSearchParams, app: App, redirectUri: string): Checked {
  const get = (name: string) => query.get(name) || null;
  const repeated = [...query.keys()].find((name, at, all) => all.indexOf(name) !== at);
  if (repeated) return refuse("invalid_request", 90014, `The parameter '${repeated}' is duplicated.`);

  const responseType = get("response_type");
  if (!responseType) return missing("response_type");
  if (responseType !== "code") {
    return refuse(
      "unsupported_response_type",
      700054,
      `response_type '${responseType}' is not enabled for the application.`,
    );
  }
  const scope = get("scope");
  if (!scope) return missing("scope");
  const parsed = parseScopes(scope, app.permissions);
  if (!parsed.ok) return refuse("invalid_scope", parsed.aadsts, parsed.text);

  const prompt = get("prompt");
  if (prompt && !PROMPTS.includes(prompt)) {
    return refuse("invalid_request", 90023, `Unsupported 'prompt' value '${prompt}'.`);
  }
  const loginHint = get("login_hint");
  if (prompt === "select_account" && loginHint) {
    return refuse("invalid_request", 90023, "'login_hint' cannot be combined with prompt 'select_account'.");
  }
  const claims = get("claims");
  if (claims && !isJsonObject(claims)) {
    return refuse("invalid_request", 50157, "The 'claims' parameter is not valid JSON.");
  }
  const responseMode = get("response_mode") ?? "query";
  if (responseMode !== "query" && responseMode !== "fragment" && responseMode !== "form_post") {
    return refuse("invalid_request", 90023, `Unsupported 'response_mode' value '${responseMode}'.`);
  }
  const challenge = readChallenge(get("code_challenge"), get("code_challenge_method"));
  if (challenge && "error" in challenge) return challenge;

  return {
    ok: true,
    request: {
      clientId: app.clientId,
      redirectUri,
      responseMode,
      state: query.get("state"),
      scopes: parsed.scopes,
      nonce: get("nonce"),
      // The list above is the whole of Prompt.
      prompt: prompt as Prompt | null,
      loginHint,
      domainHint: get("domain_hint"),
      challenge,
      wantsClientInfo: query.get("client_info") === "1",
    },
  };
}

/** A challenge without a method counts as plain, as Entra documents. */
function readChallenge(value: string | null, method: string | null) {
  if (!value) {
    return method
      ? refuse("invalid_request", 501491, "code_challenge_method was sent without code_challenge.")
      : null;
  }
  if (!/^[\w.~-]{43,128}$/.test(value)) {
    return refuse("invalid_request", 501491, "Invalid size of Code_Challenge parameter.");
  }
  if (method !== null && method !== "S256" && method !== "plain") {
    return refuse("invalid_request", 501491, `Unsupported code_challenge_method '${method}'.`);
  }
  return { value, method: method ?? "plain" } as const;
}

function missing(name: string) {
  return refuse(
    "invalid_request",
    900144,
    `The request body must contain the following parameter: '${name}'.`,
  );
}

function refuse(error: string, aadsts: number, text: string) {
  return { ok: false as const, error, aadsts, text };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}
