/**
 * Encryption at rest: AES-256-GCM under a ring of keys. A value names its key, is good for one purpose only and is bound
 * to the row it belongs to, so that it can't be moved to another.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { env } from "@/lib/config/env";

const format = "v1";
const ivBytes = 12;
const tagBytes = 16;

export interface Binding {
  /** What the value is for, with a version, such as `MeetingProvider.Tokens.v1`. */
  purpose: string;
  /** The row it belongs to. */
  row: string;
}

/** The value can't be opened: another key, purpose or row, or it was changed. Says nothing of its content. */
export class CipherError extends Error {
  readonly code = "cipher_refused";
  override name = "CipherError";
}

function associatedData(keyId: string, { purpose, row }: Binding): Buffer {
  return Buffer.from(JSON.stringify([format, keyId, purpose, row]), "utf8");
}

/** Seals a text under the first key of the ring: `v1.<key id>.<base64url of iv, tag, ciphertext>`. */
export function seal(plain: string, binding: Binding, ring = env().TOKEN_ENCRYPTION_KEYS): string {
  const first = ring[0];
  if (!first) throw new CipherError("There is no key to encrypt with.");
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", first.key, iv);
  cipher.setAAD(associatedData(first.id, binding));
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return `${format}.${first.id}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/** Opens what `seal` made, with whichever key of the ring it names. Throws `CipherError`. */
export function unseal(value: string, binding: Binding, ring = env().TOKEN_ENCRYPTION_KEYS): string {
  const [version, keyId, payload] = value.split(".");
  const key = ring.find((entry) => entry.id === keyId)?.key;
  if (version !== format || !keyId || !payload)
    throw new CipherError("The sealed value has an unknown form.");
  if (!key)
    throw new CipherError(
      `The key ${keyId} is not in TOKEN_ENCRYPTION_KEYS. Put it back at the end of the list.`,
    );
  const bytes = Buffer.from(payload, "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(associatedData(keyId, binding));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const plain = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()];
    return Buffer.concat(plain).toString("utf8");
  } catch (cause) {
    throw new CipherError("The sealed value does not belong here or was changed.", { cause });
  }
}

/** True when the value was sealed under another key than the first of the ring. */
export function isSealedWithOldKey(value: string, ring = env().TOKEN_ENCRYPTION_KEYS): boolean {
  return value.split(".")[1] !== ring[0]?.id;
}
