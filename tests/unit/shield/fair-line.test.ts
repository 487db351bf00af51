import { beforeEach, describe, expect, it } from "vitest";
import { openFairLine } from "@/scripts/fair-line.mjs";

let now = 0;
let line = openFairLine(() => now);
beforeEach(() => {
  now = 0;
  line = openFairLine(() => now);
});

type Came = ReturnType<typeof come>;

/** A request of a network, and what became of it so far. */
function come(network: string | null, { hasArrived = true } = {}) {
  const came = { network, state: "waiting", hasArrived };
  const visit = {
    start() {
      came.state = "served";
    },
    refuse() {
      came.state = "refused";
    },
    hasArrived: () => came.hasArrived,
  };
  line.enter(network, visit);
  return Object.assign(came, { leave: () => line.leave(visit) });
}

const many = (count: number, network: string | null) => Array.from({ length: count }, () => come(network));
const tally = (visits: readonly Came[]) => {
  const states = { served: 0, waiting: 0, refused: 0 };
  for (const { state } of visits) states[state as keyof typeof states] += 1;
  return states;
};

describe("a request", () => {
  it("a request is served at once while there is room", () => {
    expect(tally([...many(32, "a"), ...many(32, "b")])).toEqual({ served: 64, waiting: 0, refused: 0 });
    expect(come("c").state).toBe("waiting");
  });

  it("a request finds room while one network takes all that it may", () => {
    expect(tally(many(500, "a"))).toEqual({ served: 32, waiting: 468, refused: 0 });
    expect(tally(many(32, "b"))).toEqual({ served: 32, waiting: 0, refused: 0 });
  });

  it("a request of no known network shares all of the room with the others of that kind", () => {
    expect(tally(many(65, null))).toEqual({ served: 64, waiting: 1, refused: 0 });
  });

  it("a request that waits comes next when another has left, in turn with other networks", () => {
    const running = many(64, null);
    const heavy = many(20, "heavy");
    const light = come("light");
    running[0]?.leave();
    running[1]?.leave();
    expect([tally(heavy).served, light.state]).toEqual([1, "served"]);
    running[2]?.leave();
    running[2]?.leave();
    expect(tally(heavy).served).toBe(2);
  });

  it("a request whose sender has gone isn't served", () => {
    const [first] = many(64, null);
    const gone = come("a");
    const next = come("b");
    gone.leave();
    first?.leave();
    expect([gone.state, next.state]).toEqual(["waiting", "served"]);
  });
});

describe("more than can be done", () => {
  it("more than can be done is refused at once to the network that asks most, newest first", () => {
    many(64, null);
    const heavy = many(50, "heavy");
    const light = many(3, "light");
    now = 1_001;
    const another = come("light");
    expect(tally([...light, another])).toEqual({ served: 0, waiting: 4, refused: 0 });
    expect(heavy.map(({ state }) => state).lastIndexOf("refused")).toBe(49);
    expect(tally(heavy)).toEqual({ served: 0, waiting: 49, refused: 1 });
    expect(come("heavy").state).toBe("refused");
  });

  it("more than can be done is refused to whoever comes last, among equals", () => {
    many(64, null);
    const others = Array.from({ length: 100 }, (_, nth) => come(`network ${nth}`));
    now = 1_001;
    expect(come("late").state).toBe("refused");
    expect(tally(others).refused).toBe(0);
    const heavy = many(2, "network 0");
    const light = come("network 1");
    expect([tally(heavy), light.state]).toEqual([{ served: 0, waiting: 0, refused: 2 }, "refused"]);
  });

  it("more than can be done is refused to whoever comes last, when they come up to those who asked most", () => {
    many(64, null);
    const first = come("first");
    const most = many(2, "most");
    now = 1_001;
    expect(come("first").state).toBe("refused");
    expect([first.state, tally(most).waiting]).toEqual(["waiting", 2]);
  });

  it("more than can be done is refused to no one while none waits long", () => {
    many(64, null);
    const waiting = many(1_900, "a");
    now = 1_000;
    expect(come("a").state).toBe("waiting");
    expect(tally(waiting).refused).toBe(0);
    expect(tally(many(200, "a")).refused).toBe(101);
  });
});

describe("a request that takes long", () => {
  it("a request that takes long gives its place on, and one whose body is still coming soon", () => {
    const slow = many(32, "a");
    const bodies = Array.from({ length: 32 }, () => come("b", { hasArrived: false }));
    const next = many(64, null);
    now = 99;
    line.takeTurns();
    expect(tally(next).served).toBe(0);
    now = 100;
    line.takeTurns();
    expect(tally(next).served).toBe(32);
    now = 1_000;
    line.takeTurns();
    expect(tally(next).served).toBe(64);
    for (const visit of [...slow, ...bodies, ...next]) visit.leave();
    expect(tally(many(64, null)).served).toBe(64);
    expect(come(null).state).toBe("waiting");
  });

  it("a request that takes long still counts: no more than a thousand are under way", () => {
    let all: Came[] = [];
    for (let round = 0; round < 20; round += 1) {
      all = [...all, ...many(64, null)];
      now += 1_000;
      line.takeTurns();
    }
    expect(tally(all).served).toBe(1_000);
    for (const visit of all) visit.leave();
    expect(come(null).state).toBe("served");
  });

  it("a request that takes long gives its network no more places than others have when it ends", () => {
    const slow = many(32, "a");
    now = 1_000;
    line.takeTurns();
    expect(tally(many(32, "a")).served).toBe(32);
    slow[0]?.leave();
    expect(come("a").state).toBe("waiting");
  });
});
