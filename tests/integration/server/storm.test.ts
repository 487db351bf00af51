import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import {
  addMicrosoftAccount,
  connectMicrosoft,
  startMicrosoft,
  type TestMicrosoft,
} from "@/tests/support/microsoft";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { freePort, startServer, type TestServer } from "@/tests/support/server";

let database: TestDatabase;
let microsoft: TestMicrosoft;

beforeAll(async () => {
  microsoft = await startMicrosoft();
  database = await createTestDatabase({ ...microsoft.variables, LOG_LEVEL: "silent", WORKER: "on" });
  await prepareJobs();
});
afterAll(async () => {
  await database.cleanup();
  await microsoft.emulator.close();
});

async function post(
  url: string,
  body: object,
  key: string,
): Promise<{ status: number; body: { id?: string; code?: string } }> {
  const response = await fetch(`${url}/api/v1/bookings`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

describe("two server processes on one database", () => {
  it("two server processes on one database give one of two hundred visitors the slot, and the others a clear no", async () => {
    const organizer = await makeOrganizer();
    await connectMicrosoft(organizer.id, await addMicrosoftAccount(microsoft.control));
    const servers = await Promise.all([startServer(), startServer()]);
    const start = hourAhead(3);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => {
        const server = servers[n % 2] as TestServer;
        return post(server.url, requestFor(organizer, start), randomUUID());
      }),
    );
    await Promise.all(servers.map((server) => server.stop()));
    const tally = new Map<string, number>();
    for (const { status, body } of answers) {
      const kind = `${status} ${body.code ?? "booked"}`;
      tally.set(kind, (tally.get(kind) ?? 0) + 1);
    }
    expect(Object.fromEntries(tally)).toEqual({ "201 booked": 1, "409 slot_taken": 199 });
    expect(await db().booking.count({ where: { ownerId: organizer.id } })).toBe(1);
  }, 120_000);
});

describe("a server that is killed again and again", () => {
  it("a server that is killed again and again loses no booking and makes no second calendar event", async () => {
    const organizer = await makeOrganizer();
    const email = await addMicrosoftAccount(microsoft.control);
    await connectMicrosoft(organizer.id, email);
    const port = await freePort();
    let server = await startServer({}, port);
    let over = false;

    const visit = async (n: number): Promise<string> => {
      const request = requestFor(organizer, hourAhead(2 + Math.floor(n / 20), n % 20));
      const key = randomUUID();
      for (;;) {
        const answer = await post(server.url, request, key).catch(() => null);
        if (answer?.status === 201) return answer.body.id ?? "";
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    };
    const killer = (async () => {
      for (let round = 0; round < 10; round += 1) {
        await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 700));
        await server.kill();
        server = await startServer({}, port);
      }
      over = true;
    })();
    const ids: string[] = [];
    const visitors = Array.from({ length: 4 }, async (_, lane) => {
      for (let n = lane; n < 120 && !(over && n > 40); n += 4) {
        ids.push(await visit(n));
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    });
    await Promise.all([killer, ...visitors]);

    const meetings = await eventually(
      () => db().meeting.findMany({ where: { hostId: organizer.id } }),
      (rows) => rows.every((row) => row.status === "ready"),
      60,
    );
    await server.stop();
    const { events, deletedEvents, sentInvitations } = await microsoft.control.mailbox(email);
    expect(await db().booking.count({ where: { id: { in: ids } } })).toBe(ids.length);
    expect(meetings).toHaveLength(ids.length);
    expect(events).toHaveLength(ids.length);
    expect(deletedEvents).toEqual([]);
    expect(sentInvitations).toHaveLength(ids.length);
    expect(new Set(events.map((event) => event.onlineMeeting?.joinUrl)).size).toBe(ids.length);
  }, 240_000);
});
