/** Mail addresses as mail servers and Graph take them. PURE. */
import { z } from "zod";

/** What a domain in any script may be made of, its dots too (UTS 46, 4). */
const anyDomain = /^[\p{L}\p{M}\p{N}.\u3002\uff0e\uff61-]+$/u;

/**
 * An address with its domain in ASCII, as `joerg@müller.example` is `joerg@xn--mller-kva.example` to anyone who delivers mail (RFC 5891). What is
 * no such domain stays as it is, for the schema to refuse.
 */
function toAsciiAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  if (at < 1 || /^\p{ASCII}*$/u.test(domain) || !anyDomain.test(domain)) return address;
  const url = `http://${domain}`;
  return URL.canParse(url) ? `${address.slice(0, at)}@${new URL(url).hostname}` : address;
}

/** True for an address whose part before the `@` is not of plain letters: few servers can take mail for it (RFC 6531). */
function hasForeignName(address: string): boolean {
  return /^[^@]*[^\p{ASCII}@]/u.test(address) && !/\s/.test(address);
}

/** The form that browsers check (HTML, `input type=email`), with domains in any script; the domain comes out in ASCII. */
export const mailAddress = z
  .string()
  .trim()
  .overwrite(toAsciiAddress)
  .max(254, "too_long")
  .refine((text) => !hasForeignName(text), { error: "email_letters", abort: true })
  .pipe(z.email({ pattern: z.regexes.html5Email, error: "email_form" }));
