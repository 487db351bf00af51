import type { NextRequest } from "next/server";
import { readHandshakeCookies } from "@/app/api/handshake-cookie";
import { sendTo } from "@/app/api/send-to";
import { rememberLocale } from "@/lib/accounts/locale";
import { actAs } from "@/lib/audit/acting";
import { originOf } from "@/lib/auth/client-address";
import { getOrganizer } from "@/lib/auth/guards";
import { aliasOf } from "@/lib/auth/own-address";
import { openSession, renewProof } from "@/lib/auth/session";
import { readVisitor } from "@/lib/booking-page/visitor";
import type { IdentityProvider } from "@/lib/identities/person";
import { withSignInProblem } from "@/lib/identities/problem-address";
import { completeSignIn } from "@/lib/identities/sign-in";
import { getLocale } from "@/lib/reader/locale";

/** Where an identity provider sends people back to. */
export async function comeBack(request: NextRequest, provider: IdentityProvider): Promise<Response> {
  const organizer = await getOrganizer();
  const reader = {
    provider,
    scope: organizer?.scope ?? null,
    locale: await getLocale(),
    at: aliasOf(request.headers),
  };
  const cookies = await readHandshakeCookies();
  const outcome = await actAs({ actorId: organizer?.id ?? null, from: originOf(request.headers) }, () =>
    completeSignIn(reader, request.nextUrl.searchParams, cookies),
  );
  switch (outcome.kind) {
    case "entered":
      await openSession(outcome.session);
      await rememberLocale(outcome.session.userId, (await readVisitor()).locale);
      return sendTo(outcome.returnTo);
    case "confirmed":
      await renewProof();
      return sendTo(outcome.returnTo);
    case "linked":
    case "twin":
      return sendTo(outcome.returnTo);
    case "refused": {
      const { problem: code, supportCode, purpose, returnTo } = outcome;
      return sendTo(withSignInProblem({ purpose, returnTo }, { provider, code, supportCode }));
    }
  }
}
