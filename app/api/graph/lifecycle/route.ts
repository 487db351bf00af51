import { answerGraph } from "@/app/api/graph/answer";
import { methods } from "@/lib/api/methods";

export const dynamic = "force-dynamic";

/** Microsoft reports on a subscription: it is about to end, has ended, or notifications were lost. */
function receive(request: Request): Promise<Response> {
  return answerGraph(request);
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: receive });
