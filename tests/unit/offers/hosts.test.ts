import { describe, expect, test } from "vitest";
import type { CalendarCoverage } from "@/lib/calendars/busy";
import type { Offer, OfferHost } from "@/lib/offers/offer";
import { judgeAmong, type LiveBusy, takenBy } from "@/lib/offers/slots";
import { type Around, asOfOf, isClosed } from "@/lib/offers/surroundings";
import { at, booking, eventType, interval, schedule } from "../scheduling/given";

function host(id: string, kind: OfferHost["kind"], more: Partial<OfferHost> = {}): OfferHost {
  const hours = { ...schedule("UTC", "09:00-12:00"), closedDateNames: {} };
  const person = { id, name: id, handle: id, weight: 100, priority: 0 };
  return { ...person, kind, schedule: hours, connectionState: null, isReadOnly: false, ...more };
}

function offerOf(rotatingHosts: number, ...hosts: [OfferHost, ...OfferHost[]]): Offer {
  const offered = eventType() as Offer["eventType"];
  const organizer = { name: "O", handle: "o" };
  return { organizer, eventType: offered, hosts, rotatingHosts, timeZone: "UTC", isRemnant: false };
}

const slot = interval("2026-03-02 10:00", "10:30");
const now = at("2026-03-01 00:00");
const nothing = (offer: Offer) => new Map(offer.hosts.map(({ id }) => [id, []]));

describe("who takes part in a slot", () => {
  const verdictOf = (offer: Offer, live: LiveBusy | null, bookings = nothing(offer)) => {
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
    expect(verdictOf(offer, null)).toEqual(["a", "b", "c"]);
    const taken = nothing(offer).set("b", [booking("2026-03-02 10:00", "10:30")] as never);
    expect(verdictOf(offer, null, taken)).toEqual(["a", "c", "d"]);
  });

  test("no one takes part in a slot whose calendar was not asked where others were", () => {
    const offer = offerOf(1, host("a", "rotating", connected), host("b", "rotating", connected));
    expect(verdictOf(offer, null)).toEqual(["a"]);
    expect(verdictOf(offer, new Map([["b", []]]))).toEqual(["b"]);
    expect(verdictOf(offer, new Map([["b", [slot]]]))).toBe("taken");
    expect(verdictOf(offer, new Map())).toBe("taken");
    const unconnected = offerOf(1, host("a", "rotating", connected), host("b", "rotating"));
    expect(verdictOf(unconnected, new Map())).toEqual(["b"]);
  });

  test("no one takes part in a slot of whom nothing was read", () => {
    const offer = offerOf(0, host("a", "fixed"), host("b", "fixed"));
    expect(verdictOf(offer, null, new Map([["a", []]]))).toBe("taken");
  });

  test("other hosts are named first only where enough of them could have come", () => {
    const late = { ...schedule("UTC", "11:00-12:00"), closedDateNames: {} };
    const busy = (id: string, offer: Offer) =>
      nothing(offer).set(id, [booking("2026-03-02 10:00", "10:30")] as never);
    const turns = offerOf(1, host("a", "rotating", { schedule: late }), host("b", "rotating"));
    expect(verdictOf(turns, null, busy("b", turns))).toBe("taken");
    const together = offerOf(0, host("a", "fixed", { schedule: late }), host("b", "fixed"));
    expect(verdictOf(together, null, busy("b", together))).toBe("outside");
    const both = { ...turns, rotatingHosts: 2 };
    expect(verdictOf(both, null, busy("b", both))).toBe("outside");
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
