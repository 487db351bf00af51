import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";

interface Visit {
  /** What is kept on the device, by address. */
  kept?: Record<string, Response>;
  isReachable?: boolean;
  request?: { method: string; mode: string };
}

/** What public/sw.js answers to a request; null where it leaves the request alone. */
async function answerOf({ kept = {}, isReachable = false, request }: Visit) {
  const listeners = new Map<string, (event: object) => void>();
  const cache = {
    match: async (address: string) => kept[address],
    delete: async (address: string) => delete kept[address],
  };
  runInNewContext(readFileSync("public/sw.js", "utf8"), {
    addEventListener: (name: string, listener: (event: object) => void) => listeners.set(name, listener),
    caches: { open: async () => cache },
    fetch: async () => {
      if (!isReachable) throw new TypeError("Failed to fetch");
      return new Response("from the server");
    },
    Response,
    Date,
  });
  let answer: Promise<Response> | null = null;
  listeners.get("fetch")?.({
    request: request ?? { method: "GET", mode: "navigate" },
    respondWith: (given: Promise<Response>) => {
      answer = given;
    },
  });
  return answer as Promise<Response> | null;
}

const textOf = async (visit: Visit) => (await answerOf(visit))?.text();
const dayUntil = (ms: number) =>
  new Response("the day", { headers: { "x-until": new Date(Date.now() + ms).toISOString() } });
const keptUntil = (ms: number) => ({
  "/account/today": dayUntil(ms),
  "/account/today?away": new Response("nothing for today"),
});

describe("a page that the browser asks for", () => {
  test("comes from the server while that can be reached, whatever is kept", async () => {
    expect(await textOf({ isReachable: true, kept: keptUntil(60_000) })).toBe("from the server");
  });

  test("is the kept day where the server can't be reached", async () => {
    expect(await textOf({ kept: keptUntil(60_000) })).toBe("the day");
  });

  test("is never a day that is over: that is deleted", async () => {
    const kept = keptUntil(-60_000);
    expect(await textOf({ kept })).toBe("nothing for today");
    expect(Object.keys(kept)).toEqual(["/account/today?away"]);
  });

  test("is never a day without an end", async () => {
    const kept = { ...keptUntil(0), "/account/today": new Response("the day") };
    expect(await textOf({ kept })).toBe("nothing for today");
  });

  test("is the browser's own page about it where nothing is kept", async () => {
    expect((await answerOf({}))?.type).toBe("error");
  });
});

test.each([
  { method: "POST", mode: "navigate" },
  { method: "GET", mode: "cors" },
])("what isn't a page that is opened is left alone: %j", async (request) => {
  expect(await answerOf({ request, kept: keptUntil(60_000) })).toBeNull();
});
