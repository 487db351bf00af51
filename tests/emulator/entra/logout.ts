import { matchesRegistered } from "@/tests/emulator/entra/redirect-uri";
import { forgetBrowser } from "@/tests/emulator/entra/sign-in";
import { type Answer, type Call, html, redirect } from "@/tests/emulator/http";
import { signedOutPage } from "@/tests/emulator/pages/entra-pages";
import type { World } from "@/tests/emulator/world";

/** Signs out of the browser session only; tokens stay valid, and there is no revocation endpoint at Microsoft. */
export function logout(world: World, call: Call): Answer {
  const cookie = forgetBrowser(world, call);
  const back = call.url.searchParams.get("post_logout_redirect_uri") ?? "";
  const known = Object.values(world.state.apps).flatMap((app) => app.redirectUris);
  const origins = known.map((uri) => new URL(uri).origin);
  const isKnown =
    URL.canParse(back) && (matchesRegistered(back, known) || origins.includes(new URL(back).origin));
  return isKnown ? redirect(back, cookie) : html(200, signedOutPage(), cookie);
}
