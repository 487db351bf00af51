import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countFleet, type FleetEntry, listFleet } from "@/lib/connections/fleet";
import { db } from "@/lib/database/client";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeOrganizer } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.cleanup());

async function organizerWith(state: Exclude<FleetEntry["state"], "not_connected">): Promise<string> {
  const { id } = await makeOrganizer();
  await db().meetingProviderConnection.create({
    data: {
      userId: id,
      provider: "teams",
      accessToken: "sealed-access",
      refreshToken: "sealed-refresh",
      expiresAt: new Date(),
      scopes: "",
      accountEmail: "account@contoso.example",
      accountId: id,
      tenantId: id,
      accountKind: "work",
      teamsAvailable: true,
      state,
      reason: state === "connected" ? null : "grant_ended",
    },
  });
  return id;
}

describe("the connections of all organizers", () => {
  it("come with those first that need somebody, page by page, without any token", async () => {
    const connected = await organizerWith("connected");
    const { id: none } = await makeOrganizer();
    const limited = await organizerWith("limited");
    const broken = await organizerWith("reconnect_needed");
    const all = await listFleet();
    expect(all.map(({ userId }) => userId)).toEqual([broken, limited, none, connected]);
    expect(all[2]).toMatchObject({ state: "not_connected", accountEmail: null, lastVerifiedAt: null });
    const rest = await listFleet({ skip: 2, take: 1 });
    expect(rest.map(({ userId }) => userId)).toEqual([none]);
    expect(JSON.stringify(all)).not.toContain("sealed");
    expect(await countFleet()).toEqual({ connected: 1, limited: 1, reconnect_needed: 1, not_connected: 1 });
  });
});
