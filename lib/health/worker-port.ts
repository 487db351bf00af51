import { once } from "node:events";
import { createServer } from "node:http";
import { version } from "@/lib/config/version";
import { checkReadiness } from "@/lib/health/readiness";

interface Place {
  /** 0: any that is free. */
  port: number;
  /** A name or an address of this machine; undefined: all of them. */
  host: string | undefined;
}

/**
 * Opens a port for whoever watches over a worker that runs alone, with the addresses of a server's health. It is ready when its own
 * worker is alive, whatever WORKER says. Throws the system's error where the port can't be opened; ends with the process.
 */
export async function answerForWorker({ port, host }: Place): Promise<{ port: number }> {
  const server = createServer({ requestTimeout: 5_000 }, async (request, response) => {
    const { status, body } = await answerTo(request.url ?? "");
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify(body));
  });
  server.listen({ port, ...(host ? { host } : {}) });
  await once(server, "listening");
  server.unref();
  const address = server.address();
  return { port: typeof address === "object" && address ? address.port : port };
}

async function answerTo(address: string): Promise<{ status: number; body: object }> {
  if (address === "/api/health") return { status: 200, body: { status: "ok", version } };
  if (address !== "/api/health/ready") return { status: 404, body: { status: "not_found" } };
  const { ready, checks } = await checkReadiness();
  const isWorking = ready && checks.worker.ok;
  return { status: isWorking ? 200 : 503, body: { status: isWorking ? "ready" : "not_ready", checks } };
}
