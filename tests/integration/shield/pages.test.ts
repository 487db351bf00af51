import { afterAll, beforeAll, expect, it } from "vitest";
import { listHeldBack } from "@/lib/booking/suspicion";
import { db } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer } from "@/tests/support/organizer";
import { sendPlainForm, visit } from "@/tests/support/plain-form";
import { startServer, type TestServer } from "@/tests/support/server";

/* What pages and their forms tell of whoever reads and sends them. */

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "silent", WORKER: "off", TRUST_PROXY: "1" });
  await prepareJobs();
  server = await startServer();
}, 120_000);
afterAll(async () => {
  await server.kill();
  await database.cleanup();
});

it("a page that a guessed link doesn't lead to is counted for its network", async () => {
  const from = (address: string) => ({ headers: { "x-forwarded-for": address } });
  const counts = async () => (await db().failedLookup.findMany()).map(({ count }) => count);
  for (const page of ["booking", "j", "confirm", "decide"]) {
    await visit(`${server.url}/${page}/guessed-${page}`, "", from("203.0.113.7"));
  }
  expect((await counts()).reduce((sum, count) => sum + count, 0)).toBe(4);
  await visit(`${server.url}/booking/guessed`, "", from("127.0.0.1"));
  await visit(`${server.url}/sign-in`, "", from("203.0.113.7"));
  expect((await counts()).reduce((sum, count) => sum + count, 0)).toBe(4);
});

it("a form that is sent as soon as it has come says so", async () => {
  const organizer = await makeOrganizer({ location: { kind: "none" }, emailCheck: "always" });
  const page = `${server.url}/${organizer.handle}/${organizer.slug}`;
  const send = async (day: number) => {
    const begun = performance.now();
    const form = { start: hourAhead(day), name: "Vera Visitor", email: "vera@example.org" };
    const sent = await sendPlainForm(page, "Confirm booking", form);
    expect([sent.status, sent.location]).toEqual([303, expect.stringContaining("/booking/")]);
    return performance.now() - begun;
  };
  // A busy machine may take as long as people who type.
  let day = 2;
  while ((await send(day)) >= 2_000 && day < 9) day += 1;
  const { id } = await db().booking.findFirstOrThrow({
    where: { ownerId: organizer.id, startsAt: hourAhead(day) },
  });
  const held = await listHeldBack(organizer.scope, [id]);
  expect(held.get(id)?.suspicions).toEqual(["filled_in_fast"]);
});
