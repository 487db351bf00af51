import { afterAll, beforeAll, expect, it } from "vitest";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { getConnection } from "@/lib/connections/queries";
import { CONTOSO_TENANT_ID } from "@/tests/emulator/seed";
import { addOrganizer, connectAs, openStage, type Stage } from "@/tests/integration/teams/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ TEAMS_TENANT_ID: CONTOSO_TENANT_ID });
});
afterAll(() => stage.close());

it("connects accounts of the one tenant this server is for", async () => {
  const { completion } = await connectAs(await addOrganizer(), { email: await stage.addPerson() });
  expect(completion).toMatchObject({ problem: null });
});

it("does not store an account of another tenant, should Microsoft let one through", async () => {
  const userId = await addOrganizer();
  await stage.control.tokenFault({ outcome: "pass", twist: "wrong_tenant" });
  const { completion } = await connectAs(userId, { email: await stage.addPerson() });
  expect(completion).toMatchObject({ problem: { code: "wrong_tenant" } });
  expect(await getConnection(scopeWithoutRequest(userId), "teams")).toBeNull();
});
