/** What becomes of those who are connected when a server is asked to stop. */
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { startServer } from "@/tests/support/server";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "silent" });
});
afterAll(() => database.cleanup());

interface Line {
  socket: Socket;
  /** All that the server has sent. */
  heard(): string;
  /** How the connection ended; null: it has not. */
  ended(): "closed" | "broken" | null;
}

async function open(url: string): Promise<Line> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  let heard = "";
  let ended: "closed" | "broken" | null = null;
  socket.on("data", (chunk) => {
    heard += chunk;
  });
  socket.on("error", () => {
    ended = "broken";
  });
  socket.on("close", () => {
    ended ??= "closed";
  });
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  return { socket, heard: () => heard, ended: () => ended };
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`;

const hears = (line: Line, words: string) =>
  eventually(
    async () => line.heard(),
    (text) => text.includes(words),
  );

/** Once it has been answered, what was written to it before has arrived. */
async function ask(line: Line): Promise<void> {
  line.socket.write(get("/api/health"));
  await hears(line, '"ok"');
}

test("a server that is asked to stop answers everyone who is connected, and lets no one else in", async () => {
  const { handle, slug } = await makeOrganizer({ location: { kind: "none" } });
  const server = await startServer();
  const body = JSON.stringify(requestFor({ handle, slug }, hourAhead(48)));
  const half = Math.floor(body.length / 2);
  const asks = [
    "POST /api/v1/bookings HTTP/1.1",
    "host: localhost",
    "content-type: application/json",
    `content-length: ${body.length}`,
  ];

  const silent = await open(server.url);
  const kept = await open(server.url);
  await ask(kept);
  const booking = await open(server.url);
  booking.socket.write(`${asks.join("\r\n")}\r\n\r\n${body.slice(0, half)}`);
  const checking = await open(server.url);
  checking.socket.write(get("/api/health/ready").slice(0, -2));
  await ask(await open(server.url));

  server.pause();
  const waiting = await Promise.all(Array.from({ length: 20 }, () => open(server.url)));
  for (const { socket } of [kept, ...waiting]) socket.write(get("/api/v1/nothing"));
  let hasStopped = false;
  const stopped = server.stop().then(() => {
    hasStopped = true;
  });
  server.resume();
  await Promise.all([kept, ...waiting].map((line) => hears(line, "HTTP/1.1 404")));
  const isRefused = () =>
    open(server.url).then(
      ({ socket }) => void socket.destroy(),
      () => true,
    );
  await eventually(isRefused, Boolean);
  checking.socket.write("\r\n");
  await hears(checking, "not_ready");
  expect(checking.heard()).toMatch(/^HTTP\/1\.1 503[\s\S]*connection: close/i);
  await eventually(async () => silent.ended(), Boolean);

  expect(hasStopped).toBe(false);
  booking.socket.write(body.slice(half));
  await stopped;
  expect(booking.heard()).toMatch(/^HTTP\/1\.1 201/);
  for (const line of [silent, kept, checking, booking, ...waiting]) {
    expect(await eventually(async () => line.ended(), Boolean)).toBe("closed");
  }
}, 120_000);
