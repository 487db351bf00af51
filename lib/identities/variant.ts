/** What a sign-in at a provider is for. It travels in the sealed cookie of the sign-in. */
import { z } from "zod";
import { canonicalTimeZone } from "@/lib/slot-engine/zone-clock";

const schema = z.object({
  /** Enter this server; link one more person to the account; prove again who is at the browser. */
  purpose: z.enum(["enter", "link", "confirm"]),
  invitation: z.string().max(200).catch(""),
  timeZone: z
    .string()
    .catch("")
    .transform((zone) => canonicalTimeZone(zone) ?? "UTC"),
});

export type Variant = z.output<typeof schema>;

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
