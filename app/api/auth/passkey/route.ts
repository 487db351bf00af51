import { z } from "zod";
import { answerPasskey, say, sayRefused } from "@/app/api/auth/passkey/answer";
import { rememberLocale } from "@/lib/accounts/locale";
import { methods } from "@/lib/api/methods";
import { safeReturnTo } from "@/lib/auth/return-to";
import { openSession, renewProof } from "@/lib/auth/session";
import { readVisitor } from "@/lib/booking-page/visitor";
import { addPasskey, assertionInput, judgePasskey, newPasskeyInput } from "@/lib/identities/passkey-ceremony";

const returnTo = z.string().max(2000).optional();

const answers = z.discriminatedUnion("purpose", [
  z.strictObject({ purpose: z.literal("enter"), response: assertionInput, returnTo }),
  z.strictObject({ purpose: z.literal("confirm"), response: assertionInput, returnTo }),
  newPasskeyInput.extend({ purpose: z.literal("add"), returnTo }).strict(),
]);

/** Takes what a passkey has signed, and says where to go. */
async function judge(request: Request): Promise<Response> {
  return answerPasskey({
    request,
    schema: answers,
    async run(body, organizer) {
      if (body.purpose === "add") {
        if (!organizer) return sayRefused("invalid");
        const added = await addPasskey(organizer.scope, body);
        return added.ok ? say({ location: "/account/security" }) : sayRefused(added.error.code);
      }
      const judged = await judgePasskey(organizer?.scope ?? null, body.response);
      if (!judged.ok) return sayRefused(judged.error.code);
      if (organizer) {
        await renewProof();
      } else {
        await openSession(judged.value);
        await rememberLocale(judged.value.userId, (await readVisitor()).locale);
      }
      return say({ location: safeReturnTo(body.returnTo) });
    },
  });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: judge });
