import { createServer, type IncomingMessage } from "node:http";
import { POST as lifecycle } from "@/app/api/graph/lifecycle/route";
import { POST as notifications } from "@/app/api/graph/notifications/route";

/** The two addresses that Microsoft calls, over real HTTP, with the routes themselves behind them. */
export interface GraphFront {
  url: string;
  /** While false no one answers there. */
  isOpen: boolean;
  close(): Promise<void>;
}

const routes: Record<string, (request: Request) => Promise<Response>> = {
  "/api/graph/notifications": notifications,
  "/api/graph/lifecycle": lifecycle,
};

export async function openGraphFront(): Promise<GraphFront> {
  const front: GraphFront = { url: "", isOpen: true, close: async () => undefined };
  const server = createServer(async (incoming, outgoing) => {
    const request = await toRequest(incoming, front.url);
    const route = routes[new URL(request.url).pathname];
    const answer = route && front.isOpen ? await route(request) : new Response(null, { status: 404 });
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  front.url = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
  front.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return front;
}

async function toRequest(incoming: IncomingMessage, origin: string): Promise<Request> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return new Request(`${origin}${incoming.url}`, {
    method: incoming.method ?? "POST",
    headers: { "content-type": incoming.headers["content-type"] ?? "" },
    body: Buffer.concat(parts),
  });
}
