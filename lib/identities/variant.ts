/** What a sign-in at a provider is for. It travels in the sealed cookie of the sign-in. */
import { z } from "zod";
import { canonicalTimeZone } from "@/lib/slot-engine/zone-clock";

const purposes = ["enter", "link", "confirm"] as const;

const newcomer = z.object({
  /** Of someone who has no account yet. */
  invitation: z.string().max(200).catch(""),
  /** IANA zone of their browser; UTC where it says nothing. */
  timeZone: z
    .string()
    .catch("")
    .transform((zone) => canonicalTimeZone(zone) ?? "UTC"),
});

const schema = newcomer.extend({
  /** Enter this server; link one more person to the account; prove again who is at the browser. */
  purpose: z.enum(purposes),
});

export type Variant = z.output<typeof schema>;

export function isPurpose(word: string | null): word is Variant["purpose"] {
  return purposes.some((purpose) => purpose === word);
}

/** What the address of a way out says of someone who may be new here. */
export function readNewcomer(query: URLSearchParams): Pick<Variant, "invitation" | "timeZone"> {
  return newcomer.parse(Object.fromEntries(query));
}

/** As the cookie keeps it. */
export function writeVariant({ purpose, invitation, timeZone }: Variant): string {
  return JSON.stringify({ purpose, invitation, timeZone });
}

/** What a cookie says; entering, where it says nothing. */
export function readVariant(text: string): Variant {
  const nothing: Variant = { purpose: "enter", invitation: "", timeZone: "UTC" };
  try {
    return schema.catch(nothing).parse(JSON.parse(text));
  } catch {
    return nothing;
  }
}
