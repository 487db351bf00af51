/**
 * Signing in and signing up a passkey (WebAuthn Level 3). The library reads and checks what browsers send; what is known of a challenge, an
 * account and a counter is judged here. The person has to be verified by their device, always: a passkey stands alone.
 */
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import { name } from "@/lib/accounts/schema";
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { Session } from "@/lib/auth/session";
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import { openChallenge, useUpChallenge } from "@/lib/identities/passkey-challenge";
import { type PasskeySite, passkeySite } from "@/lib/identities/passkey-site";
import { notePasskey } from "@/lib/identities/passkeys";
import { listWaysIn } from "@/lib/identities/ways-in";
import { err, ok, type Result } from "@/lib/result";

const passkeysMax = 20;

const base64url = z
  .string()
  .regex(/^[\w-]+$/)
  .max(20_000);

const transports = z.array(z.string().max(30)).max(10).optional();

/** Only their shape: the library reads them byte by byte. */
export const assertionInput = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  clientExtensionResults: z.looseObject({}).default({}),
  authenticatorAttachment: z.string().max(30).nullish(),
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
});

export const newPasskeyInput = z.object({
  name,
  response: assertionInput.extend({
    response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports }),
  }),
});

type Assertion = z.output<typeof assertionInput>;

export type PasskeyRefused =
  | "not_offered"
  /** The challenge was used, ran out, or is another browser's. */
  | "challenge_invalid"
  | "unknown_passkey"
  | "not_verified"
  /** Its counter went back: two devices use one passkey that can't be copied. */
  | "passkey_copied"
  | "account_disabled"
  | "someone_else"
  | "too_many_passkeys"
  | "already_known";

async function site(): Promise<PasskeySite | null> {
  return (await listWaysIn()).passkeys ? passkeySite() : null;
}

/** What a browser is asked that wants in, or that proves again who sits at it (`scope`); null where passkeys are not offered. */
export async function askForPasskey(
  scope: OwnerScope | null,
): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
  const own = await site();
  if (!own) return null;
  const challenge = await openChallenge({
    purpose: scope ? "confirm" : "enter",
    userId: scope?.ownerId ?? null,
  });
  return generateAuthenticationOptions({
    rpID: own.rpId,
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    userVerification: "required",
    // Without a scope none is named: that would tell whether an address has an account.
    allowCredentials: scope ? await listCredentials(scope) : [],
  });
}

/** What a browser is asked to make a passkey of; null where passkeys are not offered. */
export async function askForNewPasskey(
  scope: OwnerScope,
): Promise<PublicKeyCredentialCreationOptionsJSON | null> {
  const own = await site();
  if (!own) return null;
  const user = await db().user.findUniqueOrThrow({
    where: { id: scope.ownerId },
    select: { name: true, email: true },
  });
  const challenge = await openChallenge({ purpose: "add", userId: scope.ownerId });
  return generateRegistrationOptions({
    rpName: "Bellhop",
    rpID: own.rpId,
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    userID: userHandleOf(scope.ownerId),
    userName: user.email,
    userDisplayName: user.name,
    attestationType: "none",
    excludeCredentials: await listCredentials(scope),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

const userHandleOf = (userId: string) => new Uint8Array(Buffer.from(userId, "utf8"));

async function listCredentials(scope: OwnerScope) {
  const rows = await db().passkey.findMany({
    where: { userId: scope.ownerId, copiedAt: null },
    select: { credentialId: true, transports: true },
  });
  return rows.map((row) => ({
    id: Buffer.from(row.credentialId).toString("base64url"),
    transports: row.transports as AuthenticatorTransport[],
  }));
}

/** Keeps a passkey that the account's holder has just made. */
export async function addPasskey(
  scope: OwnerScope,
  input: z.output<typeof newPasskeyInput>,
): Promise<Result<null, { code: PasskeyRefused }>> {
  const own = await site();
  if (!own) return err("not_offered");
  let isOurs = false;
  const verified = await verifyRegistrationResponse({
    response: input.response as RegistrationResponseJSON,
    expectedChallenge: async (challenge) => {
      isOurs = await useUpChallenge(challenge, { purpose: "add", userId: scope.ownerId });
      return isOurs;
    },
    expectedOrigin: own.origin,
    expectedRPID: own.rpId,
    requireUserVerification: true,
  }).catch(noteRefusal);
  if (!isOurs) return err("challenge_invalid");
  if (!verified?.verified) return err("not_verified");
  const { credential, credentialBackedUp } = verified.registrationInfo;
  return db().$transaction(async (tx) => {
    if ((await tx.passkey.count({ where: { userId: scope.ownerId } })) >= passkeysMax) {
      return err("too_many_passkeys");
    }
    const { count } = await tx.passkey.createMany({
      data: {
        userId: scope.ownerId,
        credentialId: new Uint8Array(Buffer.from(credential.id, "base64url")),
        publicKey: new Uint8Array(credential.publicKey),
        counter: credential.counter,
        transports: input.response.response.transports ?? [],
        isSynced: credentialBackedUp,
        name: input.name,
      },
      skipDuplicates: true,
    });
    if (count === 0) return err("already_known");
    await notePasskey(tx, scope.ownerId, "added", input.name);
    return ok(null);
  });
}

/**
 * Judges what a browser has signed. Without a `scope` it signs its holder in; with one it proves that it is them, and no one else, who sits
 * at the browser.
 */
export async function judgePasskey(
  scope: OwnerScope | null,
  response: Assertion,
  now = new Date(),
): Promise<Result<Session, { code: PasskeyRefused }>> {
  const own = await site();
  if (!own) return err("not_offered");
  const asked = {
    purpose: scope ? ("confirm" as const) : ("enter" as const),
    userId: scope?.ownerId ?? null,
  };
  const passkey = await db().passkey.findUnique({
    where: { credentialId: new Uint8Array(Buffer.from(response.id, "base64url")) },
    include: { user: { select: { sessionEpoch: true, disabledAt: true } } },
  });
  if (!passkey) return refuse("unknown_passkey", null);
  let isOurs = false;
  const verified = await verifyAuthenticationResponse({
    response: response as AuthenticationResponseJSON,
    expectedChallenge: async (challenge) => {
      isOurs = await useUpChallenge(challenge, asked, now);
      return isOurs;
    },
    expectedOrigin: own.origin,
    expectedRPID: own.rpId,
    requireUserVerification: true,
    // The counter is judged below, where it is known whether anything else was wrong.
    credential: { id: response.id, publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
  }).catch(noteRefusal);
  if (!isOurs) return refuse("challenge_invalid", null);
  if (!verified?.verified || !isHandleOf(response, passkey.userId)) return refuse("not_verified", null);
  if (scope && passkey.userId !== scope.ownerId) return refuse("someone_else", null);
  if (passkey.user.disabledAt) return refuse("account_disabled", passkey.userId);
  if (!(await countUp(passkey, verified.authenticationInfo, now))) {
    return refuse("passkey_copied", passkey.userId);
  }
  if (!scope) {
    const details = { with: "passkey" };
    await record(db(), { action: "sign_in.succeeded", accountId: passkey.userId, byHolder: true, details });
  }
  return ok({ userId: passkey.userId, sessionEpoch: passkey.user.sessionEpoch });
}

/** A device that finds a passkey by itself says whose it is. */
function isHandleOf({ response: { userHandle } }: Assertion, userId: string): boolean {
  return userHandle === undefined || Buffer.from(userHandle, "base64url").toString("utf8") === userId;
}

/**
 * Notes that a passkey was used. False where its counter did not go up, of a kind that counts: a copy of it is in use, so it opens nothing
 * from then on (WebAuthn, 6.1.1). Passkeys that are synced don't count at all.
 */
function countUp(
  { id, userId, name }: { id: string; userId: string; name: string },
  { newCounter, credentialBackedUp }: { newCounter: number; credentialBackedUp: boolean },
  now: Date,
): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const goesUp = newCounter === 0 ? { counter: 0 } : { counter: { lt: newCounter } };
    const { count } = await tx.passkey.updateMany({
      where: { id, copiedAt: null, ...goesUp },
      data: { counter: newCounter, isSynced: credentialBackedUp, lastUsedAt: now },
    });
    if (count === 1) return true;
    const marked = await tx.passkey.updateMany({ where: { id, copiedAt: null }, data: { copiedAt: now } });
    if (marked.count === 1) await notePasskey(tx, userId, "copied", name);
    return false;
  });
}

async function refuse<Code extends PasskeyRefused>(
  code: Code,
  accountId: string | null,
): Promise<Result<never, { code: Code }>> {
  const details = { with: "passkey", problem: code };
  await record(db(), { action: "sign_in.failed", ...(accountId && { accountId }), details });
  return err(code);
}

function noteRefusal(error: unknown): null {
  log().info({ error }, "A passkey was refused");
  return null;
}
