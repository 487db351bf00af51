import { methods } from "@/lib/api/methods";
import { env } from "@/lib/config/env";

export const dynamic = "force-dynamic";

const dayMs = 24 * 3600 * 1000;
/** Less than a year, as RFC 9116 (2.5.5) advises. */
const validDays = 180;

/** Whom to tell of security problems of this installation, at `/.well-known/security.txt` (RFC 9116). */
async function read(): Promise<Response> {
  const { APP_URL, SECURITY_CONTACT } = env();
  const today = Math.floor(Date.now() / dayMs);
  const lines = [
    `Contact: ${SECURITY_CONTACT ?? `${APP_URL}/help`}`,
    `Expires: ${new Date((today + validDays) * dayMs).toISOString()}`,
    "Preferred-Languages: en",
    `Canonical: ${APP_URL}/.well-known/security.txt`,
  ];
  return new Response(`${lines.join("\n")}\n`, {
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "public, max-age=3600" },
  });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read, HEAD: read });
