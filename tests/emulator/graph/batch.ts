import { z } from "zod";
import { badRequest, GraphRefusal } from "@/tests/emulator/graph/errors";
import type { GraphRequest } from "@/tests/emulator/graph/route";

/** What the door does with one item; given as a function, because the door also serves batches. */
export type AnswerItem = (request: GraphRequest) => Promise<ItemAnswer>;

export interface ItemAnswer {
  status: number;
  headers: Record<string, string>;
  body?: unknown;
}

const MAX_ITEMS = 20;
/** Outlook runs this many items of an unordered batch at a time. */
const AT_A_TIME = 4;

const itemSchema = z.strictObject({
  id: z.string().min(1),
  method: z.enum(["GET", "POST", "PATCH", "PUT", "DELETE"]),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).optional(),
});
const batchSchema = z.strictObject({ requests: z.array(itemSchema).min(1) });
type Item = z.output<typeof itemSchema>;

/** POST /$batch: 200 for the batch, and a status of its own for every item, in no particular order. */
export async function answerBatch(request: GraphRequest, answerItem: AnswerItem): Promise<object> {
  const items = readBatch(request.bodyText);
  const isOrdered = items.some((item) => item.dependsOn?.length);
  const done = new Map<string, ItemAnswer>();
  const run = async (item: Item) => {
    const failed = item.dependsOn?.some((id) => (done.get(id)?.status ?? 500) >= 400);
    done.set(item.id, failed ? failedDependency() : await answerItem(itemRequest(request, item)));
  };
  const groupSize = isOrdered ? 1 : AT_A_TIME;
  for (let at = 0; at < items.length; at += groupSize) {
    await Promise.all(items.slice(at, at + groupSize).map(run));
  }
  return { responses: [...done].reverse().map(([id, answer]) => ({ id, ...answer })) };
}

function readBatch(bodyText: string): Item[] {
  const parsed = batchSchema.safeParse(jsonOf(bodyText));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw badRequest(
      "BadRequest",
      `Invalid batch payload format: ${issue?.path.join(".")} ${issue?.message}`,
    );
  }
  const items = parsed.data.requests;
  if (items.length > MAX_ITEMS) {
    throw badRequest(
      "MaximumValueExceeded",
      `Number of batch request steps exceeds the maximum value of ${MAX_ITEMS}.`,
    );
  }
  if (new Set(items.map((item) => item.id)).size !== items.length) {
    throw badRequest("BadRequest", "Request Id has to be unique in a batch.");
  }
  for (const [at, item] of items.entries()) checkItem(item, items, at);
  return items;
}

function checkItem(item: Item, items: Item[], at: number): void {
  if (/^https?:/i.test(item.url)) throw badRequest("BadRequest", "Urls in a batch are relative.");
  if (/^\/?\$batch\b/i.test(item.url)) throw badRequest("BadRequest", "A batch cannot hold a batch.");
  const hasType = Object.keys(item.headers ?? {}).some((name) => name.toLowerCase() === "content-type");
  if (item.body !== undefined && !hasType) {
    throw badRequest(
      "BadRequest",
      `Write request id : ${item.id} does not contain Content-Type header or body.`,
    );
  }
  const previous = items[at - 1]?.id;
  const isOrdered = items.some((other) => other.dependsOn?.length);
  if (!isOrdered) return;
  const isNext =
    at === 0 ? !item.dependsOn?.length : item.dependsOn?.length === 1 && item.dependsOn[0] === previous;
  if (!isNext)
    throw badRequest(
      "BadRequest",
      "The requests of a batch depend on each other all in a row, or not at all.",
    );
}

function itemRequest(outer: GraphRequest, item: Item): GraphRequest {
  const url = new URL(item.url.startsWith("/") ? item.url : `/${item.url}`, "http://item");
  const own = Object.fromEntries(
    Object.entries(item.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const { authorization, "user-agent": userAgent } = outer.headers;
  return {
    method: item.method,
    path: url.pathname,
    query: url.searchParams,
    headers: {
      ...(authorization ? { authorization } : {}),
      ...(userAgent ? { "user-agent": userAgent } : {}),
      ...own,
    },
    bodyText: item.body === undefined ? "" : JSON.stringify(item.body),
    baseUrl: outer.baseUrl,
    inBatch: true,
  };
}

function failedDependency(): ItemAnswer {
  return {
    status: 424,
    headers: { "content-type": "application/json" },
    body: { error: { code: "FailedDependency", message: "A request this one depends on has failed." } },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GraphRefusal(400, "BadRequest", "Unable to read JSON request payload.");
  }
}
