import { randomUUID } from "node:crypto";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { calendarSync } from "@/lib/calendars/jobs";
import { completeConnect, startConnect } from "@/lib/connections/connect";
import { db } from "@/lib/database/client";
import { closeCallSlots } from "@/lib/grants/call-slots";
import { prepareQueues } from "@/lib/jobs/queue";
import { meetingsHeal, subscriptionKeep } from "@/lib/meetings/jobs";
import { mailJob } from "@/lib/outbox/outbox";
import { createControl, type EmulatorControl } from "@/tests/emulator/client";
import { type PersonAnswers, signInAs } from "@/tests/emulator/person";
import { SEEDED_APP } from "@/tests/emulator/seed";
import { startEmulator } from "@/tests/emulator/server";
import { createTestDatabase } from "@/tests/support/database";

/** Kinds of accounts, by what they can do. */
const kinds = {
  work: { tenant: "contoso.example" },
  withoutTeams: { tenant: "contoso.example", hasTeams: false },
  withoutMailbox: { tenant: "contoso.example", hasTeams: false, hasMailbox: false },
  adminApproval: { tenant: "fabrikam.example" },
  personal: { tenant: "consumers" },
};

export type PersonKind = keyof typeof kinds;

export interface Stage {
  control: EmulatorControl;
  /** For a process of its own that acts on the same emulator. */
  controlUrl: string;
  /** A Microsoft account of this test's own; its email address. */
  addPerson(kind?: PersonKind): Promise<string>;
  /** An organizer with such an account connected. */
  addConnected(kind?: PersonKind): Promise<{ userId: string; email: string }>;
  close(): Promise<void>;
}

/** A database of this file's own and an emulator that this process is configured for. */
export async function openStage(variables: Record<string, string> = {}): Promise<Stage> {
  const emulator = await startEmulator();
  const database = await createTestDatabase({
    TEAMS_CLIENT_ID: SEEDED_APP.clientId,
    TEAMS_CLIENT_SECRET: SEEDED_APP.clientSecret,
    TEAMS_LOGIN_URL: emulator.loginUrl,
    TEAMS_GRAPH_URL: emulator.graphUrl,
    ...variables,
  });
  await prepareQueues([meetingsHeal, subscriptionKeep, mailJob, calendarSync]);
  const control = createControl(emulator.controlUrl);
  const addPerson = async (kind: PersonKind = "work") => {
    const domain = kind === "personal" ? "outlook.example" : kinds[kind].tenant;
    const email = `${kind.toLowerCase()}-${randomUUID().slice(0, 8)}@${domain}`;
    await control.addAccount({ ...kinds[kind], email, name: "Ines Moreau" });
    return email;
  };
  return {
    control,
    controlUrl: emulator.controlUrl,
    addPerson,
    async addConnected(kind) {
      const email = await addPerson(kind);
      const userId = await addOrganizer();
      const { completion } = await connectAs(userId, { email });
      if (completion.kind !== "done" || completion.problem) throw new Error(JSON.stringify(completion));
      return { userId, email };
    },
    async close() {
      await closeCallSlots();
      await database.cleanup();
      await emulator.close();
    },
  };
}

/** An organizer with nothing set up. */
export async function addOrganizer(): Promise<string> {
  const id = randomUUID();
  await db().user.create({
    data: { id, email: `${id}@example.org`, name: "Ines Moreau", handle: `ines-${id.slice(0, 8)}` },
  });
  return id;
}

/** The whole way from Connect to Microsoft and back, as a browser makes it. */
export async function connectAs(userId: string, answers: PersonAnswers) {
  const started = await startConnect({
    scope: scopeWithoutRequest(userId),
    returnTo: "/account/integrations",
    popup: false,
    selectAccount: false,
  });
  if (!started.ok) throw new Error(started.error.code);
  const { cookie, redirectTo } = started.value;
  const back = new URL(await signInAs(redirectTo, answers));
  return {
    back,
    cookie,
    completion: await completeConnect(scopeWithoutRequest(userId), back.searchParams, [cookie]),
  };
}
