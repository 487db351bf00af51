import { expect, test } from "vitest";
import { otherClocks } from "@/lib/booking-page/other-clocks";

const winter = { start: Date.UTC(2027, 0, 11, 9), end: Date.UTC(2027, 0, 11, 10) };
const paris = { name: "Ada", timeZone: "Europe/Paris" };
const berlin = { name: "Ben", timeZone: "Europe/Berlin" };
const newYork = { name: "Cem", timeZone: "America/New_York" };
const names = (zone: string, hosts: (typeof paris)[]) =>
  otherClocks(zone, hosts, winter).map(({ name }) => name);

test("each host who is in yet another zone gets a clock, and one is enough for those whose clocks agree", () => {
  expect(names("Europe/London", [paris, newYork, berlin])).toEqual(["Ada", "Cem"]);
  expect(names("Europe/Paris", [berlin, newYork])).toEqual(["Cem"]);
  expect(names("Europe/Paris", [paris, berlin])).toEqual([]);
  expect(names("America/New_York", [newYork, berlin, paris])).toEqual(["Ben"]);
});
