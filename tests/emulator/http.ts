import { type IncomingMessage, STATUS_CODES } from "node:http";

/** One request as every part of the emulator sees it, body already read. */
export interface Call {
  method: string;
  url: URL;
  headers: Record<string, string>;
  bodyText: string;
  remoteAddress: string;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** What a handler may answer: a reply, a cut connection, or silence until the client gives up. */
export type Answer = Reply | "drop" | "hang";

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(value),
  };
}

export function html(status: number, body: string, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", ...headers },
    body,
  };
}

export function empty(status: number, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: "" };
}

export function redirect(location: string, headers: Record<string, string> = {}): Reply {
  return empty(302, { location, "cache-control": "no-store", ...headers });
}

const LARGEST_BODY_BYTES = 4 * 1024 * 1024;

/** Reads the whole request. Returns null when the body is larger than Graph's 4 MB. */
export async function readCall(request: IncomingMessage): Promise<Call | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_BODY_BYTES) return null;
    chunks.push(bytes);
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", `http://${headers.host ?? "localhost"}`),
    headers,
    bodyText: Buffer.concat(chunks).toString("utf8"),
    remoteAddress: request.socket.remoteAddress ?? "",
  };
}

export function formOf(call: Call): URLSearchParams {
  return new URLSearchParams(call.bodyText);
}

export function cookieOf(call: Call, name: string): string | null {
  for (const part of (call.headers.cookie ?? "").split(";")) {
    const [key, ...rest] = part.trim().split("=");
    if (key === name) return decodeURIComponent(rest.join("="));
  }
  return null;
}

export function reasonPhrase(status: number): string {
  return STATUS_CODES[status] ?? "";
}
