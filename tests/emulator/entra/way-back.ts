import { describe, newTrace } from "@/tests/emulator/entra/aadsts";
import type { AuthorizeRequest } from "@/tests/emulator/entra/authorize-request";
import { withPath } from "@/tests/emulator/entra/redirect-uri";
import { type Call, html, type Reply, redirect } from "@/tests/emulator/http";
import { guid } from "@/tests/emulator/ids";
import { formPostPage } from "@/tests/emulator/pages/entra-pages";

type Return = Pick<AuthorizeRequest, "redirectUri" | "responseMode" | "state">;

/** Takes the person back to the app with these fields, in the response mode it asked for. */
export function wayBack(to: Return, fields: Record<string, string>): Reply {
  const all = to.state === null ? fields : { ...fields, state: withoutHtml(to.state) };
  if (to.responseMode === "form_post") return html(200, formPostPage(to.redirectUri, all));
  const mark = to.responseMode === "fragment" ? "#" : "?";
  return redirect(`${withPath(to.redirectUri)}${mark}${new URLSearchParams(all)}`);
}

export function backWithError(
  to: Return,
  call: Call,
  failure: { error: string; aadsts: number; text: string; subcode?: string },
): Reply {
  return wayBack(to, {
    error: failure.error,
    error_description: describe(failure.aadsts, failure.text, newTrace(call), "\r\n"),
    error_uri: `https://login.microsoftonline.com/error?code=${failure.aadsts}`,
    ...(failure.subcode ? { error_subcode: failure.subcode } : {}),
  });
}

/** Cancel on the sign-in page: Entra sends no description with it. */
export function backCancelled(to: Return): Reply {
  return wayBack(to, { error: "access_denied", error_subcode: "cancel" });
}

export function backWithCode(to: Return, code: string, clientInfo: string | null): Reply {
  return wayBack(to, {
    code,
    ...(clientInfo ? { client_info: clientInfo } : {}),
    session_state: guid(),
  });
}

/** Entra strips HTML from `state`; an app that puts some there does not get it back. */
function withoutHtml(state: string): string {
  return state.replace(/<[^>]*>/g, "");
}
