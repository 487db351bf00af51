import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerControl } from "@/tests/emulator/control/routes";
import { answerEntra } from "@/tests/emulator/entra/routes";
import { Faults } from "@/tests/emulator/faults";
import { answerGraphCall } from "@/tests/emulator/graph/http-door";
import { Notifier } from "@/tests/emulator/graph/notifications";
import { loadGraphDescription } from "@/tests/emulator/graph/openapi";
import { type Answer, type Call, html, json, readCall, reasonPhrase } from "@/tests/emulator/http";
import { page } from "@/tests/emulator/pages/layout";
import { answerOutlook } from "@/tests/emulator/pages/outlook";
import { RequestLog } from "@/tests/emulator/request-log";
import { newSigningKeys, seedState } from "@/tests/emulator/seed";
import { loadState, openStateFile } from "@/tests/emulator/state-file";
import { Throttle } from "@/tests/emulator/throttle";
import type { World } from "@/tests/emulator/world";

export interface EmulatorOptions {
  /** 0 or nothing: any free port. */
  port?: number;
  host?: string;
  /** Keep accounts, mailboxes, tokens and keys in this file over restarts. */
  statePath?: string;
  /** Microsoft's OpenAPI description to check requests against; unset: GRAPH_OPENAPI or the usual place. */
  openApiPath?: string;
}

export interface Emulator {
  url: string;
  loginUrl: string;
  graphUrl: string;
  controlUrl: string;
  /** False: Microsoft's description was not found, so requests are checked by the emulator's own rules only. */
  checksAgainstDescription: boolean;
  close(): Promise<void>;
}

/** Starts one emulator: Entra, Graph, Outlook page and control port on one plain-http address. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, host = "127.0.0.1", statePath } = options;
  const world: World = {
    state: (statePath ? loadState(statePath) : null) ?? seedState(await newSigningKeys()),
    faults: new Faults(),
    requests: new RequestLog(),
    throttle: new Throttle(),
    notifier: new Notifier(() => world),
    signIns: new Map(),
    description: loadGraphDescription(options.openApiPath),
  };
  const file = openStateFile(statePath, () => world.state);
  const server = createServer((request, response) => {
    void serve(world, request, response).then(() => file.saveSoon());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((ready, failed) => server.once("error", failed).listen(port, host, ready));
  // Boundary: a TCP server that listens has an AddressInfo.
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  return {
    url,
    loginUrl: url,
    graphUrl: url,
    controlUrl: `${url}/__control`,
    checksAgainstDescription: world.description !== null,
    close: async () => {
      world.notifier.clear();
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
      file.saveNow();
    },
  };
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const call = await readCall(request);
    const answer = call
      ? await route(world, call)
      : json(413, { error: { code: "RequestEntityTooLarge", message: "The request is larger than 4 MB." } });
    send(response, answer);
  } catch (error) {
    if (response.destroyed) return;
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    send(
      response,
      json(500, { error: { code: "EmulatorFault", message: "The emulator itself failed; see its output." } }),
    );
  }
}

async function route(world: World, call: Call): Promise<Answer> {
  const path = call.url.pathname;
  if (path.startsWith("/v1.0/")) return answerGraphCall(world, call);
  if (path.startsWith("/__control/")) return answerControl(world, call);
  if (path === "/") return html(200, frontPage());
  if (path === "/outlook" || path.startsWith("/outlook/")) return answerOutlook(world, call);
  return (
    (await answerEntra(world, call)) ??
    json(404, { error: { code: "NotFound", message: `The emulator has nothing at ${path}.` } })
  );
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === "drop") {
    response.destroy();
    return;
  }
  // Silence: the connection stays open until the client gives up or the emulator stops.
  if (answer === "hang") return;
  response.writeHead(answer.status, reasonPhrase(answer.status), {
    ...answer.headers,
    "content-length": String(Buffer.byteLength(answer.body)),
  });
  response.end(answer.body);
}

function frontPage(): string {
  return page(
    "Microsoft emulator",
    `<h1>Microsoft emulator</h1>
<p>This stands in for Microsoft Entra ID, Microsoft Graph and Outlook while Bellhop is tried out or tested.</p>
<p><a href="/outlook">Open Outlook</a></p>`,
  );
}
