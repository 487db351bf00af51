import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/database/client";
import { makeSampleTeam } from "@/prisma/sample-team";
import { makeOrganizer } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;

beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());

test("the demo's team has three people, one connected, and a week in which turns follow the weights", async () => {
  const [ines, theo, noor] = [await makeOrganizer(), await makeOrganizer(), await makeOrganizer()];
  const people = { ines: ines.id, theo: theo.id, noor: noor.id };
  await makeSampleTeam(people);
  await makeSampleTeam(people);
  const team = await db().team.findUniqueOrThrow({
    where: { handle: "moreau-partners" },
    select: {
      members: { select: { userId: true } },
      bookings: { select: { hosts: { select: { userId: true } } } },
    },
  });
  expect(team.members).toHaveLength(3);
  const taken = team.bookings.flatMap(({ hosts }) => hosts.map(({ userId }) => userId));
  const count = (id: string) => taken.filter((userId) => userId === id).length;
  expect([count(ines.id), count(theo.id), count(noor.id)]).toEqual([2, 4, 2]);
  const connection = await db().meetingProviderConnection.findFirst({ where: { userId: theo.id } });
  expect(connection).toMatchObject({ accountEmail: "theo.lindqvist@contoso.example", state: "connected" });
});
