import { answerGraph } from "@/app/api/graph/answer";

export const dynamic = "force-dynamic";

/** Microsoft tells how a subscription fares: that it ends, has ended, or that notifications were lost. */
export function POST(request: Request): Promise<Response> {
  return answerGraph(request);
}
