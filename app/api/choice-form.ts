import { languageParameter } from "@/lib/booking-page/language-cookie";
import { readBoundedBody } from "@/lib/input/bounded-body";

/** A choice and a path. */
const bodyMaxBytes = 10_000;

/**
 * Answers a small form that a page has for a choice kept by the browser: the cookie that `toCookie` makes of its fields, and the way back to
 * the page. 400 for a body that is too long, broken off or no form, and where `toCookie` answers null.
 */
export async function keepChoice(
  request: Request,
  toCookie: (sent: FormData) => string | null,
): Promise<Response> {
  const sent = await readForm(request);
  const cookie = sent && toCookie(sent);
  if (!sent || cookie === null) return new Response(null, { status: 400 });
  const location = wayBack(request.headers.get("referer") ?? "", sent.get("back"));
  return new Response(null, { status: 303, headers: { location, "set-cookie": cookie } });
}

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
 * whatever host is named, the way back stays on this site. A language in it has been chosen before.
 */
function wayBack(referer: string, back: unknown): string {
  const before = [referer, `http://own.invalid${back}`].find((address) => URL.canParse(address));
  if (!before) return "/";
  const { pathname, searchParams } = new URL(before);
  searchParams.delete("_rsc");
  searchParams.delete(languageParameter);
  const path = `${pathname}${searchParams.size > 0 ? `?${searchParams}` : ""}`;
  return path.startsWith("//") ? "/" : path;
}
