/**
 * What a directory may say of a person (RFC 7643, 4.1), as far as Bellhop keeps it. Anything else that it sends is passed over: Entra sends
 * whatever its administrator has mapped, and would stop at a refusal. PURE.
 */
import { z } from "zod";

/** The attributes that are kept. Null: taken away. */
export interface ScimAttributes {
  userName: string;
  externalId: string | null;
  active: boolean;
  displayName: string | null;
  formattedName: string | null;
  givenName: string | null;
  familyName: string | null;
  /** The address that counts: the primary one, the one for work, or the first. */
  email: string | null;
  timeZone: string | null;
}

/** Which of them a request names. */
export type ScimChange = Partial<ScimAttributes>;

/** Entra writes booleans as "True" and "False" (Microsoft: application-provisioning-config-problem-scim-compatibility). */
const truth = z.union([
  z.boolean(),
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(["true", "false"]))
    .transform((word) => word === "true"),
]);

const text = z
  .string()
  .trim()
  .max(256)
  .nullish()
  .transform((value) => value || null);

const emailValue = z.object({
  value: z.string().optional(),
  type: z.string().optional(),
  primary: truth.optional(),
});

const emails = z
  .union([z.array(emailValue), emailValue.transform((one) => [one])])
  .nullish()
  .transform((list) => {
    const given = list ?? [];
    const chosen =
      given.find(({ primary }) => primary) ??
      given.find(({ type }) => type?.toLowerCase() === "work") ??
      given[0];
    return chosen?.value?.trim() || null;
  });

/** Each attribute by its path in lower case: names of attributes know no case (RFC 7643, 2.1). */
const readers: Record<string, { name: keyof ScimAttributes; schema: z.ZodType }> = {
  username: { name: "userName", schema: z.string().trim().min(1).max(256) },
  externalid: { name: "externalId", schema: text },
  active: { name: "active", schema: truth },
  displayname: { name: "displayName", schema: text },
  "name.formatted": { name: "formattedName", schema: text },
  "name.givenname": { name: "givenName", schema: text },
  "name.familyname": { name: "familyName", schema: text },
  emails: { name: "email", schema: emails },
  "emails.value": { name: "email", schema: text },
  timezone: { name: "timeZone", schema: text },
};

/** What a value was refused for: the attribute, as it was named. */
export class InvalidValue extends Error {
  constructor(readonly attribute: string) {
    super(`The value of ${attribute} isn't valid.`);
    this.name = "InvalidValue";
  }
}

/**
 * Reads one attribute by its path, into `change`. `emails[type eq "work"].value` is the address that counts, whatever the filter; an object
 * under a path has attributes of its own. Throws `InvalidValue`.
 */
function readAttribute(path: string, value: unknown, change: ScimChange): void {
  const plain = plainPath(path);
  const reader = readers[plain];
  if (reader) {
    const read = reader.schema.safeParse(value);
    if (!read.success) throw new InvalidValue(path);
    Object.assign(change, { [reader.name]: read.data });
    return;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const [name, part] of Object.entries(value)) {
    readAttribute(plain === "" ? name : `${plain}.${name}`, part, change);
  }
}

/** Without the schema's own name, and without filters. */
function plainPath(path: string): string {
  return path
    .replace(/^urn:ietf:params:scim:schemas:core:2\.0:user:/i, "")
    .replace(/\[[^\]]*\]/g, "")
    .toLowerCase();
}

/** What a whole representation says. Throws `InvalidValue`. */
export function readUser(body: unknown): ScimChange {
  const change: ScimChange = {};
  readAttribute("", body, change);
  return change;
}

const operations = z.object({
  Operations: z
    .array(
      z.object({
        op: z
          .string()
          .toLowerCase()
          .pipe(z.enum(["add", "replace", "remove"])),
        path: z.string().max(500).optional(),
        value: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(100),
});

/**
 * What a PATCH says (RFC 7644, 3.5.2), in the ways that Entra writes it: verbs in capitals, several attributes in one value without a path,
 * names with dots. Null: it's no PATCH. Throws `InvalidValue`.
 */
export function readPatch(body: unknown): ScimChange | null {
  const read = operations.safeParse(body);
  if (!read.success) return null;
  const change: ScimChange = {};
  for (const { op, path = "", value } of read.data.Operations) {
    if (op === "remove") removeAttribute(path, change);
    else readAttribute(path, value, change);
  }
  return change;
}

/** What has to be there can't be removed. */
function removeAttribute(path: string, change: ScimChange): void {
  const name = readers[plainPath(path)]?.name;
  if (name === "userName" || name === "active") throw new InvalidValue(path);
  if (name && name !== "email") Object.assign(change, { [name]: null });
}
