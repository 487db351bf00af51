import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import {
  enableRegistration,
  forgetRegistration,
  promoteNextSecret,
  registration,
  saveRegistration,
} from "@/lib/registration/registration";
import { teamsSetup } from "@/lib/registration/setup-state";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";

const clientId = "22222222-2222-4222-8222-222222222222";
const fromEnvironment = "organizations";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ TEAMS_TENANT_ID: fromEnvironment });
});
afterAll(() => database.cleanup());

/** Asks another process, which has its own view of the registration. */
function otherProcess() {
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", "tests/integration/connections/registration-process.ts"],
    { env: process.env, stdio: ["pipe", "pipe", "inherit"] },
  );
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error("no pipes");
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    async ask(): Promise<{ clientId: string | null; hasSecret: boolean; enabled: boolean | null }> {
      stdin.write("?\n");
      return JSON.parse((await lines.next()).value ?? "null");
    },
    end: () => child.kill(),
  };
}

describe("the registration of this server", () => {
  it("the registration of this server is not configured before anyone said anything", async () => {
    expect(await teamsSetup()).toBe("not_configured");
    expect(await registration()).toMatchObject({ clientId: null, clientSecret: null, enabled: null });
  });

  it("the registration of this server is a draft once it is saved, and offered when an admin says so", async () => {
    await saveRegistration({ clientId, clientSecret: "a~secret~of~the~form", scopes: "User.Read" });
    expect(await teamsSetup()).toBe("not_configured");
    await enableRegistration(true);
    expect(await teamsSetup()).toBe("ready");
    await enableRegistration(false);
    expect(await teamsSetup()).toBe("hidden");
    expect(await registration()).toMatchObject({ clientId, clientSecret: "a~secret~of~the~form" });
    await enableRegistration(true);
  });

  it("the registration of this server keeps its secrets sealed in the row, and nowhere in the clear", async () => {
    await saveRegistration({ nextSecret: "the~second~secret" });
    const [{ row } = { row: "" }] = await db().$queryRaw<{ row: string }[]>`
      SELECT r::text AS row FROM "ProviderRegistration" r`;
    expect(row).toContain(clientId);
    expect(row).toContain("v1.t1.");
    expect(row).not.toMatch(/a~secret~of~the~form|the~second~secret/);
  });

  it("the registration of this server leaves what was not said as it was", async () => {
    await saveRegistration({ expiresOn: "2027-01-04" });
    expect(await registration()).toMatchObject({
      clientSecret: "a~secret~of~the~form",
      nextSecret: "the~second~secret",
      expiresOn: "2027-01-04",
    });
  });

  it("the registration of this server follows the environment where that says something", async () => {
    await saveRegistration({ tenant: "consumers" });
    const { tenant, origins } = await registration();
    expect(tenant).toBe(fromEnvironment);
    expect(origins).toMatchObject({ tenant: "environment", clientId: "saved", cloud: "default" });
  });

  it("the registration of this server leads to the hosts of the cloud that was chosen", async () => {
    await saveRegistration({ cloud: "us_gov_dod" });
    expect(await registration()).toMatchObject({
      loginUrl: "https://login.microsoftonline.us",
      graphUrl: "https://dod-graph.microsoft.us",
    });
    await saveRegistration({ cloud: null });
    expect((await registration()).loginUrl).toBe("https://login.microsoftonline.com");
  });

  it("the registration of this server is seen by another process within seconds of a change", async () => {
    const other = otherProcess();
    expect(await other.ask()).toMatchObject({ clientId, hasSecret: true, enabled: true });
    const changed = "33333333-3333-4333-8333-333333333333";
    await saveRegistration({ clientId: changed });
    await enableRegistration(false);
    await eventually(other.ask, (seen) => seen.clientId === changed && seen.enabled === false, 5);
    other.end();
  });

  it("the registration of this server takes the second secret for the first when an admin says so", async () => {
    await promoteNextSecret("2028-06-30");
    expect(await registration()).toMatchObject({
      clientSecret: "the~second~secret",
      nextSecret: null,
      expiresOn: "2028-06-30",
    });
  });

  it("the registration of this server goes on without a secret whose key is gone, and says so", async () => {
    await db().providerRegistration.update({
      where: { provider: "teams" },
      data: { clientSecretSealed: "v1.gone.AAAA" },
    });
    forgetRegistration();
    expect(await registration()).toMatchObject({ clientSecret: null, isSealedAway: true });
  });
});
