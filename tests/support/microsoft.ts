import { randomBytes } from "node:crypto";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { completeConnect, startConnect } from "@/lib/connections/connect";
import { switchAccount } from "@/lib/connections/switch-account";
import type { FormerChoice } from "@/lib/database/generated/client";
import type { OptionalFeature } from "@/lib/registration/optional-scopes";
import { createControl, type EmulatorControl } from "@/tests/emulator/client";
import { signInAs } from "@/tests/emulator/person";
import { SEEDED_APP } from "@/tests/emulator/seed";
import { type Emulator, startEmulator } from "@/tests/emulator/server";

export interface TestMicrosoft {
  emulator: Emulator;
  control: EmulatorControl;
  /** Environment variables that point Bellhop at this emulator. */
  variables: Record<string, string>;
}

/** An emulator of this test file's own. */
export async function startMicrosoft(): Promise<TestMicrosoft> {
  const emulator = await startEmulator();
  return {
    emulator,
    control: createControl(emulator.controlUrl),
    variables: {
      TEAMS_CLIENT_ID: SEEDED_APP.clientId,
      TEAMS_CLIENT_SECRET: SEEDED_APP.clientSecret,
      TEAMS_LOGIN_URL: emulator.loginUrl,
      TEAMS_GRAPH_URL: emulator.graphUrl,
    },
  };
}

/** A new Microsoft account, by default with a mailbox and Teams. Returns its address. */
export async function addMicrosoftAccount(control: EmulatorControl, more: object = {}): Promise<string> {
  const email = `person-${randomBytes(5).toString("hex")}@contoso.example`;
  await control.addAccount({ tenant: "contoso.example", email, name: "A Person", ...more });
  return email;
}

/**
 * Connects an organizer to a Microsoft account as a browser would, consent included. `bookings`: what becomes of those in the
 * calendar of another account that was connected before. `feature`: one that they allow besides.
 */
export async function connectMicrosoft(
  userId: string,
  email: string,
  bookings?: FormerChoice,
  feature?: OptionalFeature,
): Promise<void> {
  const started = await startConnect({
    scope: scopeWithoutRequest(userId),
    returnTo: "/account/integrations",
    popup: false,
    selectAccount: false,
    feature: feature ?? null,
  });
  if (!started.ok) throw new Error(`not connected: ${started.error.code}`);
  const back = new URL(await signInAs(started.value.redirectTo, { email }));
  const outcome = await completeConnect(scopeWithoutRequest(userId), back.searchParams, [
    started.value.cookie,
  ]);
  if (outcome.kind === "choose" && outcome.cookie && bookings) {
    await switchAccount({ scope: scopeWithoutRequest(userId), token: outcome.cookie, choice: bookings });
    return;
  }
  if (outcome.kind !== "done" || outcome.problem)
    throw new Error(`not connected: ${JSON.stringify(outcome)}`);
}
