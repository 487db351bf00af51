import { randomUUID } from "node:crypto";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as bookings from "@/app/api/v1/bookings/route";
import { createApiKey } from "@/lib/auth/api-keys";
import { type KeyScope, keyScopes } from "@/lib/auth/key-scopes";
import { db } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import { apiFolder, apiRoutes } from "@/tests/support/api-routes";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { call } from "./call";

/* Every route of the API, with a key of every scope. What needs more than to read is listed here once more, by hand. */

/** Beyond reading, what a key for bookings may do. All else that changes something needs a key for everything. */
const forBookings = new Set([
  "POST me/bookings/[id]/approve",
  "POST me/bookings/[id]/cancel",
  "POST me/bookings/[id]/decline",
  "POST me/bookings/[id]/no-show",
  "POST me/bookings/[id]/reassign",
  "PUT me/bookings/[id]/note",
  "POST me/bookings/[id]/reschedule",
  "POST me/bookings/[id]/running-late",
  "POST me/drifts/[id]/answer",
]);

const folders = apiRoutes.filter((folder) => !/^(?:organizers|bookings|openapi)/.test(folder));

let database: TestDatabase;
let organizer: TestOrganizer;
const keys = new Map<KeyScope, string>();

async function keyFor(scope: KeyScope, expiresAt: Date | null = null): Promise<string> {
  return (await createApiKey(organizer.scope, scope, undefined, { scope, expiresAt })).apiKey;
}

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
  organizer = await makeOrganizer();
  // What only an admin may ask for is refused to everyone else, whatever the key.
  await db().user.update({ where: { id: organizer.id }, data: { role: "admin" } });
  for (const scope of keyScopes) keys.set(scope, await keyFor(scope));
});
afterAll(() => database.cleanup());

test("there are routes to walk", () => {
  expect(folders.length).toBeGreaterThan(20);
});

test.each(folders)("a key does no more than its scope allows at %s", async (folder) => {
  const route = await import(path.join(apiFolder, folder, "route.ts"));
  const allow = (await call(route.OPTIONS)).headers.get("allow")?.split(", ") ?? [];
  const params = Object.fromEntries(
    [...folder.matchAll(/\[(\w+)\]/g)].map(([, name]) => [name, randomUUID()]),
  );
  for (const method of allow.filter((one) => !["OPTIONS", "HEAD"].includes(one))) {
    const operation = `${method} ${folder}`;
    const needed = method === "GET" ? "read" : forBookings.has(operation) ? "bookings" : "all";
    for (const [place, scope] of keyScopes.entries()) {
      const body = method === "GET" || method === "DELETE" ? undefined : { nonsense: true };
      const answer = await call(
        route[method],
        { params, key: keys.get(scope) ?? "", ...(body && { body }) },
        method,
      );
      const what = `${operation} with ${scope}`;
      if (place >= keyScopes.indexOf(needed)) {
        expect([200, 204, 404, 422], what).toContain(answer.status);
        continue;
      }
      expect(answer.status, what).toBe(403);
      expect(answer.body, what).toMatchObject({ code: "insufficient_scope", requiredScope: needed });
      expect(answer.body.detail, what).toContain(needed);
      expect(answer.headers.get("www-authenticate"), what).toContain(`scope="${needed}"`);
    }
  }
});

test("a key that can only read doesn't book, a key for bookings does", async () => {
  const body = requestFor(organizer, hourAhead(5));
  const refused = await call(bookings.POST, { key: keys.get("read") ?? "", body });
  expect(refused.body).toMatchObject({ status: 403, code: "insufficient_scope", requiredScope: "bookings" });
  expect((await call(bookings.POST, { key: keys.get("bookings") ?? "", body })).status).toBe(201);
});

test("a key opens nothing from the moment it expires", async () => {
  const { GET } = await import("@/app/api/v1/me/route");
  const live = await keyFor("all", new Date(Date.now() + 60_000));
  const ended = await keyFor("all", new Date(Date.now() - 1));
  expect((await call(GET, { key: live })).status).toBe(200);
  expect((await call(GET, { key: ended })).body).toMatchObject({ status: 401, code: "unauthorized" });
});
