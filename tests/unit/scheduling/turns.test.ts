import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { standingsOf, type TakenCount, type TurnHost, takeTurns } from "@/lib/slot-engine/turns";

function host(id: string, more: Partial<TurnHost> = {}): TurnHost {
  return { id, priority: 0, weight: 100, joinedAt: null, lastTakenAt: null, ...more };
}

const taken = (hostId: string, count: number, since: number | null = null): TakenCount => ({
  hostId,
  since,
  count,
});
const everyone = () => true;

/** Whose turn it is when these are free. */
function turnOf(hosts: TurnHost[], counts: TakenCount[], free: (id: string) => boolean = everyone) {
  const [turn] = takeTurns(standingsOf(hosts, counts), free, 1);
  return turn ? { id: turn.id, reason: turn.reason } : null;
}

/** Books some times, one after another, with everyone free, and says who was taken. */
function play(hosts: TurnHost[], rounds: number, counts: TakenCount[] = [], since = 1000): string[] {
  const joins = hosts.flatMap(({ joinedAt }) => joinedAt ?? []);
  const joined = joins.length > 0 ? Math.max(...joins) : null;
  const last = new Map(hosts.map(({ id, lastTakenAt }) => [id, lastTakenAt]));
  const made = [...counts];
  const order: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const standing = hosts.map((one) => ({ ...one, lastTakenAt: last.get(one.id) ?? null }));
    const turn = turnOf(standing, made);
    if (!turn) throw new Error("No one is free.");
    last.set(turn.id, since + round);
    made.push(taken(turn.id, 1, joined));
    order.push(turn.id);
  }
  return order;
}

const countOf = (order: string[], id: string) => order.filter((one) => one === id).length;

describe("whose turn it is", () => {
  test("the turn is the host's who has taken the smallest share of the month", () => {
    expect(turnOf([host("a"), host("b")], [taken("a", 3), taken("b", 2)])).toEqual({
      id: "b",
      reason: "share",
    });
  });

  test("a host of a higher priority takes the turn whatever they have taken", () => {
    const hosts = [host("a"), host("b", { priority: 1 })];
    expect(turnOf(hosts, [taken("b", 40)])).toEqual({ id: "b", reason: "priority" });
  });

  test("a host of a lower priority takes the turn where no one above is free", () => {
    const hosts = [host("a"), host("b", { priority: 1 })];
    expect(turnOf(hosts, [], (id) => id === "a")).toEqual({ id: "a", reason: "only_choice" });
  });

  test("a host with twice the weight takes twice as many turns", () => {
    const order = play([host("a", { weight: 200 }), host("b"), host("c")], 40);
    expect([countOf(order, "a"), countOf(order, "b"), countOf(order, "c")]).toEqual([20, 10, 10]);
  });

  test("a host of weight 1 beside one of weight 1000 takes one turn in a thousand and one", () => {
    const order = play([host("a", { weight: 1000 }), host("b", { weight: 1 })], 1001);
    expect(countOf(order, "b")).toBe(1);
  });

  test("of hosts with the same share the turn is whose last one is longest ago", () => {
    const hosts = [host("a", { lastTakenAt: 20 }), host("b", { lastTakenAt: 10 })];
    expect(turnOf(hosts, [taken("a", 1), taken("b", 1)])).toEqual({ id: "b", reason: "longest_ago" });
  });

  test("a host who never had a turn comes before one who had, at the same share", () => {
    const hosts = [host("a", { lastTakenAt: 20 }), host("b")];
    expect(turnOf(hosts, [])).toEqual({ id: "b", reason: "longest_ago" });
  });

  test("where all else is equal hosts take turns in their order", () => {
    expect(turnOf([host("b"), host("a")], [])).toEqual({ id: "b", reason: "order" });
    expect(play([host("b"), host("a"), host("c")], 6).join("")).toBe("bacbac");
  });

  test("shares that are sums of thirds are the same share", () => {
    const hosts = [host("a", { weight: 3, lastTakenAt: 2 }), host("b", { weight: 1, lastTakenAt: 1 })];
    const counts = [taken("a", 1), taken("a", 1), taken("a", 1), taken("b", 1)];
    expect(turnOf(hosts, counts)).toEqual({ id: "b", reason: "longest_ago" });
  });

  test("no one takes a turn where no one is free", () => {
    expect(turnOf([host("a")], [], () => false)).toBeNull();
  });
});

describe("several of those who take turns", () => {
  test("two turns are the first two of the order", () => {
    const standings = standingsOf([host("a"), host("b"), host("c")], [taken("a", 1)]);
    expect(takeTurns(standings, everyone, 2).map(({ id }) => id)).toEqual(["b", "c"]);
  });

  test("a reason compares with the first one who is not taken", () => {
    const standings = standingsOf([host("a"), host("b"), host("c", { priority: 2 })], [taken("a", 1)]);
    const turns = takeTurns(standings, everyone, 2);
    expect(turns.map(({ id, reason }) => [id, reason])).toEqual([
      ["c", "priority"],
      ["b", "share"],
    ]);
  });

  test("a turn names those who would have come first had they been free", () => {
    const standings = standingsOf([host("a"), host("b"), host("c")], []);
    const [turn] = takeTurns(standings, (id) => id === "c", 1);
    expect(turn?.passedOver).toEqual(["a", "b"]);
    expect(turn?.reason).toBe("only_choice");
  });
});

describe("a host who joins", () => {
  test("a newcomer goes on from the smallest share of the others", () => {
    const hosts = [host("a"), host("b"), host("new", { joinedAt: 500 })];
    const standings = standingsOf(hosts, [taken("a", 10), taken("b", 12)]);
    expect(standings.find(({ id }) => id === "new")?.share).toBeCloseTo(0.1);
  });

  test("a newcomer is neither flooded nor left out", () => {
    const hosts = [host("a"), host("b"), host("new", { joinedAt: 500 })];
    const order = play(hosts, 30, [taken("a", 10), taken("b", 10)]);
    expect(order.slice(0, 3)).toContain("new");
    expect(countOf(order, "new")).toBe(10);
  });

  test("what the others take after a newcomer came doesn't move where the newcomer started", () => {
    const hosts = [host("a"), host("new", { joinedAt: 500 })];
    const counts = [taken("a", 10), taken("a", 5, 500), taken("new", 1, 500)];
    const standings = standingsOf(hosts, counts);
    expect(standings.map(({ id, share }) => [id, Number(share.toFixed(6))])).toEqual([
      ["new", 0.11],
      ["a", 0.15],
    ]);
  });

  test("someone who comes back with more than the others keeps what they had", () => {
    const hosts = [host("a"), host("back", { joinedAt: 500 })];
    const standings = standingsOf(hosts, [taken("a", 2), taken("back", 6)]);
    expect(standings.find(({ id }) => id === "back")?.share).toBeCloseTo(0.06);
  });

  test("hosts who joined at the same moment all start from nothing", () => {
    const hosts = [host("a", { joinedAt: 500 }), host("b", { joinedAt: 500 })];
    expect(standingsOf(hosts, []).map(({ share }) => share)).toEqual([0, 0]);
    expect(play(hosts, 4).join("")).toBe("abab");
  });

  test("a second newcomer starts from where the first has got to", () => {
    const hosts = [host("a"), host("first", { joinedAt: 500 }), host("second", { joinedAt: 600 })];
    const counts = [taken("a", 10), taken("a", 4, 500), taken("first", 1, 500)];
    const standings = standingsOf(hosts, counts);
    expect(standings.find(({ id }) => id === "second")?.share).toBeCloseTo(0.11);
  });

  test("bookings since someone joined who isn't among the hosts count as made after the join before", () => {
    const hosts = [host("a"), host("new", { joinedAt: 500 })];
    const counts = [taken("a", 10), taken("a", 5, 700), taken("new", 1, 700)];
    const standings = standingsOf(hosts, counts);
    expect(standings.map(({ id, taken: count, share }) => [id, count, Number(share.toFixed(6))])).toEqual([
      ["new", 1, 0.11],
      ["a", 15, 0.15],
    ]);
  });

  test("a newcomer isn't measured by hosts of another priority", () => {
    const hosts = [host("spare"), host("a", { priority: 5 }), host("new", { priority: 5, joinedAt: 500 })];
    const standings = standingsOf(hosts, [taken("a", 10)]);
    expect(standings.find(({ id }) => id === "new")?.share).toBeCloseTo(0.1);
  });
});

test("whatever the weights, everyone's share stays within one turn of everyone else's", () => {
  const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 200 }), (given, rounds) => {
      const hosts = given.map((weight, index) => host(`h${index}`, { weight }));
      const order = play(hosts, rounds);
      const shares = hosts.map(({ id, weight }) => countOf(order, id) / weight);
      const oneTurn = Math.max(...given.map((weight) => 1 / weight));
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(oneTurn + 1e-9);
    }),
    { numRuns: 60 },
  );
});
