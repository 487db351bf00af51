import { expect, test } from "vitest";
import { judgeAttendance } from "@/lib/booking/attendance-verdict";
import type { Attendant } from "@/lib/meetings/attendance-reader";

const start = Date.UTC(2027, 2, 1, 10);
const at = (minutes: number) => new Date(start + minutes * 60_000);
const appointment = {
  startsAt: at(0),
  endsAt: at(30),
  hosts: { emails: ["ines@example.com", "bo@example.com"], accountIds: ["account-of-bo"] },
  bookings: [
    { id: "ada", emails: ["ada@example.org", "grace@example.org"] },
    { id: "vera", emails: ["vera@example.org"] },
  ],
};

const person = (more: Partial<Attendant> = {}, from = 0, to = 30): Attendant => ({
  email: null,
  accountId: null,
  isOrganizer: false,
  stays: [{ from: at(from), to: at(to) }],
  ...more,
});
const organizer = person({ isOrganizer: true });

function judge(people: Attendant[], isWhole = true) {
  const found = judgeAttendance(appointment, { people, isWhole });
  return Object.fromEntries([...found].map(([id, { verdict }]) => [id, verdict]));
}

test("each visitor of a shared meeting is judged by their own addresses", () => {
  expect(judge([organizer, person({ email: "Grace@example.org" })])).toEqual({
    ada: "attended",
    vera: "absent",
  });
});

test("hosts are known by their addresses and accounts, and are no one's visitor", () => {
  const hosts = [person({ email: "INES@example.com" }), person({ accountId: "account-of-bo" })];
  expect(judge(hosts)).toEqual({ ada: "absent", vera: "absent" });
});

test("whoever can't be named may be any of those who aren't there", () => {
  const ada = person({ email: "ada@example.org" });
  for (const someone of [person(), person({ email: "who@example.net" }), person({ accountId: "another" })]) {
    expect(judge([organizer, ada, someone])).toEqual({ ada: "attended", vera: "unknown" });
  }
  expect(judge([organizer, ada], false)).toEqual({ ada: "attended", vera: "unknown" });
});

test("nobody is judged by a report of another time, or by none", () => {
  expect(judge([])).toEqual({});
  expect(judge([person({ isOrganizer: true }, -200, -100), person({ isOrganizer: true }, 91, 120)])).toEqual(
    {},
  );
  expect(judge([organizer, person({}, -200, -100)])).toEqual({ ada: "absent", vera: "absent" });
});

test("several stays count from the first to the last, and no one leaves before the hosts have", () => {
  const stays = [
    { from: at(8), to: at(12) },
    { from: at(3), to: at(5) },
  ];
  const of = (hostsLeft: number) =>
    judgeAttendance(appointment, {
      people: [person({ isOrganizer: true }, 0, hostsLeft), person({ email: "ada@example.org", stays })],
      isWhole: true,
    }).get("ada");
  expect(of(30)).toEqual({
    verdict: "attended",
    joinedAt: at(3),
    leftAt: at(12),
    lateMinutes: 3,
    earlyMinutes: 18,
  });
  expect(of(12)).toMatchObject({ earlyMinutes: 0 });
  expect(of(45)).toMatchObject({ earlyMinutes: 18 });
});
