import { afterAll, beforeAll, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { startWorker } from "@/lib/jobs/runner";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { startWorkerProcess, type WorkerProcess } from "@/tests/support/worker-process";

let database: TestDatabase;
let worker: WorkerProcess;

beforeAll(async () => {
  // No mail server listens there.
  database = await createTestDatabase({
    LOG_LEVEL: "error",
    SMTP_URL: "smtp://127.0.0.1:1",
    MAIL_FROM: "desk@book.example",
  });
  await prepareJobs();
}, 120_000);
afterAll(async () => {
  await worker?.kill();
  await database.cleanup();
});

/** A booking whose jobs wait for a worker. */
async function booked(location: object) {
  const organizer = await makeOrganizer({ location, title: "Secret consultation" });
  const request = requestFor(organizer, hourAhead(2));
  const outcome = await book(request);
  if (!outcome.ok) throw new Error(outcome.error.code);
  const { id: bookingId, token } = outcome.value;
  const { meetingId } = await db().booking.findUniqueOrThrow({ where: { id: bookingId } });
  return { bookingId, meetingId, personal: [token, request.visitor.email, request.visitor.name] };
}

const faultOf = (job: string) =>
  eventually(
    async () => worker.log().find((line) => line.job === job && line.level === "error"),
    (line) => line !== undefined,
  );

it("a job that fails is logged by its name, with the ids of what it is about and nothing that people wrote", async () => {
  const { bookingId, meetingId, personal } = await booked({ kind: "teams" });
  // What the job reads once it has taken the meeting.
  await db().$executeRaw`ALTER TABLE "CalendarRules" RENAME TO "CalendarRulesAway"`;
  worker = await startWorkerProcess();
  expect(await faultOf("meeting.sync")).toMatchObject({
    msg: "A job failed and will be tried again",
    jobId: expect.any(String),
    meetingId,
    bookingIds: [bookingId],
    error: { stack: expect.any(String) },
  });
  await db().$executeRaw`ALTER TABLE "CalendarRulesAway" RENAME TO "CalendarRules"`;

  const other = await booked({ kind: "phone", value: "+33 1 23 45 67 89" });
  expect(await faultOf("mail.send")).toMatchObject({
    mailId: expect.any(String),
    bookingId: other.bookingId,
  });
  const all = JSON.stringify(worker.log());
  for (const secret of [...personal, ...other.personal, "Secret consultation"])
    expect(all).not.toContain(secret);
});

it("repeated tasks begin once the server has settled, one after the other, and none after the worker has stopped", async () => {
  const globals = globalThis as { bellhopVisits?: object };
  let settle = () => {};
  const whenSettled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  globals.bellhopVisits = { underWay: 0, lastAt: 0, whenSettled };
  const heard: string[] = [];
  let finish = () => {};
  const slow = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const task = (name: string, work: Promise<unknown> = Promise.resolve()) => ({
    name,
    everySeconds: 3_600,
    async run() {
      heard.push(`${name} begins`);
      await work;
      await new Promise((resolve) => setTimeout(resolve, 20));
      heard.push(`${name} ends`);
    },
  });
  const tasks = [task("first"), task("slow", slow), task("last")];
  const own = await startWorker([], tasks);
  const idle = await startWorker([], tasks.slice(0, 1));
  await idle.stop();
  await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual([]);
  settle();
  await eventually(async () => heard.includes("last ends"), Boolean);
  expect(heard).toEqual(["first begins", "first ends", "slow begins", "last begins", "last ends"]);
  const stopped = own.stop();
  finish();
  await stopped;
  expect(heard.at(-1)).toBe("slow ends");
  delete globals.bellhopVisits;
});
