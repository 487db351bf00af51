import { describe, expect, test } from "vitest";
import type { CalendarCoverage } from "@/lib/calendars/busy";
import type { Offer, OfferHost } from "@/lib/offers/offer";
import { judgeAmong, type LiveBusy, takenBy } from "@/lib/offers/slots";
import { type Around, asOfOf, isClosed } from "@/lib/offers/surroundings";
import { at, booking, eventType, interval, schedule } from "../scheduling/given";

function host(id: string, kind: OfferHost["kind"], more: Partial<OfferHost> = {}): OfferHost {
  const hours = { ...schedule("UTC", "09:00-12:00"), closedDateNames: {} };
  const person = { id, name: id, handle: id, weight: 100, priority: 0, joinedAt: 0, lastTakenAt: null };
  return { ...person, kind, schedule: hours, connectionState: null, isReadOnly: false, ...more };
}

function offerOf(rotatingHosts: number, ...hosts: [OfferHost, ...OfferHost[]]): Offer {
  const offered = { ...eventType(), teamId: null } as Offer["eventType"];
  const organizer = { name: "O", handle: "o" };
  return { organizer, eventType: offered, hosts, rotatingHosts, timeZone: "UTC", isRemnant: false };
}

const slot = interval("2026-03-02 10:00", "10:30");
const now = at("2026-03-01 00:00");
const noneAsked: LiveBusy = new Map();
const nothing = (offer: Offer) => new Map(offer.hosts.map(({ id }) => [id, []]));

describe("who takes part in a slot", () => {
  const verdictOf = (offer: Offer, live: LiveBusy, bookings = nothing(offer)) => {
    const verdict = judgeAmong(offer, slot, { now, taken: takenBy(offer, bookings, live) });
    return verdict.offered ? verdict.hosts.map(({ id }) => id) : verdict.because;
  };
  const connected = { connectionState: "connected" } as const;

  test("those who take part in a slot are all who always do, first, and as many others as are needed, in their order", () => {
    const offer = offerOf(
      2,
      host("a", "fixed"),
      host("b", "rotating"),
      host("c", "rotating"),
      host("d", "rotating"),
    );
    expect(verdictOf(offer, noneAsked)).toEqual(["a", "b", "c"]);
    const taken = nothing(offer).set("b", [booking("2026-03-02 10:00", "10:30")] as never);
    expect(verdictOf(offer, noneAsked, taken)).toEqual(["a", "c", "d"]);
  });

  test("no one takes part in a slot whose calendar can't be read or is busy, and one that was not asked is in no one's way", () => {
    const offer = offerOf(1, host("a", "rotating", connected), host("b", "rotating", connected));
    expect(verdictOf(offer, noneAsked)).toEqual(["a"]);
    expect(verdictOf(offer, new Map([["a", null]]))).toEqual(["b"]);
    expect(verdictOf(offer, new Map([["a", [slot]]]))).toEqual(["b"]);
    expect(
      verdictOf(
        offer,
        new Map([
          ["a", null],
          ["b", [slot]],
        ]),
      ),
    ).toBe("taken");
  });

  test("no one takes part for a team whose connection has ended, and someone alone does", () => {
    const ended = { connectionState: "reconnect_needed" } as const;
    const alone = offerOf(1, host("a", "rotating", ended), host("b", "rotating", connected));
    expect(verdictOf(alone, noneAsked)).toEqual(["a"]);
    const shared = { ...alone, eventType: { ...alone.eventType, teamId: "t" } };
    expect(verdictOf(shared, noneAsked)).toEqual(["b"]);
  });

  test("those who take part by turns are the first in whose turn it is who are free", () => {
    const offer = offerOf(1, host("a", "rotating"), host("b", "rotating"), host("c", "rotating"));
    const standing = { priority: 0, weight: 100, taken: 0, share: 0, lastTakenAt: null };
    const standings = ["c", "b", "a"].map((id) => ({ ...standing, id }));
    const bookings = nothing(offer).set("c", [booking("2026-03-02 10:00", "10:30")] as never);
    const verdict = judgeAmong(offer, slot, { now, standings, taken: takenBy(offer, bookings, noneAsked) });
    expect(verdict.offered && verdict.hosts.map(({ id }) => id)).toEqual(["b"]);
    expect(verdict.offered && verdict.turns.map(({ passedOver }) => passedOver)).toEqual([["c"]]);
  });

  test("no one takes part in a slot of whom nothing was read", () => {
    const offer = offerOf(0, host("a", "fixed"), host("b", "fixed"));
    expect(verdictOf(offer, noneAsked, new Map([["a", []]]))).toBe("taken");
  });

  test("other hosts are named first only where enough of them could have come", () => {
    const late = { ...schedule("UTC", "11:00-12:00"), closedDateNames: {} };
    const busy = (id: string, offer: Offer) =>
      nothing(offer).set(id, [booking("2026-03-02 10:00", "10:30")] as never);
    const turns = offerOf(1, host("a", "rotating", { schedule: late }), host("b", "rotating"));
    expect(verdictOf(turns, noneAsked, busy("b", turns))).toBe("taken");
    const together = offerOf(0, host("a", "fixed", { schedule: late }), host("b", "fixed"));
    expect(verdictOf(together, noneAsked, busy("b", together))).toBe("outside");
    const both = { ...turns, rotatingHosts: 2 };
    expect(verdictOf(both, noneAsked, busy("b", both))).toBe("outside");
  });
});

describe("what the calendars of hosts are good for", () => {
  const known = (asOf: number | null): CalendarCoverage => {
    return { kind: "known", asOf, goodUntil: Infinity, coveredUntil: Infinity };
  };
  const closed: CalendarCoverage = { kind: "closed", asOf: 5 };
  const aroundOf = (coverages: Record<string, CalendarCoverage>): Around =>
    new Map(Object.entries(coverages).map(([id, coverage]) => [id, { bookings: [], busy: [], coverage }]));

  test("one that can't be read closes the page where its host always takes part, or no one else is left", () => {
    const together = offerOf(0, host("a", "fixed"), host("b", "fixed"));
    expect(isClosed(together, aroundOf({ a: known(1), b: { kind: "none" } }))).toBe(false);
    expect(isClosed(together, aroundOf({ a: known(1), b: closed }))).toBe(true);
    expect(isClosed(together, aroundOf({ a: known(1) }))).toBe(true);
    const turns = offerOf(1, host("a", "rotating"), host("b", "rotating"));
    expect(isClosed(turns, aroundOf({ a: known(1), b: closed }))).toBe(false);
    expect(isClosed(turns, aroundOf({ a: closed, b: closed }))).toBe(true);
    expect(isClosed({ ...turns, rotatingHosts: 2 }, aroundOf({ a: known(1), b: closed }))).toBe(true);
  });

  test("the calendars of hosts are as old as the one that was read longest ago", () => {
    expect(asOfOf(aroundOf({ a: known(7), b: closed, c: { kind: "none" }, d: known(null) }))).toBe(5);
    expect(asOfOf(aroundOf({ a: { kind: "none" } }))).toBeNull();
  });
});
