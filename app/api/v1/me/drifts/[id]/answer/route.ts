import { answerDriftEndpoint, toDriftProblem } from "@/lib/api/endpoints/drifts";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { answerDrift } from "@/lib/calendar-sync/answer-drift";
import { isOwnDrift } from "@/lib/calendar-sync/drift";
import { err, ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(answerDriftEndpoint, async ({ organizer, params: { id }, body: { answer } }) => {
    if (!(await isOwnDrift(organizer.scope, id))) return err("not_found");
    const answered = await answerDrift({ driftId: id, scope: organizer.scope, answer });
    return answered.ok ? ok(null) : { ok: false, error: toDriftProblem(answered.error) };
  }),
);
