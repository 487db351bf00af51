import { type Answer, type Call, empty, json } from "../http";
import type { World } from "../world";
import { answerGraph } from "./door";

/** HTTP in, HTTP out; the door itself also serves the items of a batch. */
export async function answerGraphCall(world: World, call: Call): Promise<Answer> {
  const answer = await answerGraph(world, {
    method: call.method,
    path: call.url.pathname.slice("/v1.0".length),
    query: call.url.searchParams,
    headers: call.headers,
    bodyText: call.bodyText,
    baseUrl: `${call.url.origin}/v1.0`,
    inBatch: false,
  });
  if (typeof answer === "string") return answer;
  const { status, body, headers = {} } = answer;
  if (body === undefined) return empty(status, headers);
  if (body instanceof String) return { ...json(status, null, headers), body: body.toString() };
  return json(status, body, {
    "content-type":
      "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
    ...headers,
  });
}
