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

/** How this second secret stands; `use` is how it fared, null where that is not known. */
export function judgeNextSecret(secret: string | null, use: SecretUse | null): NextSecret {
  if (!secret) return "none";
  if (secretProblem(secret)) return "refused";
  const { takenAt = null, refusedAt = null } = use ?? {};
  if (refusedAt && (!takenAt || refusedAt > takenAt)) return "refused";
  return takenAt ? "taken" : "untried";
}

/** The standing of the second secret that is in force. */
export async function readNextSecret({ nextSecret }: Registration): Promise<NextSecret> {
  return judgeNextSecret(nextSecret, nextSecret ? await readSecretUse(nextSecret) : null);
}
