/**
 * A form of an older build may name an action that this build does not have. What was typed into it is handed on to its own page, which
 * shows it again and asks to press once more; neither a script nor a session is needed for that.
 */
import { headers } from "next/headers";
import { keepValues } from "@/lib/auth/form-state";
import { listKnownActions } from "@/lib/auth/known-actions";

/** Between the proxy and the page alone; one that comes from outside is taken off. */
export const lostFormHeader = "x-bellhop-lost-form";

const formTypes = /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i;

/**
 * The request's headers as its page gets them: with the fields of a form that no action of this build would take, or as they were. A script
 * asks by `Next-Action` and gets its answer from Next.js.
 */
export async function carryLostForm(request: Request, forwarded: Headers): Promise<void> {
  forwarded.delete(lostFormHeader);
  const isPlainForm = request.method === "POST" && formTypes.test(request.headers.get("content-type") ?? "");
  if (!isPlainForm || request.headers.has("next-action")) return;
  const form = await request.formData().catch(() => null);
  if (!form || (await isKnown(form))) return;
  forwarded.set(lostFormHeader, Buffer.from(JSON.stringify(keepValues(form))).toString("base64url"));
  // Next.js looks for actions in multipart forms alone, and would answer with an empty page.
  forwarded.set("content-type", "application/x-www-form-urlencoded");
}

/** What was typed into a form that this request could not be handed to; null where nothing was lost. */
export async function readLostForm(): Promise<Readonly<Record<string, string>> | null> {
  const carried = (await headers()).get(lostFormHeader);
  return carried && JSON.parse(Buffer.from(carried, "base64url").toString("utf8"));
}

/** React names the action in the name of a field, or in the field that such a one refers to. */
async function isKnown(form: FormData): Promise<boolean> {
  const ids = [...form.keys()].flatMap((name) => idIn(name, form));
  if (ids.length === 0) return false;
  const known = await listKnownActions();
  return known === null || ids.every((id) => known.has(id));
}

function idIn(name: string, form: FormData): string[] {
  if (name.startsWith("$ACTION_ID_")) return [name.slice("$ACTION_ID_".length)];
  const [, number] = /^\$ACTION_REF_(.+)$/.exec(name) ?? [];
  if (number === undefined) return [];
  const described = String(form.get(`$ACTION_${number}:0`));
  return [/"id":"([^"]*)"/.exec(described)?.[1] ?? ""];
}
