/** How long a form was open before it was sent: it carries the instant of its page, signed. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/config/env";

/** What a form carries; `now` is epoch milliseconds. */
export function stampForm(now: number): string {
  const [secret = ""] = env().SESSION_SECRET;
  return `${now.toString(36)}.${signed(now, secret)}`;
}

/** How old a form is, in milliseconds; null where it carries no stamp of ours. */
export function ageOfForm(stamp: string | undefined, now: number): number | null {
  const [, written = "", signature = ""] = /^([0-9a-z]{1,11})\.([\w-]{22})$/.exec(stamp ?? "") ?? [];
  if (written === "") return null;
  const at = Number.parseInt(written, 36);
  const given = Buffer.from(signature);
  const isOurs = env().SESSION_SECRET.some((secret) =>
    timingSafeEqual(Buffer.from(signed(at, secret)), given),
  );
  return isOurs ? now - at : null;
}

function signed(at: number, secret: string): string {
  return createHmac("sha256", secret).update(`form opened ${at}`).digest("base64url").slice(0, 22);
}
