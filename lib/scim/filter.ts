/** Which accounts a directory asks for. PURE. */

export interface ScimFilter {
  by: "userName" | "externalId" | "id" | "email";
  value: string;
}

const attributes: Record<string, ScimFilter["by"]> = {
  username: "userName",
  externalid: "externalId",
  id: "id",
  "emails.value": "email",
  'emails[type eq "work"].value': "email",
};

/** One comparison, `userName eq "ada@example.com"`; null: not one that is understood. Others aren't needed to match accounts. */
export function readFilter(text: string): ScimFilter | null {
  const [, attribute = "", quoted = ""] = /^\s*(.+?)\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i.exec(text) ?? [];
  const by = attributes[attribute.toLowerCase()];
  if (!by) return null;
  try {
    return { by, value: String(JSON.parse(quoted)) };
  } catch {
    return null;
  }
}
