import { answerBatch, type ItemAnswer } from "@/tests/emulator/graph/batch";
import { answerGraph, authenticate } from "@/tests/emulator/graph/door";
import { errorBody, GraphRefusal } from "@/tests/emulator/graph/errors";
import type { GraphRequest } from "@/tests/emulator/graph/route";
import { type Answer, type Call, empty, json } from "@/tests/emulator/http";
import { guid } from "@/tests/emulator/ids";
import type { World } from "@/tests/emulator/world";

const JSON_TYPE =
  "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/** HTTP in, HTTP out; the door itself also serves the items of a batch. */
export async function answerGraphCall(world: World, call: Call): Promise<Answer> {
  const request: GraphRequest = {
    method: call.method,
    path: call.url.pathname.slice("/v1.0".length),
    query: call.url.searchParams,
    headers: call.headers,
    bodyText: call.bodyText,
    baseUrl: `${call.url.origin}/v1.0`,
    inBatch: false,
  };
  if (call.method === "POST" && request.path === "/$batch") return batchReply(world, request);
  const answer = await answerGraph(world, request);
  if (typeof answer === "string") return answer;
  const { status, body, headers = {} } = answer;
  if (body === undefined) return empty(status, headers);
  if (body instanceof Uint8Array)
    return { status, headers: { "content-type": "image/jpeg", ...headers }, body };
  if (body instanceof String) return { ...json(status, null, headers), body: body.toString() };
  return json(status, body, { "content-type": JSON_TYPE, ...headers });
}

async function batchReply(world: World, request: GraphRequest): Promise<Answer> {
  const requestId = guid();
  const clientRequestId = request.headers["client-request-id"] ?? null;
  const headers = { "request-id": requestId, "client-request-id": clientRequestId ?? requestId };
  try {
    authenticate(world, request);
    return json(200, await answerBatch(request, (item) => answerItem(world, item)), headers);
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    return json(error.status, errorBody(error, requestId, clientRequestId), {
      ...error.extra.headers,
      ...headers,
    });
  }
}

/** A cut or hanging connection cannot happen inside a batch; there it is a gateway that gave up. */
async function answerItem(world: World, request: GraphRequest): Promise<ItemAnswer> {
  const answer = await answerGraph(world, request);
  if (typeof answer === "string")
    return { status: 504, headers: {}, body: errorBody(gatewayTimeout(), guid(), null) };
  const { status, body, headers = {} } = answer;
  return { status, headers, ...(body === undefined ? {} : { body }) };
}

function gatewayTimeout(): GraphRefusal {
  return new GraphRefusal(504, "GatewayTimeout", "The service did not answer in time.");
}
