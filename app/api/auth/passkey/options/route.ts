import { z } from "zod";
import { answerPasskey, say, sayRefused } from "@/app/api/auth/passkey/answer";
import { methods } from "@/lib/api/methods";
import { askForNewPasskey, askForPasskey } from "@/lib/identities/passkey-ceremony";
import { passkeyPurposes } from "@/lib/identities/passkey-challenge";

/** What a browser's passkeys are asked. */
async function ask(request: Request): Promise<Response> {
  return answerPasskey({
    request,
    schema: z.strictObject({ purpose: z.enum(passkeyPurposes) }),
    async run({ purpose }, organizer) {
      const scope = organizer?.scope ?? null;
      const options = purpose === "add" && scope ? await askForNewPasskey(scope) : await askForPasskey(scope);
      return options ? say({ options }) : sayRefused("not_offered");
    },
  });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: ask });
