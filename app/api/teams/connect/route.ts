import type { NextRequest } from "next/server";
import { keepHandshakeCookie } from "@/app/api/handshake-cookie";
import { sendByPage, sendTo } from "@/app/api/send-to";
import { methods } from "@/lib/api/methods";
import { getOrganizer } from "@/lib/auth/guards";
import { aliasOf } from "@/lib/auth/own-address";
import { startConnect } from "@/lib/connections/connect";
import { connectReturnTo, withConnectionProblem } from "@/lib/connections/connect-return";
import { getLocale } from "@/lib/reader/locale";
import { readFeature } from "@/lib/registration/optional-scopes";

/**
 * Sends a signed-in organizer to Microsoft: `?returnTo=/path&popup=1`, `account=select` to choose another account,
 * `by=button` from a form, `with=feature` to allow what an optional feature needs, `trial=1` for an admin who tries the registration without
 * connecting.
 */
async function connect(request: NextRequest): Promise<Response> {
  const locale = await getLocale();
  const { searchParams, pathname, search } = request.nextUrl;
  const organizer = await getOrganizer();
  if (!organizer) return sendTo(`/sign-in?returnTo=${encodeURIComponent(`${pathname}${search}`)}`);
  const trial = searchParams.get("trial") === "1";
  if (trial && organizer.role !== "admin") return new Response(null, { status: 404 });
  const returnTo = connectReturnTo(searchParams.get("returnTo"));
  const started = await startConnect({
    scope: organizer.scope,
    returnTo,
    popup: searchParams.get("popup") === "1",
    selectAccount: searchParams.get("account") === "select",
    trial,
    at: aliasOf(request.headers),
    feature: readFeature(searchParams.get("with")),
  });
  if (!started.ok) return sendTo(withConnectionProblem(returnTo, started.error));
  await keepHandshakeCookie(started.value.cookie);
  const { redirectTo } = started.value;
  return searchParams.get("by") === "button" ? sendByPage(redirectTo, locale) : sendTo(redirectTo);
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: connect });
