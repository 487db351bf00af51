import { parseTheme, themeCookie } from "@/components/layout/theme";

const yearSeconds = 365 * 24 * 60 * 60;

/** Keeps the chosen theme and goes back to the page the form was on. */
export async function POST(request: Request): Promise<Response> {
  const theme = parseTheme((await request.formData()).get("theme"));
  const value = theme === "system" ? "; Max-Age=0" : `; Max-Age=${yearSeconds}`;
  return new Response(null, {
    status: 303,
    headers: {
      location: wayBack(request),
      "set-cookie": `${themeCookie}=${theme}; Path=/; SameSite=Lax; HttpOnly${value}`,
    },
  });
}

/** The path of the page before, on this site only: the host a browser names is never used. */
function wayBack(request: Request): string {
  const referer = request.headers.get("referer") ?? "";
  if (!URL.canParse(referer)) return "/";
  const before = new URL(referer);
  if (before.host !== request.headers.get("host")) return "/";
  const path = `${before.pathname}${before.search}`;
  return path.startsWith("//") ? "/" : path;
}
