import { methods } from "@/lib/api/methods";
import { getOrganizer } from "@/lib/auth/guards";
import { consume } from "@/lib/auth/rate-limit";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { keepUpload, uploadMaxBytes } from "@/lib/imports/uploads";
import { readBoundedForm } from "@/lib/input/bounded-form";

const page = "/account/event-types/import";

/** Keeps a file for its report, and goes to the page that shows it. A route and no action: pages take no forms of this size. */
async function keep(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 });
  const organizer = await getOrganizer();
  if (!organizer) return goTo(`/sign-in?returnTo=${page}`);
  const form = await readBoundedForm(request, uploadMaxBytes);
  if (form === "too_large") return refuse({ problem: "too_large" });
  const file = form?.get("file");
  if (!(file instanceof File)) return new Response(null, { status: 400 });
  if (file.size === 0) return refuse({ problem: "empty" });
  const allowance = await consume("importFile", organizer.id);
  if (!allowance.ok) {
    return refuse({ problem: "too_often", minutes: `${Math.ceil(allowance.retryAfterSeconds / 60)}` });
  }
  const kept = await keepUpload(organizer.scope, { fileName: file.name, text: await file.text() });
  if (kept.ok) return goTo(`${page}?file=${kept.value.id}`);
  const { error } = kept;
  if (error.code !== "file_incomplete") return refuse({ problem: error.code });
  return refuse({ problem: error.code, source: error.source, at: error.paths.join(" ") });
}

const refuse = (why: Record<string, string>) => goTo(`${page}?${new URLSearchParams(why)}`);

const goTo = (location: string) => new Response(null, { status: 303, headers: { location } });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: keep });
