import { createApiKey } from "@/lib/auth/api-keys";
import { db } from "@/lib/database/client";
import { makeOrganizer, type TestOrganizer } from "@/tests/support/organizer";

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>;

export interface CallOptions {
  params?: Record<string, string>;
  query?: string;
  key?: string;
  /** A string is sent as it is, anything else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON came back
  body: any;
}

/** Calls a route's handler as Next.js would. */
export async function call(handler: Handler, options: CallOptions = {}, method = "POST"): Promise<Answer> {
  const { params = {}, query = "", key, body, headers = {} } = options;
  const request = new Request(`http://localhost:3000/api/v1/x${query}`, {
    method: body === undefined && method === "POST" ? "GET" : method,
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(key ? { Authorization: `Bearer ${key}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}

/** An organizer and an API key of theirs. */
export async function organizerWithKey(): Promise<TestOrganizer & { key: string }> {
  const organizer = await makeOrganizer();
  const { apiKey } = await db().$transaction((tx) => createApiKey(organizer.scope, "test", tx));
  return { ...organizer, key: apiKey };
}
