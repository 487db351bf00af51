/**
 * What a program has to bring along to a change that a person should look at first: proof that the very same change was described to it a
 * moment ago. Nothing is stored: it is signed.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/config/env";

/** For how long a description is good, in milliseconds. */
const lifetimeMs = 30 * 60_000;

/** A confirmation for this change of this organizer; `change` is any JSON value. `now` is epoch milliseconds. */
export function newConfirmation(organizerId: string, change: unknown, now = Date.now()): string {
  const stamp = `${(now + lifetimeMs).toString(36)}.${randomBytes(9).toString("base64url")}`;
  return `${stamp}.${signatureOf(env().SESSION_SECRET[0] ?? "", stamp, organizerId, change)}`;
}

/** Whether a confirmation was made for this very change, by this installation, within the last half hour. */
export function isConfirmed(
  confirmation: string,
  organizerId: string,
  change: unknown,
  now = Date.now(),
): boolean {
  const [until = "", nonce = "", signature = ""] = confirmation.split(".");
  if (!(Number.parseInt(until, 36) > now)) return false;
  return env().SESSION_SECRET.some((secret) => {
    const right = Buffer.from(signatureOf(secret, `${until}.${nonce}`, organizerId, change));
    const given = Buffer.from(signature);
    return given.length === right.length && timingSafeEqual(given, right);
  });
}

function signatureOf(secret: string, stamp: string, organizerId: string, change: unknown): string {
  return createHmac("sha256", secret)
    .update(`confirmation ${stamp} ${organizerId} ${JSON.stringify(inOrder(change))}`)
    .digest("base64url");
}

/** The same value with the fields of objects in the order of their names: programs send them in any. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields.map(([name, field]) => [name, inOrder(field)]));
}
