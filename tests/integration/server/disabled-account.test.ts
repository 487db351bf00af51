import { afterAll, beforeAll, expect, it } from "vitest";
import { disableUser, enableUser } from "@/lib/accounts/users";
import { createApiKey } from "@/lib/auth/api-keys";
import { book } from "@/lib/booking/book";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { startServer, type TestServer } from "@/tests/support/server";

let database: TestDatabase;
let servers: TestServer[];

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "silent", WORKER: "off" });
  await prepareJobs();
  servers = [await startServer(), await startServer()];
}, 120_000);
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()));
  await database.cleanup();
});

it("whoever is disabled has no key, no page, and no slots on any process, and has them again when enabled", async () => {
  const organizer = await makeOrganizer({ location: { kind: "phone", value: "+33 1 23 45 67 89" } });
  const { handle, slug } = organizer;
  const { apiKey } = await createApiKey(organizer.scope, "Laptop");
  const day = hourAhead(2).slice(0, 10);
  const statuses = (days: number) =>
    Promise.all(
      servers.map(async ({ url }, index) => {
        const booking = JSON.stringify(requestFor(organizer, hourAhead(days, 10 + index)));
        const answers = [
          await fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${apiKey}` } }),
          await fetch(`${url}/${handle}`),
          await fetch(`${url}/${handle}/${slug}`),
          await fetch(`${url}/api/v1/organizers/${handle}/event-types`),
          await fetch(
            `${url}/api/v1/organizers/${handle}/event-types/${slug}/slots?from=${day}&to=${day}&timeZone=UTC`,
          ),
          await fetch(`${url}/api/v1/bookings`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: booking,
          }),
        ];
        return answers.map(({ status }) => status);
      }),
    );

  const kept = await book(requestFor(organizer, hourAhead(5)));
  const manage = kept.ok ? `/booking/${kept.value.token}` : "";
  const read = async (path: string) => (await fetch(`${servers[0]?.url}${path}`)).text();
  const shutWords = "no longer takes bookings here";
  expect(await read(manage)).not.toContain(shutWords);

  const open = [200, 200, 200, 200, 200, 201];
  const shut = [401, 404, 404, 404, 404, 404];
  expect(await statuses(2)).toEqual([open, open]);
  expect((await disableUser(organizer.id)).ok).toBe(true);
  expect(await statuses(3)).toEqual([shut, shut]);
  expect(await read(manage)).toContain(`${shutWords}. Your booking is still valid, and you can cancel it.`);
  expect(await read(manage)).not.toContain(`${manage}/reschedule`);
  expect(await read(`${manage}/reschedule`)).toContain(shutWords);
  await enableUser(organizer.id);
  expect(await statuses(4)).toEqual([open, open]);
});
