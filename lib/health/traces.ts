/**
 * Traces for an OpenTelemetry collector: a span for each request, as Next.js makes them, for each job, and for each call to Microsoft Graph.
 * Loaded only where OTEL_EXPORTER_OTLP_ENDPOINT is set.
 */
import { context, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from "@opentelemetry/sdk-trace-base";
import type { Tracing } from "@/lib/config/tracing";

export interface TracesPlace {
  /** Of a collector that takes OTLP over HTTP; traces go to /v1/traces below it. */
  endpoint: string;
  /** Sent with each delivery. */
  headers: Record<string, string>;
  serviceName: string;
  version: string;
  /** Continue the traces of a proxy in front. Where there is none, visitors could write into ours. */
  continues: boolean;
}

const sendWithinMs = 5_000;

/** Opens the way to a collector, for the whole process. One that doesn't answer costs its spans and nothing else. */
export function openTraces({ endpoint, headers, serviceName, version, continues }: TracesPlace): Tracing {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, "")}/v1/traces`,
    headers,
    timeoutMillis: sendWithinMs,
  });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": serviceName, "service.version": version }),
    spanProcessors: [new BatchSpanProcessor(withoutContents(exporter))],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  if (continues) propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const tracer = provider.getTracer("bellhop", version);
  return {
    inSpan: (name, facts, work) =>
      tracer.startActiveSpan(name, { kind: SpanKind.INTERNAL, attributes: facts }, async (span) => {
        try {
          return await work((more) => void span.setAttributes(more));
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
    traceId: () => trace.getActiveSpan()?.spanContext().traceId ?? null,
    close: () => provider.shutdown().catch(() => undefined),
  };
}

/** Addresses of pages hold tokens, and errors what they are about: of each span, only what is listed here leaves the process. */
const told = /^(?:bellhop\..+|http\.(?:method|status_code|route)|next\.(?:route|span_type))$/;

function withoutContents(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(strip), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

function strip(span: ReadableSpan): ReadableSpan {
  const attributes = Object.fromEntries(Object.entries(span.attributes).filter(([name]) => told.test(name)));
  const stripped = {
    name: nameOf(span),
    attributes,
    events: [],
    links: [],
    status: { code: span.status.code },
  };
  return Object.create(
    span,
    Object.fromEntries(Object.entries(stripped).map(([key, value]) => [key, { value }])),
  );
}

/** Ours are called by names of ours; those of Next.js may be called by an address. */
function nameOf({ name, attributes }: ReadableSpan): string {
  const type = attributes["next.span_type"];
  if (type === undefined) return name;
  if (type !== "BaseServer.handleRequest") return String(type);
  return `${attributes["http.method"]} ${attributes["next.route"] ?? attributes["http.route"] ?? "(none)"}`;
}
