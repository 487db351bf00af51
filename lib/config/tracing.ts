/**
 * Spans around work, where someone wants traces. Without OTEL_EXPORTER_OTLP_ENDPOINT nothing of OpenTelemetry is loaded, and work is just
 * done. Kept on the global object, since the server's start and its pages are bundled apart.
 */

/** Names and numbers of ours and of Microsoft's interface, never a person's data. */
export type SpanFacts = Record<string, string | number>;

export interface Tracing {
  /** Runs work in a span. `note` adds facts; a throw marks the span as failed. */
  inSpan<Outcome>(
    name: string,
    facts: SpanFacts,
    work: (note: (facts: SpanFacts) => void) => Promise<Outcome>,
  ): Promise<Outcome>;
  /** The trace that is under way; null: none. */
  traceId(): string | null;
  /** Sends what it holds, for a few seconds at most. Never throws. */
  close(): Promise<void>;
}

const globals = globalThis as { bellhopTracing?: Tracing };

/** Switches spans on for this process. */
export function keepTracing(tracing: Tracing): void {
  globals.bellhopTracing = tracing;
}

/** Runs work, in a span where there are traces. */
export function inSpan<Outcome>(
  name: string,
  facts: SpanFacts,
  work: (note: (facts: SpanFacts) => void) => Promise<Outcome>,
): Promise<Outcome> {
  return globals.bellhopTracing ? globals.bellhopTracing.inSpan(name, facts, work) : work(ignore);
}

const ignore = () => undefined;

/** What a line of the log says of the trace under way. */
export function traceFacts(): { traceId?: string } {
  const traceId = globals.bellhopTracing?.traceId();
  return traceId ? { traceId } : {};
}

/** Switches spans off, once what is held has been sent. */
export async function closeTracing(): Promise<void> {
  const tracing = globals.bellhopTracing;
  delete globals.bellhopTracing;
  await tracing?.close();
}
