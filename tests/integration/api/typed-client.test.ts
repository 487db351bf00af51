/**
 * What a program can count on whose client was generated from the OpenAPI document: it compiles, what the API refuses doesn't compile, and it
 * books over HTTP.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { generate } from "orval";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prepareJobs } from "@/lib/worker";
import { organizerWithKey } from "@/tests/integration/api/call";
import { apiFolder, apiRoutes } from "@/tests/support/api-routes";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead } from "@/tests/support/organizer";

let database: TestDatabase;
let server: Server;
let address: string;
const folder = mkdtempSync(path.join(tmpdir(), "bellhop-client-"));

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
  server = createServer(async (request, response) => {
    const answer = await answerOf(request);
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server?.close();
  server?.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
  await database.cleanup();
});

/** Those with the fewest parameters first, as Next.js has it. */
const routes = apiRoutes
  .map((folder) => {
    const parts = folder.split(path.sep);
    const pattern = parts.map((part) => part.replace(/^\[(\w+)\]$/, "(?<$1>[^/]+)")).join("/");
    return {
      folder,
      pattern: new RegExp(`^/api/v1/${pattern}$`),
      given: parts.filter((part) => part.startsWith("[")),
    };
  })
  .sort((a, b) => a.given.length - b.given.length);

/** What the route of this address answers. */
async function answerOf(request: IncomingMessage): Promise<Response> {
  const { method = "GET", url = "", headers } = request;
  const { pathname, href } = new URL(url, address);
  const route = routes.find(({ pattern }) => pattern.test(pathname));
  if (!route) return new Response(null, { status: 404 });
  const handlers = await import(path.join(apiFolder, route.folder, "route.ts"));
  const body = await buffer(request);
  const sent = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  const asked = new Request(href, { method, headers: sent, ...(body.length > 0 ? { body } : {}) });
  return handlers[method](asked, { params: Promise.resolve({ ...route.pattern.exec(pathname)?.groups }) });
}

const program = `
import * as bellhop from "./client.js";

/** Books the first slot of a day, moves it to the second, cancels it, and sends a webhook a test twice. */
export async function use(key: string, day: string): Promise<string[]> {
  const own = { headers: { Authorization: \`Bearer \${key}\` } };
  const me = await bellhop.getMe(own);
  if (me.status !== 200) return [me.data.code];
  const { handle } = me.data;
  const listed = await bellhop.getMeEventTypes({ limit: 1 }, own);
  if (listed.status !== 200) return [listed.data.code];
  const slug = listed.data.items[0]?.slug ?? "";
  const offered = await bellhop.getOrganizersHandleEventTypesSlugSlots(handle, slug, { from: day, to: day, timeZone: "UTC" });
  if (offered.status !== 200) return [offered.data.code];
  const [first, second] = offered.data.slots;
  const visitor = { name: "Vera", email: "vera@example.org", timeZone: "UTC" };
  const request = { handle, slug, start: first?.start ?? "", visitor };
  const booked = await bellhop.postBookings(request, own);
  if (booked.status !== 201) return [booked.data.code];
  const again = await bellhop.postBookings(request);
  const { id } = booked.data;
  const moved = await bellhop.postMeBookingsIdReschedule(id, { start: second?.start ?? "" }, own);
  const cancelled = await bellhop.postMeBookingsIdCancel(id, { reason: "Ill" }, own);
  const webhook = await bellhop.postMeWebhooks({ url: "http://127.0.0.1:1/" }, own);
  if (webhook.status !== 201) return [webhook.data.code];
  const sent = await bellhop.postMeWebhooksIdTest(webhook.data.id, {}, own);
  if (sent.status !== 201) return [sent.data.code];
  const resent = await bellhop.postMeWebhooksIdDeliveriesDeliveryIdResend(webhook.data.id, sent.data.id, {}, own);
  const gone = await bellhop.deleteMeWebhooksId(webhook.data.id, own);
  return [
    booked.data.status,
    again.status === 409 ? again.data.code : "",
    moved.status === 200 && moved.data.start === second?.start ? "moved" : "",
    cancelled.status === 200 ? cancelled.data.status : "",
    sent.data.event,
    resent.status === 200 ? resent.data.status : "",
    String(gone.status),
  ];
}

/** What the API refuses, and names that it doesn't have. */
export const mistakes = [
  // @ts-expect-error
  () => bellhop.postBookings({ handle: "ada", slug: "talk", start: "2027-01-01T09:00:00Z" }),
  // @ts-expect-error
  () => bellhop.postMeWebhooks({ url: "https://example.org/", events: ["booking.eaten"] }),
  // @ts-expect-error
  () => bellhop.getMe().then((me) => me.status === 200 && me.data.password),
];
`;

it("a client generated from the OpenAPI document compiles, refuses mistakes, and books, moves, and cancels", async () => {
  const { key } = await organizerWithKey();
  const document = path.join(folder, "openapi.json");
  writeFileSync(document, await (await fetch(`${address}/api/v1/openapi.json`)).text());
  await generate({
    input: { target: document },
    output: { target: path.join(folder, "client.ts"), client: "fetch", baseUrl: address },
  });
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(path.join(folder, "program.ts"), program);
  const options = [
    "--strict",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--lib",
    "es2022,dom,dom.iterable",
  ];
  const compiler = path.resolve("node_modules/typescript/bin/tsc");
  const compiled = spawnSync(process.execPath, [compiler, ...options, "program.ts"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(compiled.stdout).toBe("");
  const { use } = await import(/* @vite-ignore */ pathToFileURL(path.join(folder, "program.js")).href);
  expect(await use(key, hourAhead(3).slice(0, 10))).toEqual([
    "confirmed",
    "slot_taken",
    "moved",
    "cancelled",
    "webhook.test",
    "queued",
    "204",
  ]);
  expect(await use("a key of nobody", hourAhead(3).slice(0, 10))).toEqual(["unauthorized"]);
});
