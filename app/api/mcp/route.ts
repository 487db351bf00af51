/** The Model Context Protocol for assistants: streamable HTTP without sessions, with an organizer's API key. */
import { createHash } from "node:crypto";
import { type CallToolResult, createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { type Tool, tools } from "@/app/api/mcp/tools";
import { admit, refused } from "@/lib/api/answer";
import { isConfirmed, newConfirmation } from "@/lib/api/confirmation";
import { forAllMethods } from "@/lib/api/methods";
import { clientAddress } from "@/lib/auth/client-address";
import { covers, type KeyScope } from "@/lib/auth/key-scopes";
import { log } from "@/lib/config/log";
import { version } from "@/package.json";

type Arguments = Record<string, unknown>;

/** As the REST API's (lib/api/read-request.ts). */
const maxBodyBytes = 256 * 1024;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = forAllMethods(() => async (request) => {
  const { who } = await admit({ access: "read" }, request, clientAddress(request.headers));
  if (!who.ok || !who.value) {
    const { reply, headers } = refused(who.ok ? { code: "unauthorized" } : who.error);
    return new Response(reply.body, {
      status: reply.status,
      headers: { ...headers, "Content-Type": reply.contentType, "Cache-Control": "no-store" },
    });
  }
  const { id, keyScope } = who.value;
  const { fetch } = createMcpHandler(() => serverFor(request, id, keyScope), {
    maxRequestBodySize: maxBodyBytes,
    onerror: (error) => log().info({ error }, "A request to the MCP server was refused"),
  });
  const answered = await fetch(request);
  answered.headers.set("Cache-Control", "no-store");
  return answered;
});

/** The tools that this organizer's key lets it use. */
function serverFor(request: Request, organizerId: string, keyScope: KeyScope): McpServer {
  const server = new McpServer(
    { name: "bellhop", title: "Bellhop", version },
    { instructions: "Instants are ISO 8601 in UTC. Show people times in their own time zone, and name it." },
  );
  for (const tool of tools.filter(({ access }) => covers(keyScope, access))) {
    const { name, title, description, input, change } = tool;
    const annotations = {
      readOnlyHint: !change,
      destructiveHint: change?.takesBack ?? false,
      idempotentHint: true,
      openWorldHint: Boolean(change),
    };
    const inputSchema = change ? input.extend({ confirmation }) : input;
    server.registerTool(name, { title, description, inputSchema, annotations }, (given) =>
      change ? makeChange(tool, request, organizerId, given) : ask(tool, request, given),
    );
  }
  return server;
}

const confirmation = z
  .string()
  .optional()
  .describe(
    "Leave it out at first: the answer says what would happen and holds a confirmation. Show that to the person you work for, and once they agree, call again with the same arguments and the confirmation.",
  );

/** Describes a change that comes without a confirmation, and makes one that comes with it; twice with the same is once. */
async function makeChange(
  tool: Tool,
  request: Request,
  organizerId: string,
  { confirmation, ...given }: Arguments,
): Promise<CallToolResult> {
  const change = { tool: tool.name, given };
  if (typeof confirmation !== "string") {
    return said({
      needsConfirmation: true,
      whatHappens: tool.change?.whatHappens,
      change,
      confirmation: newConfirmation(organizerId, change),
    });
  }
  if (!isConfirmed(confirmation, organizerId, change)) {
    const detail =
      "The confirmation is for other arguments, or older than half an hour. Call again without it.";
    return said({ code: "confirmation_invalid", detail }, true);
  }
  const key = createHash("sha256").update(confirmation).digest("base64url");
  return ask(tool, request, given, { "Idempotency-Key": key });
}

/** Calls the tool's address with the key and the network address that this request came with. */
async function ask(
  { method, handler, parts, input }: Tool,
  request: Request,
  given: Arguments,
  more: Record<string, string> = {},
): Promise<CallToolResult> {
  const names = Object.keys(input.shape).filter((name) => given[name] !== undefined && !parts.includes(name));
  const fields = names.map((name) => [name, given[name]] as const);
  const url = new URL(request.url);
  url.search =
    method === "GET" ? `${new URLSearchParams(fields.map(([name, value]) => [name, `${value}`]))}` : "";
  const headers = new Headers(request.headers);
  for (const name of ["content-length", "idempotency-key", "if-none-match"]) headers.delete(name);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  const body = method === "POST" ? { body: JSON.stringify(Object.fromEntries(fields)) } : {};
  const params = Object.fromEntries(parts.map((name) => [name, `${given[name]}`]));
  const answer = await handler(new Request(url, { method, headers, ...body }), {
    params: Promise.resolve(params),
  });
  return said(await answer.json(), !answer.ok);
}

/** A tool's answer; a problem document is one that failed. */
function said(value: object, isError = false): CallToolResult {
  return { content: [{ type: "text", text: JSON.stringify(value) }], isError };
}
