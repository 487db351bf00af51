import type { IncomingMessage } from "node:http";
import { clientAddress, coarseNetworkOf } from "@/lib/auth/client-address";
import { EnvError, env } from "@/lib/config/env";
import { log } from "@/lib/config/log";
import { closeTracing, keepTracing } from "@/lib/config/tracing";
import { version } from "@/lib/config/version";
import { type OpenDatabase, openDatabase } from "@/lib/database/open";
import { logFault } from "@/lib/database/outage";
import { checkReadiness } from "@/lib/health/readiness";
import { type AnsweredRequest, noteRequest, readRoutes } from "@/lib/health/requests";
import { addLanguages, type Language } from "@/lib/i18n/languages";
import { flushFunnel } from "@/lib/insights/funnel";
import { closeQueue } from "@/lib/jobs/queue";
import type { Worker } from "@/lib/jobs/runner";
import { listEmbedOrigins } from "@/lib/offers/embed-origins";
import { keepPageFiles, readPageFile } from "@/lib/page-files";
import { isAnyones } from "@/lib/shield/traces";
import { prepareJobs, startAllWork } from "@/lib/worker";

export interface Running {
  /** The network that a request came from, as Node's HTTP server has it; null where its address says nothing. */
  networkOf(request: IncomingMessage): string | null;
  /** The websites that may show a booking page in a frame, for the headers of that page. */
  listEmbedOrigins: typeof listEmbedOrigins;
  /** Looks whether the database answers, together with everyone who asks at the same time. */
  isDatabaseThere(): Promise<boolean>;
  /** A script or style of another build. */
  readPageFile: typeof readPageFile;
  /** Counts and logs an answer. */
  noteRequest(request: AnsweredRequest): void;
  /** Finishes jobs in hand, closes the database; safe to call twice. */
  stop(): Promise<void>;
}

/** Opens the database, applies migrations, creates the queues and, by default, starts the worker. */
export async function boot({ worker }: { worker: boolean }): Promise<Running> {
  // A test builds them from the English catalogue, so they have its shape.
  addLanguages((env().TEST_LANGUAGES ?? {}) as Record<string, Language>);
  log().info({ version, node: process.versions.node }, "Bellhop starts");
  await openTracing();
  const database = await openDatabase(giveUp);
  let work: Worker | null = null;
  try {
    await prepareJobs();
    // Before its first page, which may ask another server for its files.
    await keepPageFiles().catch((error) =>
      logFault(error, "The scripts of this build were not kept for other servers"),
    );
    work = worker ? await startAllWork() : null;
  } catch (error) {
    await closeAll(null, database);
    throw error;
  }
  for (const line of env().warnings) log().warn(line);
  log().info({ migrated: database.migrated, worker }, "Ready");
  let stopping: Promise<void> | undefined;
  const routeOf = readRoutes();
  return {
    networkOf,
    isDatabaseThere: async () => (await checkReadiness()).checks.database.ok,
    noteRequest: (request) => noteRequest(routeOf, request),
    listEmbedOrigins,
    readPageFile,
    stop() {
      stopping ??= closeAll(work, database);
      return stopping;
    },
  };
}

/** Whoever asks for much asks again: refusing a request costs a tenth of a millisecond, and reading its address would be a good part of it. */
const networks = new Map<string, string | null>();

function networkOf({ headers, socket }: IncomingMessage): string | null {
  const { remoteAddress: peer = "" } = socket;
  const forwarded = String(headers["x-forwarded-for"] ?? "");
  const key = `${peer} ${forwarded}`;
  const known = networks.get(key);
  if (known !== undefined) return known;
  const sent = { "x-bellhop-peer": peer, ...(forwarded ? { "x-forwarded-for": forwarded } : {}) };
  const address = clientAddress(new Headers(sent));
  const network = isAnyones(address) ? null : coarseNetworkOf(address);
  if (networks.size >= 5_000) networks.clear();
  networks.set(key, network);
  return network;
}

/** Without its database the process is of no use: its supervisor starts another one. */
function giveUp(error: Error): never {
  log().fatal(`Bellhop stops: ${error.message}`);
  process.exit(1);
}

async function closeAll(work: Worker | null, database: OpenDatabase): Promise<void> {
  await work?.stop();
  await closeQueue();
  await flushFunnel().catch(() => {});
  await database.close();
  await closeTracing();
}

/** Nothing of it is loaded where no one wants traces. */
async function openTracing(): Promise<void> {
  const {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: headers = {},
    OTEL_SERVICE_NAME: serviceName,
    TRUST_PROXY,
  } = env();
  if (!endpoint) return;
  const { openTraces } = await import("@/lib/health/traces");
  keepTracing(openTraces({ endpoint, headers, serviceName, version, continues: TRUST_PROXY > 0 }));
}

/** What a person sees when a start fails: one line a problem, no stack. */
export function describeStartFailure(error: unknown): string {
  if (error instanceof EnvError) return error.lines.map((line) => `Bellhop can't start: ${line}`).join("\n");
  const expected = [
    "embedded_database_unavailable",
    "database_unavailable",
    "session_settings_lost",
    "migration_failed",
  ];
  if (error instanceof Error && "code" in error && expected.includes(String(error.code))) {
    return `Bellhop can't start: ${error.message}`;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `Bellhop can't start, for a reason it did not expect: ${detail}`;
}

/** Checks the environment before anything else happens. Throws `EnvError`. */
export function requireEnvironment(): { worker: boolean } {
  return { worker: env().WORKER };
}
