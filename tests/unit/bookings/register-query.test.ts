import { describe, expect, it } from "vitest";
import {
  readRegisterQuery,
  readSavedQuery,
  registerHref,
  toSavedQuery,
} from "@/app/account/bookings/register-query";

const id = "0f8fad5b-d9cb-469f-a165-70867728950e";

describe("the register's address", () => {
  it("the register's address is the plain path for all that is upcoming", () => {
    expect(registerHref({ view: "upcoming" })).toBe("/account/bookings");
  });

  it("the register's address comes back as it was written", () => {
    const query = {
      view: "past" as const,
      week: "2026-11-30",
      eventType: id,
      meeting: "missing" as const,
      after: { startsAt: new Date("2026-12-01T09:30:00Z"), id },
    };
    const { searchParams } = new URL(registerHref(query), "http://here.invalid");
    expect(readRegisterQuery(Object.fromEntries(searchParams))).toEqual(query);
  });

  it("the register's address means all bookings when someone searches, unless a view is named", () => {
    expect(readRegisterQuery({ q: " Rosa " })).toEqual({ q: "Rosa", view: "all" });
    expect(readRegisterQuery({ from: "2026-12-01" }).view).toBe("all");
    expect(registerHref({ state: "suspicious", view: "all" })).toBe("/account/bookings?state=suspicious");
    expect(readRegisterQuery({ state: "suspicious" })).toEqual({ state: "suspicious", view: "all" });
    expect(readRegisterQuery({ q: "Rosa", view: "upcoming" }).view).toBe("upcoming");
    expect(registerHref({ q: "Rosa", view: "all" })).toBe("/account/bookings?q=Rosa");
    expect(registerHref({ q: "Rosa", view: "upcoming" })).toBe("/account/bookings?q=Rosa&view=upcoming");
  });

  it("the register's address leaves out whatever can't be meant instead of failing", () => {
    const nonsense = {
      view: "everything",
      day: "2026-02-30",
      eventType: "1 OR 1=1",
      meeting: ["verified", "missing"],
      after: "zzzz",
      surprise: "yes",
    };
    expect(readRegisterQuery(nonsense)).toEqual({ view: "upcoming" });
    const unreadable = {
      day: "0000-01-01",
      week: "9999-12-31",
      q: "\u0000",
      after: `${(-6e13).toString(36)}_${id}`,
    };
    expect(readRegisterQuery(unreadable)).toEqual({ view: "upcoming" });
  });
});

describe("a filter that is saved", () => {
  it("a filter that is saved comes back with its view, and without page, day, week or words of a search", () => {
    const kept = {
      eventType: id,
      meeting: "missing",
      status: "no_show",
      from: "2026-12-01",
      to: "2026-12-31",
    };
    const passing = {
      q: "Rosa",
      week: "2026-11-30",
      day: "2026-12-01",
      after: `${Date.parse("2026-12-01").toString(36)}_${id}`,
    };
    for (const view of ["upcoming", "past", "cancelled", "all"]) {
      const saved = toSavedQuery(readRegisterQuery({ ...kept, ...passing, view }));
      expect(saved).not.toContain("Rosa");
      expect(readSavedQuery(saved ?? "")).toEqual({ ...kept, view });
    }
  });

  it("a filter that is saved is one: a search, a day or a view alone is none", () => {
    for (const alone of [{}, { q: "Rosa" }, { day: "2026-12-01" }, { view: "past" }]) {
      expect(toSavedQuery(readRegisterQuery(alone))).toBeNull();
    }
  });

  it("a filter that is saved shows what can still be meant", () => {
    expect(readSavedQuery("status=no_show&view=gone&after=zzzz")).toEqual({ status: "no_show", view: "all" });
  });
});
