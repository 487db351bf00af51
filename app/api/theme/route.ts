import { parseTheme, themeCookie } from "@/components/layout/theme";
import { methods } from "@/lib/api/methods";
import { readBoundedBody } from "@/lib/input/bounded-body";

/** A theme and a path. */
const bodyMaxBytes = 10_000;

const yearSeconds = 365 * 24 * 60 * 60;

/** Keeps the chosen theme and goes back to the page the form was on. */
async function keep(request: Request): Promise<Response> {
  const sent = await readForm(request);
  if (!sent) return new Response(null, { status: 400 });
  const theme = parseTheme(sent.get("theme"));
  const value = theme === "system" ? "; Max-Age=0" : `; Max-Age=${yearSeconds}`;
  return new Response(null, {
    status: 303,
    headers: {
      location: wayBack(request.headers.get("referer") ?? "", sent.get("back")),
      "set-cookie": `${themeCookie}=${theme}; Path=/; SameSite=Lax; HttpOnly${value}`,
    },
  });
}

/** The fields of a form; null for a body that is too long, broken off or no form. */
async function readForm(request: Request): Promise<FormData | null> {
  try {
    const bytes = await readBoundedBody(request, bodyMaxBytes);
    const headers = { "content-type": request.headers.get("content-type") ?? "" };
    return bytes && (await new Response(Buffer.from(bytes), { headers }).formData());
  } catch {
    return null;
  }
}

/**
 * The path of the page before, as the browser says or, where it is asked to keep silent, as the form does. Only the path:
 * whatever host is named, the way back stays on this site.
 */
function wayBack(referer: string, back: unknown): string {
  const before = [referer, `http://own.invalid${back}`].find((address) => URL.canParse(address));
  if (!before) return "/";
  const { pathname, searchParams } = new URL(before);
  searchParams.delete("_rsc");
  const path = `${pathname}${searchParams.size > 0 ? `?${searchParams}` : ""}`;
  return path.startsWith("//") ? "/" : path;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: keep });
