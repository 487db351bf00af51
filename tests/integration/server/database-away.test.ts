import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { makeOrganizer } from "@/tests/support/organizer";
import { startServer, type TestServer } from "@/tests/support/server";

/* The database goes away under a server at work, and comes back. */

let database: TestDatabase;
let server: TestServer;
let way: Way;
let handle: string;

/** A way to the database that can be shut. */
interface Way {
  url: string;
  shut(): Promise<void>;
  /** Lets nothing more through; what was sent is kept. */
  hold(): void;
  held(): string;
  open(): Promise<void>;
}

async function openWay(databaseUrl: string): Promise<Way> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isHeld = false;
  let held = "";
  const make = () =>
    createServer((socket) => {
      const other = dial(Number(target.port), target.hostname);
      for (const [one, two] of [
        [socket, other],
        [other, socket],
      ] as const) {
        sockets.add(one);
        one.on("error", () => two.destroy());
        one.on("close", () => two.destroy());
      }
      socket.on("data", (chunk) => {
        if (isHeld) held += chunk.toString("latin1");
        else other.write(chunk);
      });
      other.pipe(socket);
    });
  let listener: Server = make();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as { port: number };
  const url = new URL(databaseUrl);
  url.port = String(port);
  return {
    url: url.href,
    hold() {
      isHeld = true;
    },
    held: () => held,
    async shut() {
      const closed = new Promise((resolve) => listener.close(resolve));
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      await closed;
    },
    async open() {
      isHeld = false;
      listener = make();
      await new Promise<void>((resolve) => listener.listen(port, "127.0.0.1", resolve));
    },
  };
}

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
  handle = (await makeOrganizer()).handle;
  way = await openWay(database.url);
  server = await startServer({ DATABASE_URL: way.url, LOG_LEVEL: "info" });
}, 120_000);
afterAll(async () => {
  await server?.kill();
  await way?.shut();
  await database.cleanup();
});

const get = (address: string) => fetch(`${server.url}${address}`);

it("while the database is away, pages and the API answer 503 with Retry-After, and the log says it once; then all goes on", async () => {
  expect((await get(`/${handle}`)).status).toBe(200);
  way.hold();
  const caught = [`/${handle}`, `/api/v1/organizers/${handle}/event-types`].map(get);
  await eventually(
    async () => way.held(),
    (sent) => sent.includes(handle),
  );
  await way.shut();
  const [page, api] = await Promise.all(caught);
  expect([page?.status, page?.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(await page?.text()).not.toContain("Nothing was changed");
  expect([api?.status, api?.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(await api?.json()).toMatchObject({ code: "database_unavailable" });
  for (let round = 0; round < 20; round += 1) {
    const page = await get(`/${handle}`);
    expect([page.status, page.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await page.text()).toContain("can't reach its database");
    const api = await get("/api/v1/me");
    expect([api.status, api.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await api.json()).toMatchObject({ code: "database_unavailable" });
  }
  expect((await get("/api/health")).status).toBe(200);
  expect((await get("/api/health/ready")).status).toBe(503);

  await way.open();
  await eventually(
    async () => (await get(`/${handle}`)).status,
    (status) => status === 200,
  );
  const said = () => server.log().filter(({ msg }) => String(msg).startsWith("The database"));
  const lines = await eventually(
    async () => said().map(({ msg }) => msg),
    (all) => all.includes("The database is back"),
  );
  expect(lines).toEqual(["The database has gone away", "The database is back"]);
});
