import { answerGraph } from "@/app/api/graph/answer";

export const dynamic = "force-dynamic";

/** Microsoft tells that something in a connected mailbox's calendar has changed. */
export function POST(request: Request): Promise<Response> {
  return answerGraph(request);
}
