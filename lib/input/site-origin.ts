import { z } from "zod";
import { isLoopbackHost } from "@/lib/config/loopback";

/** What a policy's source can be: a name or an IPv4 address, and a port. The database checks the same form. */
const writtenOrigin = /^https?:\/\/[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?::\d{1,5})?$/;

/** Why a text is not the origin of a website: a key of the validation words, or null for one that is. */
function problemOf(text: string): "site_origin" | "site_origin_https" | "site_origin_path" | null {
  if (/[\s\p{Cc}\p{Cs}]/u.test(text) || !URL.canParse(text)) return "site_origin";
  const { protocol, hostname, origin, href, username, password } = new URL(text);
  if (protocol === "http:" && !isLoopbackHost(hostname)) return "site_origin_https";
  if (!writtenOrigin.test(origin) || username || password) return "site_origin";
  return href === `${origin}/` ? null : "site_origin_path";
}

/** `https://www.Example.com:443/` becomes `https://www.example.com`. */
const normalize = (text: string) => (problemOf(text) === null ? new URL(text).origin : text);

/** The origin of a website: https, or http on this machine, as browsers write it (RFC 6454). */
export const siteOrigin = z
  .string()
  .trim()
  .max(300, "too_long")
  .check(({ value, issues }) => {
    const message = problemOf(value);
    if (message) issues.push({ code: "custom", message, input: value, continue: true });
  })
  .overwrite(normalize);
