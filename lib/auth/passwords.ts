import { randomBytes } from "node:crypto";
import { hash, parseOptions, verify } from "@node-rs/argon2";

/** Argon2id as the OWASP Password Storage Cheat Sheet asks for: 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Compared if no password is stored, so that an unknown account takes as long as a known one. */
let decoy: Promise<string> | undefined;

/** The same text, however a keyboard composed its accents (NIST SP 800-63B asks for normalisation). */
const normalise = (password: string) => password.normalize("NFKC");

/** A salted hash in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalise(password), parameters);
}

/** Compares a password with a stored hash; `null` (no account, or no password set) takes as long and never matches. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  decoy ??= hash(randomBytes(32), parameters);
  const comparison = stored ?? (await decoy);
  const matches = await verify(comparison, normalise(password));
  return matches && stored !== null;
}

/** True when a hash was made with other parameters than today's. */
export function needsRehash(stored: string): boolean {
  const used = parseOptions(stored);
  return (
    used.memoryCost !== parameters.memoryCost ||
    used.timeCost !== parameters.timeCost ||
    used.parallelism !== parameters.parallelism
  );
}
