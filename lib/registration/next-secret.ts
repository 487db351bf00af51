/** Whether the second client secret or certificate will do once the first has run out: only what Microsoft said of it counts. */
import { secretProblem } from "@/lib/config/microsoft-values";
import { credentialKey, listCredentials } from "@/lib/registration/credentials";
import type { Registration } from "@/lib/registration/registration";
import { readSecretUse, type SecretUse } from "@/lib/registration/secret-use";

export type NextSecret =
  | "none"
  /** Its form is wrong, or Microsoft refused it when it was tried last. */
  | "refused"
  | "taken"
  | "untried";

/** The status of this second secret; `use` is how it fared, null if unknown. */
export function judgeNextSecret(secret: string | null, use: SecretUse | null): NextSecret {
  if (!secret) return "none";
  if (secretProblem(secret)) return "refused";
  const { takenAt = null, refusedAt = null } = use ?? {};
  if (refusedAt && (!takenAt || refusedAt > takenAt)) return "refused";
  return takenAt ? "taken" : "untried";
}

/** The status of the second secret in force. */
export async function readNextSecret({ nextSecret }: Registration): Promise<NextSecret> {
  return judgeNextSecret(nextSecret, nextSecret ? await readSecretUse(nextSecret) : null);
}

/** The status of what follows the first credential: the second certificate, or else the secret it stands before. */
export async function readNextCredential(app: Registration): Promise<NextSecret> {
  const second = listCredentials(app)[1];
  if (!second) return "none";
  const use = await readSecretUse(credentialKey(second));
  return judgeNextSecret(second.kind === "secret" ? second.value : second.kind, use);
}
