/** Whether the second client secret will do once the first has run out: only what Microsoft said of it counts. */
import { secretProblem } from "@/lib/config/microsoft-values";
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
