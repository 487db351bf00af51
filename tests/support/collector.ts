import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface CollectedSpan {
  name: string;
  traceId: string;
  facts: Record<string, unknown>;
  /** 2: failed. */
  status: number;
}

interface SentSpan {
  name: string;
  traceId: string;
  attributes?: { key: string; value: Record<string, unknown> }[];
  status?: { code?: number };
}

interface Sent {
  resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[];
}

/** An OpenTelemetry collector that keeps what it gets (OTLP over HTTP, JSON). */
export async function startCollector() {
  const deliveries: { path: string; headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    deliveries.push({ path: request.url ?? "", headers: request.headers, body: await text(request) });
    response.setHeader("content-type", "application/json").end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** All that was delivered, with addresses and headers. */
    deliveries: () => deliveries,
    spans: (): CollectedSpan[] => deliveries.flatMap(({ body }) => spansIn(JSON.parse(body))),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function spansIn({ resourceSpans }: Sent): CollectedSpan[] {
  return resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans)
    .map(({ name, traceId, attributes = [], status }) => ({
      name,
      traceId,
      facts: Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
      status: status?.code ?? 0,
    }));
}
