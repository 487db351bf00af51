/**
 * A pooler in front of the tests' PostgreSQL, as small as one can be: it drops the start-up parameter `options`, as PgBouncer
 * does with `ignore_startup_parameters=options`. In transaction mode, besides, a client keeps its server connection only
 * until its transaction is over.
 */
import { createServer, connect as dial, type Socket } from "node:net";

export interface Pooler {
  /** The same database, through the pooler. */
  url: string;
  close(): Promise<void>;
}

/** One connection to PostgreSQL, and who works on it at the moment. */
interface Backend {
  socket: Socket;
  client: Client | null;
  /** Answers that say "ready" which are still to come. */
  owed: number;
}

interface Client {
  socket: Socket;
  backend: Backend | null;
  /** Messages that wait for a server connection. */
  waiting: Buffer[];
}

const query = "Q".charCodeAt(0);
const sync = "S".charCodeAt(0);
const terminate = "X".charCodeAt(0);
const readyForQuery = "Z".charCodeAt(0);
const idle = "I".charCodeAt(0);

export async function startPooler(databaseUrl: string, mode: "session" | "transaction"): Promise<Pooler> {
  const target = new URL(databaseUrl);
  const free: Backend[] = [];
  const sockets = new Set<Socket>();
  const waiting: Client[] = [];

  function handOver(backend: Backend): void {
    backend.client = waiting.shift() ?? null;
    if (!backend.client) return void free.push(backend);
    backend.client.backend = backend;
    for (const message of backend.client.waiting.splice(0)) send(backend, message);
  }

  function send(backend: Backend, message: Buffer): void {
    if (message[0] === query || message[0] === sync) backend.owed += 1;
    backend.socket.write(message);
  }

  function fromClient(client: Client, message: Buffer): void {
    if (message[0] === terminate) return;
    // The one that became free last, as PgBouncer does.
    client.backend ??= mode === "transaction" ? (free.pop() ?? null) : null;
    if (client.backend) {
      client.backend.client = client;
      send(client.backend, message);
      return;
    }
    client.waiting.push(message);
    if (!waiting.includes(client)) waiting.push(client);
  }

  function fromBackend(backend: Backend, message: Buffer): void {
    const { client } = backend;
    client?.socket.write(message);
    if (message[0] !== readyForQuery) return;
    backend.owed -= 1;
    const isOver = backend.owed === 0 && message[5] === idle;
    if (mode !== "transaction" || !client || !isOver) return;
    client.backend = null;
    handOver(backend);
  }

  const server = createServer((socket) => {
    const upstream = dial(Number(target.port), target.hostname);
    for (const one of [socket, upstream]) {
      sockets.add(one);
      one.on("error", () => undefined);
      one.once("close", () => sockets.delete(one));
    }
    // The start-up's own "ready" is owed from the beginning.
    const backend: Backend = { socket: upstream, client: null, owed: 1 };
    const client: Client = { socket, backend, waiting: [] };
    backend.client = client;
    let isStarted = false;
    readMessages(
      upstream,
      () => true,
      (message) => fromBackend(backend, message),
    );
    readMessages(
      socket,
      () => isStarted,
      (message) => {
        if (isStarted) return fromClient(client, message);
        isStarted = true;
        upstream.write(withoutOptions(message));
      },
    );
    socket.once("close", () => {
      if (mode === "session") upstream.destroy();
    });
    upstream.once("close", () => {
      backend.client?.socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = new URL(databaseUrl);
  url.port = String(address && typeof address === "object" ? address.port : 0);
  return {
    url: url.href,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Calls `take` with each whole message; the first of a client has no letter in front of its length. */
function readMessages(socket: Socket, hasLetter: () => boolean, take: (message: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  socket.on("data", (more: Buffer) => {
    rest = Buffer.concat([rest, more]);
    for (;;) {
      const head = hasLetter() ? 1 : 0;
      if (rest.length < head + 4) return;
      const end = head + rest.readUInt32BE(head);
      if (rest.length < end) return;
      const message = rest.subarray(0, end);
      rest = rest.subarray(end);
      take(message);
    }
  });
}

/** The start-up message without its parameter `options`. */
function withoutOptions(message: Buffer): Buffer {
  const words = message.toString("utf8", 8).split("\0");
  const kept: string[] = [];
  for (let index = 0; words[index]; index += 2) {
    if (words[index] !== "options") kept.push(words[index] ?? "", words[index + 1] ?? "");
  }
  const body = Buffer.from(`${kept.join("\0")}\0\0`);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  message.copy(head, 4, 4, 8);
  return Buffer.concat([head, body]);
}
