import { X509Certificate } from "node:crypto";
import { decodeJwt, decodeProtectedHeader, importSPKI, importX509, jwtVerify } from "jose";
import { type EntraError, invalidClient, invalidRequest } from "@/tests/emulator/entra/aadsts";
import type { App } from "@/tests/emulator/state";

export const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** As Entra does: clocks differ, and clients round. */
const tolerant = { clockTolerance: 300 };

/**
 * Judges a client assertion: one that the app signed with an uploaded certificate, or a token of an issuer the app trusts.
 * `audience` is the address of the token endpoint that was asked. Null: in order.
 */
export async function refuseAssertion(
  app: App,
  assertion: string,
  audience: string,
): Promise<EntraError | null> {
  try {
    const isOwn = decodeJwt(assertion).iss === app.clientId;
    return isOwn ? await refuseSigned(app, assertion, audience) : await refuseFederated(app, assertion);
  } catch {
    return invalidRequest(50027, "JWT token is invalid or malformed.");
  }
}

async function refuseSigned(app: App, assertion: string, audience: string): Promise<EntraError | null> {
  const { alg = "", "x5t#S256": thumbprint } = decodeProtectedHeader(assertion) as {
    alg?: string;
    "x5t#S256"?: string;
  };
  const known = (app.certificates ?? []).find(({ pem }) => thumbprintOf(pem) === thumbprint);
  if (!known || !["PS256", "RS256"].includes(alg)) {
    return invalidClient(
      700027,
      "The certificate with identifier used to sign the client assertion is not registered on application.",
    );
  }
  if (Date.parse(new X509Certificate(known.pem).validTo) < Date.now()) {
    return invalidClient(
      700027,
      "Client assertion failed signature validation: the certificate has expired.",
    );
  }
  try {
    const key = await importX509(known.pem, alg);
    await jwtVerify(assertion, key, { ...tolerant, issuer: app.clientId, subject: app.clientId, audience });
    return null;
  } catch (error) {
    const isExpired = error instanceof Error && error.message.includes('"exp"');
    return isExpired
      ? invalidClient(700024, "Client assertion is not within its valid time range.")
      : invalidClient(700027, "Client assertion failed signature validation.");
  }
}

async function refuseFederated(app: App, assertion: string): Promise<EntraError | null> {
  const { iss, sub, aud } = decodeJwt(assertion);
  const match = (app.federatedIdentities ?? []).find(
    ({ issuer, subject, audience }) => issuer === iss && subject === sub && audience === aud,
  );
  if (!match) {
    return {
      status: 401,
      error: "invalid_client",
      aadsts: 700213,
      text: `No matching federated identity record found for presented assertion subject '${sub}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion.`,
    };
  }
  try {
    await jwtVerify(assertion, await importSPKI(match.publicKeyPem, "RS256"), tolerant);
    return null;
  } catch {
    return invalidClient(700024, "Client assertion is not within its valid time range.");
  }
}

function thumbprintOf(pem: string): string {
  const hex = new X509Certificate(pem).fingerprint256.replaceAll(":", "");
  return Buffer.from(hex, "hex").toString("base64url");
}
