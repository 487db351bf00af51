import { expect, test } from "vitest";
import { canBeDone, type SeveralVerb, severalVerbs } from "@/lib/booking/several";

const now = Date.parse("2030-01-01T12:00:00Z");
const at = (hours: number) => new Date(now + hours * 3600_000);
const confirmed = { status: "confirmed", awaits: null, noShowAt: null } as const;

test.each<[string, Parameters<typeof canBeDone>[1], SeveralVerb[]]>([
  ["a booking to come", { ...confirmed, startsAt: at(1), endsAt: at(2) }, ["cancel"]],
  ["one that has begun", { ...confirmed, startsAt: at(-1), endsAt: at(1) }, ["cancel", "no_show"]],
  ["one that is over", { ...confirmed, startsAt: at(-2), endsAt: at(-1) }, ["no_show"]],
  ["a no-show", { ...confirmed, startsAt: at(-2), endsAt: at(-1), noShowAt: at(0) }, []],
  [
    "a request",
    { status: "pending", awaits: "organizer", noShowAt: null, startsAt: at(1), endsAt: at(2) },
    ["approve", "decline"],
  ],
  [
    "a request that is over",
    { status: "pending", awaits: "organizer", noShowAt: null, startsAt: at(-2), endsAt: at(-1) },
    [],
  ],
  ["a cancelled one", { ...confirmed, status: "cancelled", startsAt: at(1), endsAt: at(2) }, []],
])("what can be done with several bookings at once: %s", (_, booking, verbs) => {
  expect(severalVerbs.filter((verb) => canBeDone(verb, booking, now))).toEqual(verbs);
});
