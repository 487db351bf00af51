import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Account } from "@/tests/emulator/state";
import { graphAs, newAccount, type Stage, startStage, teamsEvent } from "@/tests/unit/emulator/support";

let stage: Stage;
let account: Account;
let graph: Awaited<ReturnType<typeof graphAs>>;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.emulator.close());
beforeEach(async () => {
  account = await newAccount(stage);
  graph = await graphAs(stage, account);
});

describe("throttling", () => {
  test("throttling lets four requests of a mailbox run at a time and refuses the fifth with a fractional Retry-After", async () => {
    await stage.control.changeSettings({ latencyMs: 1_000 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => graph("GET", "/me/events")));
    await stage.control.changeSettings({ latencyMs: 0 });
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused).toHaveLength(2);
    expect(refused[0]?.body.error).toMatchObject({
      code: "ApplicationThrottled",
      message: "Application is over its MailboxConcurrency limit.",
    });
    expect(refused[0]?.headers.get("retry-after")).toBe("1.128");
    const { maxConcurrent, throttled } = await stage.control.mailbox(account.email);
    expect([maxConcurrent, throttled]).toEqual([5, 2]);
    await stage.control.resetCounters();
    expect((await stage.control.mailbox(account.email)).maxConcurrent).toBe(0);
  });
});

describe("queued faults", () => {
  test("queued faults hit the matching requests of one account, after letting some pass", async () => {
    await stage.control.graphFault({
      account: account.email,
      method: "GET",
      path: "/me/events/*",
      skip: 1,
      times: 2,
      status: 429,
      code: "TooManyRequests",
      retryAfter: 2.128,
    });
    const read = async () => (await graph("GET", "/me/events/x")).status;
    expect([await read(), await read(), await read(), await read()]).toEqual([400, 429, 429, 400]);
    expect((await graph("GET", "/me/events")).status).toBe(200);
  });

  test("queued faults before the effect leave nothing behind, after it the event is there", async () => {
    await stage.control.graphFault({ account: account.email, method: "POST", status: 503, retryAfter: 1 });
    expect((await graph("POST", "/me/events", teamsEvent())).status).toBe(503);
    expect((await stage.control.mailbox(account.email)).events).toHaveLength(0);
    await stage.control.graphFault({
      account: account.email,
      method: "POST",
      when: "after",
      outcome: "drop",
    });
    // One that is refused takes no effect, so the fault waits.
    expect((await graph("POST", "/me/events", { subject: 7 })).status).toBe(400);
    await expect(graph("POST", "/me/events", teamsEvent())).rejects.toThrow();
    expect((await stage.control.mailbox(account.email)).events).toHaveLength(1);
  });

  test("queued faults hang until the client gives up, or only delay", async () => {
    await stage.control.graphFault({ account: account.email, outcome: "hang" });
    const token = AbortSignal.timeout(100);
    await expect(
      Promise.race([
        graph("GET", "/me"),
        new Promise((_, no) => token.addEventListener("abort", () => no(new Error("gave up")))),
      ]),
    ).rejects.toThrow("gave up");
    await stage.control.graphFault({ account: account.email, outcome: "pass", delayMs: 20 });
    expect((await graph("GET", "/me")).status).toBe(200);
  });

  test("queued faults are listed and cleared", async () => {
    await stage.control.graphFault({ account: account.email, times: null });
    expect((await graph("GET", "/me")).status).toBe(503);
    await stage.control.clearFaults();
    expect((await graph("GET", "/me")).status).toBe(200);
  });
});

describe("the request log", () => {
  test("the request log has time, account, ids and body of each request", async () => {
    const before = Date.now() - 1;
    await graph("POST", "/me/events", teamsEvent(), { "client-request-id": "mine" });
    const [seen] = await stage.control.requests({ since: before, account: account.email, method: "POST" });
    expect(seen).toMatchObject({
      path: "/v1.0/me/events",
      status: 201,
      clientRequestId: "mine",
      body: { subject: "Intro call" },
    });
    expect(seen?.finishedAt).toBeGreaterThanOrEqual(seen?.startedAt ?? Number.POSITIVE_INFINITY);
    expect(await stage.control.requests({ since: Date.now() + 1000 })).toEqual([]);
    const redeemed = await stage.control.requests({ account: account.email, path: "/oauth2/v2.0/token" });
    expect(redeemed.at(-1)).toMatchObject({
      status: 200,
      body: { grant_type: "authorization_code", code: "(hidden)", client_secret: "(hidden)" },
    });
  });
});

describe("a batch", () => {
  const batch = (requests: unknown[]) => graph("POST", "/$batch", { requests });
  const json = { "Content-Type": "application/json" };

  test("a batch answers each request by itself inside a 200", async () => {
    const { status, body } = await batch([
      { id: "1", method: "GET", url: "/me" },
      { id: "2", method: "GET", url: "/me/events/nothing" },
      { id: "3", method: "POST", url: "me/events", headers: json, body: teamsEvent() },
    ]);
    expect(status).toBe(200);
    const byId = Object.fromEntries(
      body.responses.map((one: { id: string; status: number }) => [one.id, one.status]),
    );
    expect(byId).toEqual({ 1: 200, 2: 400, 3: 201 });
  });

  test("a batch runs what depends on a failure not at all", async () => {
    const { body } = await batch([
      { id: "a", method: "GET", url: "/me/events/nothing" },
      { id: "b", method: "GET", url: "/me", dependsOn: ["a"] },
    ]);
    expect(body.responses.find((one: { id: string }) => one.id === "b").status).toBe(424);
  });

  test("a batch holds throttled items as 429 inside the 200", async () => {
    await stage.control.graphFault({
      account: account.email,
      path: "/me/calendar",
      status: 429,
      code: "ApplicationThrottled",
      retryAfter: 3,
    });
    const { status, body } = await batch([{ id: "1", method: "GET", url: "/me/calendar" }]);
    expect([status, body.responses[0].status, body.responses[0].headers["retry-after"]]).toEqual([
      200,
      429,
      "3",
    ]);
  });

  test.each([
    ["21 requests", Array.from({ length: 21 }, (_, at) => ({ id: String(at), method: "GET", url: "/me" }))],
    [
      "two with one id",
      [
        { id: "1", method: "GET", url: "/me" },
        { id: "1", method: "GET", url: "/me" },
      ],
    ],
    ["a body without a type", [{ id: "1", method: "POST", url: "/me/events", body: {} }]],
    [
      "a batch in a batch",
      [{ id: "1", method: "POST", url: "/$batch", headers: json, body: { requests: [] } }],
    ],
    ["an absolute address", [{ id: "1", method: "GET", url: "https://graph.microsoft.com/v1.0/me" }]],
    [
      "half an order",
      [
        { id: "1", method: "GET", url: "/me" },
        { id: "2", method: "GET", url: "/me" },
        { id: "3", method: "GET", url: "/me", dependsOn: ["1"] },
      ],
    ],
  ])("a batch refuses %s", async (_name, requests) => {
    expect((await batch(requests)).status).toBe(400);
  });
});

describe("a mailbox that is being moved", () => {
  test("a mailbox that is being moved answers every call about it as a test asks, and has lost nothing afterwards", async () => {
    const made = await graph("POST", "/me/events", teamsEvent());
    await stage.control.changeAccount(account.email, {
      movingAnswer: { status: 404, code: "ResourceNotFound" },
    });
    for (const [method, path] of [
      ["GET", `/me/events/${made.body.id}`],
      ["GET", "/me/calendarView?startDateTime=2027-03-01T00:00:00Z&endDateTime=2027-03-02T00:00:00Z"],
      ["POST", "/me/events"],
    ] as const) {
      const answer = await graph(method, path, method === "POST" ? teamsEvent() : undefined);
      expect([answer.status, answer.body.error.code]).toEqual([404, "ResourceNotFound"]);
    }
    expect((await graph("GET", "/me")).status).toBe(200);
    await stage.control.changeAccount(account.email, { movingAnswer: null });
    expect((await stage.control.mailbox(account.email)).events).toHaveLength(1);
  });

  test("a mailbox that is being moved may give an event other ids, with the same iCalUId", async () => {
    const made = await graph("POST", "/me/events", teamsEvent());
    const [before] = (await stage.control.mailbox(account.email)).events;
    const moved = await stage.control.giveNewId(account.email, before?.id ?? "");
    expect(moved.id).not.toBe(before?.id);
    expect(moved.iCalUId).toBe(made.body.iCalUId);
    expect((await graph("GET", `/me/events/${made.body.id}`)).body.error.code).toBe("ErrorItemNotFound");
  });
});
