import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { openidClient } from "@/tests/support/openid-provider";

/* An OpenID Connect provider that does one chosen thing wrong. */

export interface FaultyProvider {
  issuer: string;
  /** What the next id_token says besides, or instead. */
  claims: Record<string, unknown>;
  fault:
    | "none"
    | "unsigned"
    | "wrong_key"
    | "unknown_kid"
    | "hmac"
    | "no_id_token"
    | "error_page"
    | "other_issuer_in_answer";
  /** The form fields of the last token request. */
  lastTokenRequest: URLSearchParams;
  /** New signing keys. */
  rotateKeys(): Promise<void>;
  /** Answers the address that the browser is sent back to. */
  pass(authorizeUrl: string): string;
  close(): Promise<void>;
}

/** Starts it. */
export async function startFaultyProvider(): Promise<FaultyProvider> {
  let keys = await newKeys();
  const asked = new Map<string, { nonce: string }>();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const self: FaultyProvider = {
    issuer,
    claims: {},
    fault: "none",
    lastTokenRequest: new URLSearchParams(),
    async rotateKeys() {
      keys = await newKeys();
    },
    pass(authorizeUrl) {
      const query = new URL(authorizeUrl).searchParams;
      const code = randomUUID();
      asked.set(code, { nonce: query.get("nonce") ?? "" });
      const iss = self.fault === "other_issuer_in_answer" ? "https://other.example" : issuer;
      const back = new URLSearchParams({ code, state: query.get("state") ?? "", iss });
      return `${query.get("redirect_uri")}?${back}`;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    if (path === "/.well-known/openid-configuration") return json(response, description(issuer));
    if (path === "/keys") return json(response, { keys: [keys.shown] });
    if (path !== "/token") return json(response, {}, 404);
    let body = "";
    for await (const part of request) body += part;
    self.lastTokenRequest = new URLSearchParams(body);
    if (self.fault === "error_page") {
      response.writeHead(503, { "content-type": "text/html" }).end("<h1>Down</h1>");
      return;
    }
    const nonce = asked.get(self.lastTokenRequest.get("code") ?? "")?.nonce;
    const idToken = await newIdToken({ nonce, ...self.claims });
    json(response, {
      access_token: randomUUID(),
      token_type: "Bearer",
      ...(self.fault === "no_id_token" ? {} : { id_token: idToken }),
    });
  }

  async function newIdToken(more: Record<string, unknown>): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims: JWTPayload = {
      iss: issuer,
      sub: "person",
      aud: openidClient.id,
      iat: now,
      exp: now + 300,
      ...more,
    };
    if (self.fault === "unsigned") return new UnsecuredJWT(claims).encode();
    if (self.fault === "hmac") {
      const secret = new TextEncoder().encode(openidClient.secret.padEnd(32, "."));
      return new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(secret);
    }
    const signer = self.fault === "wrong_key" ? (await newKeys()).secret : keys.secret;
    const kid = self.fault === "unknown_kid" ? randomUUID() : keys.kid;
    return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid }).sign(signer);
  }
  return self;
}

async function newKeys() {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const kid = randomUUID();
  return {
    kid,
    secret: privateKey,
    shown: { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" },
  };
}

function description(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["client_secret_post"],
    authorization_response_iss_parameter_supported: true,
  };
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
