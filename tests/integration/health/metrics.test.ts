import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET } from "@/app/api/metrics/route";
import { createApiKey } from "@/lib/auth/api-keys";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { counters } from "@/lib/config/counters";
import { db } from "@/lib/database/client";
import { answerForWorker } from "@/lib/health/worker-port";
import { countStep, flushFunnel } from "@/lib/insights/funnel";
import { queue } from "@/lib/jobs/queue";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

function ask(headers: Record<string, string> = {}): Promise<Response> {
  return GET(new Request("http://localhost:3000/api/metrics", { headers }));
}

async function keyOf(role: "organizer" | "admin"): Promise<string> {
  const { id } = await makeOrganizer();
  await db().user.update({ where: { id }, data: { role } });
  return (await createApiKey(scopeWithoutRequest(id), "metrics")).apiKey;
}

const stranger = { "x-bellhop-peer": "203.0.113.9" };

describe("who may read the metrics", () => {
  it("the metrics can be read by a program on this machine", async () => {
    expect((await ask({ "x-bellhop-peer": "127.0.0.1" })).status).toBe(200);
    expect((await ask({ "x-bellhop-peer": "::ffff:127.0.0.1" })).status).toBe(200);
  });

  it("the metrics can't be read by someone elsewhere, nor by someone whose peer is unknown", async () => {
    const refused = await ask(stranger);
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toMatch(/^Bearer /);
    expect(await refused.json()).toMatchObject({ code: "unauthorized" });
    expect((await ask()).status).toBe(401);
  });

  it("the metrics can't be read by someone behind a proxy on this machine", async () => {
    const refused = await ask({ "x-bellhop-peer": "127.0.0.1", "x-forwarded-for": "203.0.113.9" });
    expect(refused.status).toBe(401);
  });

  it("the metrics can be read by anyone who holds an admin's key, wherever they are", async () => {
    const apiKey = await keyOf("admin");
    expect((await ask({ ...stranger, authorization: `Bearer ${apiKey}` })).status).toBe(200);
  });

  it("the metrics can't be read with an organizer's key, even on this machine: its holder is known, and may not", async () => {
    const authorization = `Bearer ${await keyOf("organizer")}`;
    for (const peer of [stranger, { "x-bellhop-peer": "127.0.0.1" }]) {
      const refused = await ask({ ...peer, authorization });
      expect(refused.status).toBe(403);
      expect(refused.headers.get("content-type")).toBe("application/problem+json");
      expect(await refused.json()).toMatchObject({ status: 403, code: "forbidden" });
    }
  });

  it("the metrics can't be read with a key that is none", async () => {
    const refused = await ask({ ...stranger, authorization: "Bearer bh_nonsense" });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
  });
});

describe("what the metrics say", () => {
  it("the metrics have no figure where there is nothing to measure", async () => {
    const text = await (await ask({ "x-bellhop-peer": "127.0.0.1" })).text();
    const measured = ["link_seconds", "booking_lead_seconds", "outlook_oldest_reading_seconds"];
    for (const name of [...measured, "client_secret_days", "last_backup_timestamp_seconds"]) {
      expect(text).toContain(`# TYPE bellhop_${name} gauge`);
      expect(text).not.toMatch(new RegExp(`^bellhop_${name}[ {]`, "m"));
    }
  });

  it("the metrics count bookings by status, and those that have no verified link", async () => {
    const organizer = await makeOrganizer({ location: { kind: "teams" } });
    const kept = await book(requestFor(organizer, hourAhead(3)));
    const dropped = await book(requestFor(organizer, hourAhead(4)));
    if (!kept.ok || !dropped.ok) throw new Error("not booked");
    await cancel({ bookingId: dropped.value.id, by: "organizer" });
    const text = await (await ask({ "x-bellhop-peer": "127.0.0.1" })).text();
    expect(text).toContain('bellhop_bookings{status="confirmed"} 1\n');
    expect(text).toContain('bellhop_bookings{status="cancelled"} 1\n');
    expect(text).toContain("bellhop_confirmed_without_link 1\n");
    expect(text).toContain("bellhop_worker_alive 0\n");
    expect(text).toMatch(/^bellhop_jobs\{queue="meeting\.sync",state="ready"\} \d+$/m);
    expect(text).toMatch(/^bellhop_requests_refused 0$/m);
    expect(text).toMatch(/^process_cpu_seconds_total \d/m);
    expect(text).not.toContain("visitor");
  });

  it("the metrics count no-shows, what attendance reports say, and how far it goes from booking pages", async () => {
    const organizer = await makeOrganizer({ location: { kind: "phone", value: "+33 1 23 45 67 89" } });
    const [first, second] = [hourAhead(4), hourAhead(5)].map((start) => book(requestFor(organizer, start)));
    const [missed, came] = [await first, await second];
    if (!missed?.ok || !came?.ok) throw new Error("not booked");
    await db().booking.update({ where: { id: missed.value.id }, data: { noShowAt: new Date() } });
    await db().attendance.create({ data: { bookingId: missed.value.id, verdict: "absent" } });
    countStep(organizer.eventTypeId, "page", "UTC");
    countStep(organizer.eventTypeId, "page", "UTC");
    countStep(organizer.eventTypeId, "booked", "UTC");
    await flushFunnel();
    const text = await (await ask({ "x-bellhop-peer": "127.0.0.1" })).text();
    expect(text).toContain("bellhop_bookings_no_show 1");
    expect(text).toContain('bellhop_attendance{verdict="absent"} 1');
    expect(text).toContain('bellhop_booking_page_steps{step="page"} 2');
    expect(text).toContain('bellhop_booking_page_steps{step="booked"} 1');
    expect(text).toMatch(/bellhop_booking_lead_seconds\{quantile="0\.5"\} \d+/);
  });

  it("the metrics say when the last backup was made, and nothing while there is none", async () => {
    const read = async () => (await ask({ "x-bellhop-peer": "127.0.0.1" })).text();
    expect(await read()).not.toMatch(/^bellhop_last_backup_timestamp_seconds/m);
    // What isn't known isn't 0 either.
    expect(await read()).not.toMatch(/^bellhop_client_secret_days/m);
    for (const takenAt of ["2026-11-30T03:00:00Z", "2026-11-29T03:00:00Z"]) {
      const made = { takenAt: new Date(takenAt), version: "1", rows: 1, bytes: 1 };
      await db().backupRun.create({ data: made });
    }
    const at = Date.parse("2026-11-30T03:00:00Z") / 1000;
    expect(await read()).toMatch(new RegExp(`^bellhop_last_backup_timestamp_seconds ${at}$`, "m"));
  });

  it("the metrics say how long the oldest job has waited, and how long links took, while there are any", async () => {
    const boss = await queue();
    await boss.insert("mail.send", [
      { data: { mailId: "x" }, startAfter: new Date(Date.now() - 3600_000).toISOString() },
    ]);
    // It was made long before it could be done, and another one can't be done yet.
    await db()
      .$executeRaw`UPDATE jobs.job SET created_on = now() - interval '5 hours' WHERE name = 'mail.send'`;
    const later = new Date(Date.now() + 3600_000).toISOString();
    await boss.insert("meeting.compare", [{ data: { meetingId: "x" }, startAfter: later }]);
    const read = async () => (await ask({ "x-bellhop-peer": "127.0.0.1" })).text();
    const before = await read();
    expect(before).toMatch(/^bellhop_job_oldest_seconds\{queue="mail\.send"\} 36\d\d/m);
    expect(before).not.toContain('bellhop_job_oldest_seconds{queue="meeting.compare"}');
    expect(before).not.toMatch(/^bellhop_link_seconds/m);
    await db().$executeRaw`
      UPDATE "Meeting" SET "createdAt" = now() - interval '7 seconds', "verifiedAt" = now() WHERE kind = 'teams'`;
    expect(await read()).toMatch(/^bellhop_link_seconds\{quantile="0\.95"\} 7/m);
    await db().$executeRaw`UPDATE "Meeting" SET generation = 2 WHERE kind = 'teams'`;
    expect(await read()).not.toMatch(/^bellhop_link_seconds\{/m);
  });

  it("the metrics count calls to Microsoft by their names, never by what they were about", async () => {
    counters().graphCalls.observe({ call: "GET /me/events/{event}", result: "ok" }, 0.2);
    const text = await (await ask({ "x-bellhop-peer": "127.0.0.1" })).text();
    expect(text).toContain('bellhop_graph_call_seconds_count{call="GET /me/events/{event}",result="ok"} 1\n');
  });

  it("a worker that runs alone says its own metrics at its port, to the same readers", async () => {
    const { port } = await answerForWorker({ port: 0, host: "127.0.0.1" });
    const read = (headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${port}/api/metrics`, { headers });
    const own = await read();
    expect([own.status, own.headers.get("content-type")]).toEqual([
      200,
      expect.stringMatching(/^text\/plain/),
    ]);
    const text = await own.text();
    const { version } = JSON.parse(await readFile("package.json", "utf8"));
    expect(text).toContain(`bellhop_build_info{version="${version}",build="`);
    expect(text).toContain(`",node="${process.versions.node}"} 1\n`);
    expect(text).toMatch(/^bellhop_graph_call_seconds_count\{call="GET \/me\/events\/\{event\}"/m);
    const proxied = { "x-forwarded-for": "203.0.113.9", "x-bellhop-peer": "203.0.113.9" };
    expect((await read(proxied)).status).toBe(401);
    const authorization = `Bearer ${await keyOf("organizer")}`;
    expect((await read({ authorization })).status).toBe(403);
    const admins = { ...proxied, authorization: `Bearer ${await keyOf("admin")}` };
    expect((await read(admins)).status).toBe(200);
  });

  it("the dashboard and the alert rules ask only for metrics that are there", async () => {
    const text = await (await ask({ "x-bellhop-peer": "127.0.0.1" })).text();
    const there = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name = ""]) => name));
    for (const file of ["deploy/grafana/bellhop.json", "deploy/prometheus/alerts.yml"]) {
      const asked = [...(await readFile(file, "utf8")).matchAll(/\b(?:bellhop|process|nodejs)_[a-z0-9_]+/g)];
      const names = asked.map(([name]) => name.replace(/_(?:count|bucket|sum)$/, ""));
      expect(names.length).toBeGreaterThan(10);
      expect(names.filter((name) => !there.has(name))).toEqual([]);
    }
  });

  it("the metrics forget a state that no one is in any more", async () => {
    await db().booking.updateMany({ where: { status: "cancelled" }, data: { status: "declined" } });
    const text = await (await ask({ "x-bellhop-peer": "127.0.0.1" })).text();
    expect(text).not.toContain('bellhop_bookings{status="cancelled"}');
    expect(text).toContain('bellhop_bookings{status="declined"} 1\n');
  });
});
