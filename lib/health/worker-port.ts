import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { peerHeader } from "@/lib/auth/client-address";
import { version } from "@/lib/config/version";
import { logFault } from "@/lib/database/outage";
import { checkReadiness } from "@/lib/health/readiness";

interface Place {
  /** 0: any that is free. */
  port: number;
  /** A name or an address of this machine; undefined: all of them. */
  host: string | undefined;
}

/**
 * Opens a port for whoever watches over a worker that runs alone, with the addresses of a server's health and metrics. It is ready when
 * its own worker is alive, whatever WORKER says. Throws the system's error where the port can't be opened; ends with the process.
 */
export async function answerForWorker({ port, host }: Place): Promise<{ port: number }> {
  const server = createServer({ requestTimeout: 5_000 }, async (request, response) => {
    const answer = await answerTo(request).catch((error) => {
      logFault(error, "A question to the worker failed");
      return say(503, { status: "unavailable" });
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });
  server.listen({ port, ...(host ? { host } : {}) });
  await once(server, "listening");
  server.unref();
  const address = server.address();
  return { port: typeof address === "object" && address ? address.port : port };
}

const say = (status: number, body: object) =>
  Response.json(body, { status, headers: { "Cache-Control": "no-store" } });

async function answerTo(request: IncomingMessage): Promise<Response> {
  switch (request.url) {
    case "/api/health":
      return say(200, { status: "ok", version });
    case "/api/health/ready": {
      const { ready, checks } = await checkReadiness();
      const isWorking = ready && checks.worker.ok;
      return say(isWorking ? 200 : 503, { status: isWorking ? "ready" : "not_ready", checks });
    }
    case "/api/metrics": {
      // Most workers are never asked, and do without what it loads.
      const { answerMetrics } = await import("@/lib/health/answer-metrics");
      return answerMetrics(headersOf(request));
    }
    default:
      return say(404, { status: "not_found" });
  }
}

/** As a server's pages get them: with the address of the socket's other end, whatever was sent under that name. */
function headersOf({ headers, socket }: IncomingMessage): Headers {
  const sent = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
  const all = new Headers(sent);
  all.set(peerHeader, socket.remoteAddress ?? "");
  return all;
}
