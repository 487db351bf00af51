import { afterAll, beforeAll, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { closeTracing, inSpan, keepTracing, traceFacts } from "@/lib/config/tracing";
import { openTraces } from "@/lib/health/traces";
import { startCollector } from "@/tests/support/collector";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;
let collector: Awaited<ReturnType<typeof startCollector>>;

beforeAll(async () => {
  stage = await openWorkingStage();
  collector = await startCollector();
}, 120_000);
afterAll(async () => {
  await closeTracing();
  collector?.close();
  await stage?.close();
});

it("without a collector, work is just done", async () => {
  expect(await inSpan("work", {}, async () => traceFacts())).toEqual({});
});

it("traces show jobs and calls to Microsoft by name and result, and nothing of what they are about", async () => {
  const tracing = openTraces({
    endpoint: `${collector.endpoint}/`,
    headers: { "x-key": "of the collector" },
    serviceName: "bookings of Contoso",
    version: "1.2.3",
    continues: false,
  });
  const closed: string[] = [];
  keepTracing({
    ...tracing,
    inSpan: (name, facts, work) => tracing.inSpan(name, facts, work).finally(() => void closed.push(name)),
  });
  const organizer = await stage.connect(await makeOrganizer({ location: { kind: "teams" } }));
  await eventually(
    () => book(requestFor(organizer, hourAhead(3))),
    ({ ok }) => ok,
  );
  await eventually(
    async () => closed,
    (names) => names.includes("job meeting.sync"),
  );
  const failed = inSpan("failing", { "bellhop.kind": "test", visitor: "Ada" }, async () => {
    throw new Error(`no place for ${organizer.email}`);
  });
  await expect(failed).rejects.toThrow("no place");
  const traceId = await inSpan("logged", {}, async () => traceFacts().traceId);
  await closeTracing();

  const spans = collector.spans();
  const job = spans.find(({ name }) => name === "job meeting.sync");
  expect(job?.facts).toEqual({ "bellhop.job": "meeting.sync" });
  const call = spans.find(({ name }) => name === "Graph POST /me/events");
  expect(call?.facts).toEqual({ "bellhop.graph_call": "POST /me/events", "bellhop.result": "ok" });
  expect(call?.traceId).toBe(job?.traceId);
  const failing = spans.find(({ name }) => name === "failing");
  expect([failing?.status, failing?.facts]).toEqual([2, { "bellhop.kind": "test" }]);
  expect(spans.find(({ name }) => name === "logged")?.traceId).toBe(traceId);
  const [first] = collector.deliveries();
  expect([first?.path, first?.headers["x-key"]]).toEqual(["/v1/traces", "of the collector"]);
  const sent = collector.deliveries().map(({ body }) => body);
  expect(sent.join("")).toContain("bookings of Contoso");
  expect(sent.join("")).not.toContain(organizer.email);
  expect(sent.join("")).not.toContain("Ada");
  expect(traceFacts()).toEqual({});
});
