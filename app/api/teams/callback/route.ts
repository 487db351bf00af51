import type { NextRequest } from "next/server";
import { keepParkedCookie } from "@/app/account/integrations/parked-cookie";
import { comeBack as comeBackSignedIn } from "@/app/api/auth/come-back";
import { keepHandshakeCookie, readHandshakeCookies } from "@/app/api/handshake-cookie";
import { sendTo } from "@/app/api/send-to";
import { popupPage } from "@/app/api/teams/callback/popup-page";
import { methods } from "@/lib/api/methods";
import { actAs } from "@/lib/audit/acting";
import { originOf } from "@/lib/auth/client-address";
import { getOrganizer } from "@/lib/auth/guards";
import { aliasOf } from "@/lib/auth/own-address";
import {
  completeOwnCalendar,
  isOwnCalendarState,
  withOwnCalendarProblem,
  writeOwnCalendarCookie,
} from "@/lib/booking-page/own-calendar";
import { noteApprovalAnswer } from "@/lib/connections/approval";
import { completeConnect } from "@/lib/connections/connect";
import { integrationsPath, switchPath, withConnectionProblem } from "@/lib/connections/connect-return";
import { isSignInState } from "@/lib/identities/sign-in";
import { getLocale } from "@/lib/reader/locale";

/**
 * Where Microsoft sends people back to: who signs in here, the visitor who shows a page their calendar, the organizer who connects an account,
 * and the administrator who was asked to approve. `state` tells them apart, for Entra knows this one address.
 */
async function comeBack(request: NextRequest): Promise<Response> {
  if (isSignInState(request.nextUrl.searchParams.get("state"))) return comeBackSignedIn(request, "microsoft");
  if (isOwnCalendarState(request.nextUrl.searchParams.get("state"))) return comeBackWithCalendar(request);
  const locale = await getLocale();
  const approval = await noteApprovalAnswer(request.nextUrl.searchParams);
  if (approval) return sendTo(`/teams/approval?answer=${approval}`);
  const organizer = await getOrganizer();
  if (!organizer) {
    const ended = withConnectionProblem(integrationsPath, { code: "sign_in_expired", supportCode: null });
    return sendTo(`/sign-in?returnTo=${encodeURIComponent(ended)}&notice=returned`);
  }
  const cookies = await readHandshakeCookies();
  const back = await actAs({ actorId: organizer.id, from: originOf(request.headers) }, () =>
    completeConnect(organizer.scope, request.nextUrl.searchParams, cookies, aliasOf(request.headers)),
  );
  if (back.kind === "again") {
    await keepHandshakeCookie(back.cookie);
    return sendTo(back.redirectTo);
  }
  if (back.kind === "choose") {
    if (back.cookie) await keepParkedCookie(back.cookie);
    return sendTo(switchPath);
  }
  const to = withConnectionProblem(back.returnTo ?? integrationsPath, back.problem);
  return back.popup ? popupPage(to, back.problem, locale) : sendTo(to);
}

/** A visitor, back at the booking page that they came from. */
async function comeBackWithCalendar(request: NextRequest): Promise<Response> {
  const came = await completeOwnCalendar(
    request.nextUrl.searchParams,
    await readHandshakeCookies(),
    aliasOf(request.headers),
  );
  const { returnTo, problem, kept } = came;
  if (returnTo === null) return sendTo("/");
  const response = sendTo(withOwnCalendarProblem(returnTo, problem));
  if (kept !== null) response.headers.append("set-cookie", writeOwnCalendarCookie(returnTo, kept));
  return response;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: comeBack });
