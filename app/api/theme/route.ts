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

/** The path of the page before. Only the path: whatever host a browser names, the way back stays on this site. */
function wayBack(request: Request): string {
  const referer = request.headers.get("referer") ?? "";
  if (!URL.canParse(referer)) return "/";
  const { pathname, search } = new URL(referer);
  const path = `${pathname}${search}`;
  return path.startsWith("//") ? "/" : path;
}
