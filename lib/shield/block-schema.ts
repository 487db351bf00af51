import { z } from "zod";
import { blockKinds, kindOf, readBlockValue } from "@/lib/shield/block-value";

/** Whom to block, as someone typed it; it comes out in the one spelling that senders are compared by. */
export const blockInput = z
  .strictObject({
    kind: z.enum(blockKinds, { error: "block_kind" }),
    value: z
      .string({ error: "required" })
      .trim()
      .min(1, { error: "required", abort: true })
      .max(254, { error: "too_long", abort: true })
      .meta({
        description:
          "An email address, a domain (with all below it), or an IP address or network. Networks are the /24 of IPv4 and the /48 of IPv6",
        examples: ["example.com"],
      }),
  })
  .superRefine(({ kind, value }, ctx) => {
    const read = readBlockValue(kind, value);
    if (!read.ok) ctx.addIssue({ code: "custom", path: ["value"], message: read.error.code, input: value });
  });

/** What passed `blockInput`, in that spelling. */
export function toBlockValue({ kind, value }: z.output<typeof blockInput>) {
  const read = readBlockValue(kind, value);
  return { kind, value: read.ok ? read.value : value };
}

/** The same from one field for all three kinds. */
export const blockForm = z
  .object({ value: z.string() })
  .transform(({ value }) => ({ kind: kindOf(value), value }))
  .pipe(blockInput);
