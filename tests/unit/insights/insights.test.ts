import { expect, test } from "vitest";
import { exportInsights } from "@/lib/insights/export-csv";
import type { Insights } from "@/lib/insights/figures";
import { periodOf, readWeekCount } from "@/lib/insights/period";
import { stepsOf } from "@/lib/insights/visit";

const path = { "x-bellhop-path": "/ines/intro?start=2027-03-01T10:00:00Z" };
const from = (query: string) => ({ ...path, referer: `https://book.example/ines/intro${query}` });
const all = { hasForm: false, hasTimes: true };

const visits: [string, Record<string, string>, typeof all, string[]][] = [
  ["opened from a link", path, all, ["page", "times"]],
  ["opened while nothing is free", path, { ...all, hasTimes: false }, ["page"]],
  ["opened at a time that a website links to", path, { ...all, hasForm: true }, ["page", "times", "form"]],
  ["opened from another page", { ...path, referer: "https://book.example/ines" }, all, ["page", "times"]],
  ["another day is looked at", from(""), all, []],
  ["a time is chosen", from("?date=2027-03-01"), { ...all, hasForm: true }, ["form"]],
  ["another time is chosen", from("?start=2027-03-01T09:00:00Z"), { ...all, hasForm: true }, []],
  ["the page is reloaded", { ...path, "cache-control": "max-age=0" }, { ...all, hasForm: true }, []],
  ["the router fetches ahead", { ...path, "next-router-prefetch": "1" }, all, []],
  ["a browser fetches ahead", { ...path, "sec-purpose": "prefetch;prerender" }, all, []],
  ["an organizer sees it beside its editor", { "x-bellhop-path": "/embed/ines/intro?preview=1" }, all, []],
  ["a search engine comes by", { ...path, "user-agent": "Examplebot/2.1" }, all, []],
];

test.each(visits)("a visitor is counted once for each step: %s", (_, sent, shown, steps) => {
  expect(stepsOf(new Headers(sent), shown)).toEqual(steps);
});

test("weeks go from Monday to Sunday in the organizer's zone, through changes of the clock", () => {
  // Sunday, 28 March 2027, 23:30 in Paris: the clock went forward that morning.
  const now = Date.parse("2027-03-28T21:30:00Z");
  const period = periodOf(4, "Europe/Paris", now);
  expect(period.weeks.map(({ monday, start }) => [monday, start.toISOString()])).toEqual([
    ["2027-03-01", "2027-02-28T23:00:00.000Z"],
    ["2027-03-08", "2027-03-07T23:00:00.000Z"],
    ["2027-03-15", "2027-03-14T23:00:00.000Z"],
    ["2027-03-22", "2027-03-21T23:00:00.000Z"],
  ]);
  expect(period).toMatchObject({
    first: "2027-03-01",
    last: "2027-03-28",
    end: new Date("2027-03-28T22:00:00Z"),
  });
  expect(periodOf(4, "Asia/Tokyo", now).last).toBe("2027-04-04");
});

test("only the periods on offer can be asked for", () => {
  expect(["4", "52", "5", "x", null].map(readWeekCount)).toEqual([4, 52, 12, 12, 12]);
});

test("a table is a file with a head, and names that look like formulas are harmless in it", async () => {
  const row = { booked: 2, cancelled: 1, noShows: 0, leadHours: 26.25 };
  const none = { booked: 0, cancelled: 0, noShows: 0, leadHours: null };
  const insights: Insights = {
    total: row,
    weeks: [{ monday: "2027-03-01", ...none }],
    types: [{ id: "1", title: "=Intro", ...row }],
    hosts: [],
    funnel: [{ id: "1", title: "Intro", page: 9, times: 8, form: 4, booked: 2 }],
    link: null,
    connections: [{ name: "Ines", state: null, outages: 0 }],
  };
  const csv = async (table: Parameters<typeof exportInsights>[1]) => {
    let text = "";
    for await (const piece of exportInsights(insights, table)) text += piece;
    return text.trim().split("\r\n");
  };
  expect(await csv("types")).toEqual([
    "event_type,booked,cancelled,no_shows,lead_hours_median",
    "'=Intro,2,1,0,26.3",
  ]);
  expect(await csv("weeks")).toEqual([
    "week,booked,cancelled,no_shows,lead_hours_median",
    "2027-03-01,0,0,0,",
  ]);
  expect(await csv("hosts")).toEqual(["host,booked,cancelled,no_shows,lead_hours_median"]);
  expect(await csv("funnel")).toEqual(["event_type,page,times,form,booked", "Intro,9,8,4,2"]);
  expect(await csv("connections")).toEqual(["name,state,outages", "Ines,not_connected,0"]);
});
