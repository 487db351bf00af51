import { answerGraph } from "@/app/api/graph/answer";
import { methods } from "@/lib/api/methods";

export const dynamic = "force-dynamic";

/** Microsoft tells how a subscription fares: that it ends, has ended, or that notifications were lost. */
function receive(request: Request): Promise<Response> {
  return answerGraph(request);
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: receive });
