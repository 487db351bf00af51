import { changeMeEndpoint, getMeEndpoint } from "@/lib/api/endpoints/account";
import { toSaved } from "@/lib/api/endpoints/teams";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import type { Organizer } from "@/lib/auth/guards";
import { toBrandAnswer } from "@/lib/brand/answer";
import { prepareChange } from "@/lib/brand/prepare";
import { brandOf } from "@/lib/brand/read";
import { saveBrand } from "@/lib/brand/save";
import { ok } from "@/lib/result";

async function answerFor({ id, handle, name, email, role }: Organizer) {
  return ok({ id, handle, name, email, role, brand: toBrandAnswer(await brandOf(handle)) });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getMeEndpoint, ({ organizer }) => answerFor(organizer)),
  serve(changeMeEndpoint, async ({ organizer, body }) => {
    const prepared = toSaved(await prepareChange(organizer.handle, body.brand ?? {}));
    if (!prepared.ok) return prepared;
    await saveBrand(organizer.scope, prepared.value);
    return answerFor(organizer);
  }),
);
