import type { NextRequest } from "next/server";
import { keepHandshakeCookie } from "@/app/api/handshake-cookie";
import { sendByPage, sendTo } from "@/app/api/send-to";
import { clientAddress } from "@/lib/auth/client-address";
import { getOrganizer, isRecent } from "@/lib/auth/guards";
import { aliasOf } from "@/lib/auth/own-address";
import { consume } from "@/lib/auth/rate-limit";
import { safeReturnTo } from "@/lib/auth/return-to";
import { isSameOrigin } from "@/lib/auth/same-origin";
import type { IdentityProvider } from "@/lib/identities/person";
import { withSignInProblem } from "@/lib/identities/problem-address";
import { startSignIn } from "@/lib/identities/sign-in";
import { isPurpose, readNewcomer } from "@/lib/identities/variant";
import { getLocale } from "@/lib/reader/locale";

/**
 * Sends someone to an identity provider: `?returnTo=/path`, `by=button` from a form, `account=select` to choose another account;
 * `purpose=link` and `purpose=confirm` for who is signed in already.
 */
export async function start(request: NextRequest, provider: IdentityProvider): Promise<Response> {
  const { searchParams } = request.nextUrl;
  const asked = searchParams.get("purpose");
  const purpose = isPurpose(asked) ? asked : "enter";
  const returnTo = safeReturnTo(searchParams.get("returnTo"));
  const organizer = purpose === "enter" ? null : await getOrganizer();
  if (purpose !== "enter") {
    // Another site must not make anyone link an account.
    if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 });
    if (!organizer) return sendTo(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
    if (purpose === "link" && !isRecent(organizer)) {
      return sendTo(`/account/security/confirm?returnTo=${encodeURIComponent(returnTo)}`);
    }
  }
  const allowance = await consume("signInStart", clientAddress(request.headers));
  const started = allowance.ok
    ? await startSignIn({
        provider,
        returnTo,
        purpose,
        ...readNewcomer(searchParams),
        scope: organizer?.scope ?? null,
        at: aliasOf(request.headers),
        selectAccount: purpose === "link" || searchParams.get("account") === "select",
      })
    : ({ ok: false, error: { code: "too_many_attempts" } } as const);
  if (!started.ok) {
    return sendTo(
      withSignInProblem({ purpose, returnTo }, { provider, code: started.error.code, supportCode: null }),
    );
  }
  await keepHandshakeCookie(started.value.cookie);
  const { redirectTo } = started.value;
  const isButton = searchParams.get("by") === "button";
  return isButton ? sendByPage(redirectTo, await getLocale()) : sendTo(redirectTo);
}
