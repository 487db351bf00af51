import { beforeEach, describe, expect, it } from "vitest";
import { openWatchers } from "@/scripts/watchers.mjs";

let now = 0;
let watchers = openWatchers(() => now);
beforeEach(() => {
  now = 0;
  watchers = openWatchers(() => now);
});

/** Someone asks so many times, with a gap after each question. */
function ask(times: number, gapMs: number, { isReady = true, name = "balancer" } = {}) {
  for (let nth = 0; nth < times; nth += 1) {
    watchers.note(name, isReady);
    now += gapMs;
  }
}

const refuse = (times: number, gapMs: number, name = "balancer") =>
  ask(times, gapMs, { isReady: false, name });

describe("a server that stops waits for no one", () => {
  it("a server that stops waits for no one where nobody has asked", () => {
    expect(watchers.haveHeard()).toBe(true);
  });

  it("a server that stops waits for no one who has asked once, or twice in the same moment", () => {
    ask(1, 50);
    expect(watchers.haveHeard()).toBe(true);
    ask(1, 50);
    expect(watchers.haveHeard()).toBe(true);
  });

  it("a server that stops waits for no one who asks so rarely that they can't be waited for", () => {
    ask(3, 10_001);
    expect(watchers.haveHeard()).toBe(true);
  });

  it("a server that stops waits for no one who has stopped asking", () => {
    ask(3, 5_000);
    now += 10_001;
    expect(watchers.haveHeard()).toBe(true);
  });
});

describe("a server that stops waits for who asks at intervals", () => {
  it.each([100, 300, 2_000, 10_000])(
    "a server that stops waits for who asks at intervals of %i ms until they have heard it three times",
    (gapMs) => {
      ask(2, gapMs);
      expect(watchers.haveHeard()).toBe(false);
      refuse(2, gapMs);
      expect(watchers.haveHeard()).toBe(false);
      refuse(1, gapMs);
      expect(watchers.haveHeard()).toBe(true);
    },
  );

  it("a server that stops waits for who asks at intervals even when they are late", () => {
    ask(2, 300);
    now += 1_600;
    expect(watchers.haveHeard()).toBe(false);
    ask(2, 4_000);
    now += 7_900;
    expect(watchers.haveHeard()).toBe(false);
  });

  it("a server that stops waits for who asks at intervals: all of them", () => {
    ask(2, 500, { name: "one" });
    ask(2, 500, { name: "other" });
    refuse(3, 500, "one");
    expect(watchers.haveHeard()).toBe(false);
    refuse(3, 500, "other");
    expect(watchers.haveHeard()).toBe(true);
  });

  it("a server that stops waits for who asks at intervals, and what they heard before it was ready again doesn't count", () => {
    ask(2, 500);
    refuse(3, 500);
    ask(1, 500);
    expect(watchers.haveHeard()).toBe(false);
  });

  it("a server that stops waits for who asks at intervals, of the last hundred who asked", () => {
    ask(2, 500, { name: "first" });
    for (let nth = 0; nth < 100; nth += 1) watchers.note(`other ${nth}`, true);
    expect(watchers.haveHeard()).toBe(true);
  });
});
