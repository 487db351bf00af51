import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { cursor, limit, pageOf } from "@/lib/api/page";
import type { AuditEntry } from "@/lib/audit/queries";
import { instant } from "@/lib/input/time";

/** An instant, or a date of UTC's. */
const moment = z.union([instant, z.iso.date()], { error: "instant_or_date" });

const entry = z
  .object({
    id: z.uuid(),
    at: instant,
    actor: z.object({ id: z.uuid(), name: z.string() }).nullable().meta({
      description:
        "Who did it, called as they were then. Null for strangers, the command line, and Bellhop itself",
    }),
    action: z.string().meta({ examples: ["account.disabled"] }),
    subject: z.string().meta({
      description: "What it was done to: an account's email address at the time, or the name of a thing",
    }),
    from: z.string().meta({
      description: "The network it came from, roughly, or `command line`",
      examples: ["192.0.2.0/24"],
    }),
    details: z.record(z.string(), z.unknown()).meta({
      description: "More facts, such as `before` and `after`. Never a secret",
    }),
  })
  .meta({ id: "AuditEntry" });

export const listAuditEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/admin/audit",
  access: "read",
  summary: "List the audit log, newest first. Only with an admin's key",
  query: z.strictObject({
    from: moment
      .optional()
      .meta({ description: "Entries from then on; a date counts from its start, in UTC" }),
    to: moment.optional().meta({ description: "Entries before this; a date counts to its end, in UTC" }),
    who: z
      .string()
      .max(100, "too_long")
      .optional()
      .meta({ description: "Part of the actor's name or of the subject" }),
    action: z.string().max(100, "too_long").optional(),
    cursor: cursor(z.tuple([instant, z.uuid()])).optional(),
    limit,
  }),
  answer: pageOf(entry),
  problems: ["forbidden"],
});

/** An entry as the API writes it. */
export function toAnswer({ at, ...rest }: AuditEntry): z.input<typeof entry> {
  return { ...rest, at: at.toISOString() };
}
