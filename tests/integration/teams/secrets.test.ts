import { afterAll, beforeAll, expect, it } from "vitest";
import { SEEDED_APP } from "@/tests/emulator/seed";
import { addOrganizer, connectAs, openStage, type Stage } from "@/tests/integration/teams/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    TEAMS_CLIENT_SECRET: "a-secret-that-has-run-out~0",
    TEAMS_CLIENT_SECRET_NEXT: SEEDED_APP.nextClientSecret,
  });
});
afterAll(() => stage.close());

it("connects with the second secret when the first is refused, and keeps to it from then on", async () => {
  for (const expected of [[401, 200], [200]]) {
    await stage.control.resetCounters();
    const { completion } = await connectAs(await addOrganizer(), { email: await stage.addPerson() });
    expect(completion).toMatchObject({ problem: null });
    const tries = await stage.control.requests({ path: "/oauth2/v2.0/token" });
    expect(tries.map(({ status }) => status)).toEqual(expected);
  }
});

it("goes back to the first secret when the second is refused one day", async () => {
  await stage.control.changeApp(SEEDED_APP.clientId, {
    secrets: [{ value: "a-secret-that-has-run-out~0", expiresAt: null }],
  });
  const { completion } = await connectAs(await addOrganizer(), { email: await stage.addPerson() });
  expect(completion).toMatchObject({ problem: null });
});

it("blames the operator when both are refused, and no one's connection", async () => {
  await stage.control.changeApp(SEEDED_APP.clientId, {
    secrets: [{ value: "quite-another~9", expiresAt: null }],
  });
  const { completion } = await connectAs(await addOrganizer(), { email: await stage.addPerson() });
  expect(completion).toMatchObject({ problem: { code: "misconfigured" } });
});
