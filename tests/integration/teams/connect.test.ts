import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getConnection } from "@/lib/connections/queries";
import { addOrganizer, connectAs, openStage, people, type Stage } from "./stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(() => stage.control.reset());

describe("connecting a Microsoft account", () => {
  it("connects a work account with Teams", async () => {
    const userId = await addOrganizer();
    const { completion } = await connectAs(userId, { email: people.work });
    expect(completion).toEqual({
      kind: "done",
      returnTo: "/account/integrations",
      popup: false,
      problem: null,
    });
    expect(await getConnection(userId, "teams")).toMatchObject({
      state: "connected",
      reason: null,
      accountEmail: people.work,
      accountKind: "work",
      teamsAvailable: true,
      missingScopes: [],
    });
  });
});
