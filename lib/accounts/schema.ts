import { z } from "zod";
import { handleForm, isReservedHandle } from "@/lib/accounts/handles";
import { mailAddress } from "@/lib/input/email";
import { line } from "@/lib/input/text";

/** Lower case, as the database keeps it: two spellings of one address are one account. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, { error: "required", abort: true })
  .pipe(mailAddress);

export const name = line(100);

/** Length is what counts (NIST SP 800-63B): no rules of composition. The upper end keeps hashing affordable. */
export const password = z.string().min(8, "password_short").max(256, "too_long");

export const handle = z
  .string()
  .trim()
  .toLowerCase()
  .regex(handleForm, "handle_form")
  .refine((text) => !isReservedHandle(text), "handle_reserved");
