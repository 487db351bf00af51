import type { NextRequest } from "next/server";
import { popupPage } from "@/app/api/teams/callback/popup-page";
import { keepHandshakeCookie, readHandshakeCookie } from "@/app/api/teams/handshake-cookie";
import { sendTo } from "@/app/api/teams/send-to";
import { getOrganizer } from "@/lib/auth/guards";
import { completeConnect } from "@/lib/meetings/connect";
import { integrationsPath, withConnectionError } from "@/lib/meetings/connect-return";

/** Where Microsoft sends the organizer back to. */
export async function GET(request: NextRequest): Promise<Response> {
  const organizer = await getOrganizer();
  if (!organizer) return sendTo(`/sign-in?returnTo=${encodeURIComponent(integrationsPath)}`);
  const back = await completeConnect(organizer.id, request.nextUrl.searchParams, await readHandshakeCookie());
  if (back.kind === "again") {
    await keepHandshakeCookie(back.cookie);
    return sendTo(back.redirectTo);
  }
  const to = withConnectionError(back.returnTo ?? integrationsPath, back.problem);
  return back.popup && !back.problem ? popupPage(to) : sendTo(to);
}
