import { createHash, randomBytes } from "node:crypto";

/** A new capability for a link or a key: 256 random bits, base64url, 43 characters. */
export function newCapability(): string {
  return randomBytes(32).toString("base64url");
}

/** How a capability is stored and looked up: SHA-256. It has 256 random bits, so a slow hash would add nothing. */
export function hashCapability(capability: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(capability, "utf8").digest());
}
