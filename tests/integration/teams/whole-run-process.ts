/**
 * A process of its own that lives through what a connection can meet, logs all of it, and reports each secret that passed
 * between it and Microsoft: `tsx whole-run-process.ts <email> <control url>`.
 */

import { randomBytes } from "node:crypto";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { askForApproval } from "@/lib/connections/approval";
import { runTestBooking } from "@/lib/connections/test-booking";
import { keepAlive, verifyConnection, verifyDueConnections } from "@/lib/connections/verify";
import { closeDatabase, db } from "@/lib/database/client";
import { closeCallSlots } from "@/lib/grants/call-slots";
import { defaultLocale } from "@/lib/i18n/languages";
import { closeQueue } from "@/lib/jobs/queue";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import { accessFor } from "@/lib/meetings/teams/access";
import { diagnose } from "@/lib/meetings/teams/diagnose";
import { probeRegistration } from "@/lib/meetings/teams/probe";
import { registration, saveRegistration } from "@/lib/registration/registration";
import { createControl } from "@/tests/emulator/client";
import { addOrganizer, connectAs } from "@/tests/integration/teams/stage";

const [, , email = "", controlUrl = ""] = process.argv;
const control = createControl(controlUrl);
const userId = await addOrganizer();
const secrets = new Set<string>();
const sent = globalThis.fetch;
const secretFields = ["code", "code_verifier", "client_secret", "refresh_token"];

/** Listens in on the token endpoint; what is sent and answered stays as it is. */
globalThis.fetch = async (address, options) => {
  const response = await sent(address, options);
  if (!String(address).includes("/oauth2/v2.0/token")) return response;
  const asked = new URLSearchParams(String(options?.body ?? ""));
  for (const name of secretFields) secrets.add(asked.get(name) ?? "");
  const answer = await response.clone().json();
  for (const name of ["access_token", "refresh_token", "id_token"]) secrets.add(answer[name] ?? "");
  return response;
};

const quietly = (work: Promise<unknown>) => work.catch(() => undefined);

await connectAs(userId, { email, consent: "cancel" });
await control.tokenFault({ account: email, grantType: "authorization_code", outcome: "drop", when: "after" });
await connectAs(userId, { email });
await connectAs(userId, { email });
await accessFor(userId);
await verifyConnection(scopeWithoutRequest(userId));
await runTestBooking(scopeWithoutRequest(userId), defaultLocale);
await diagnose(scopeWithoutRequest(userId));
const nextSecret = randomBytes(20).toString("base64url");
secrets.add(nextSecret);
await saveRegistration({ nextSecret });
await probeRegistration(await registration());
await db().meetingProviderConnection.updateMany({
  data: { renewDueAt: new Date(0), verifyDueAt: new Date(0) },
});
await control.graphFault({ account: email, path: "/me/calendar", status: 503 });
await keepAlive();
await verifyDueConnections();
await control.graphFault({ account: email, path: "/me/calendarView", outcome: "drop" });
const context = { userId, priority: "visitor" } as const;
await quietly(calendarPort("teams").listBusy(context, new Date(0), new Date(1)));
await control.tokenFault({ account: email, status: 401, error: "invalid_client", aadsts: 7000222 });
const { tokenVersion } = await accessFor(userId);
await quietly(accessFor(userId, { rejected: tokenVersion }));
await askForApproval(scopeWithoutRequest(userId), "/account/integrations");
await closeCallSlots();
await closeQueue(1);
await closeDatabase();
secrets.delete("");
process.send?.({ userId, secrets: [...secrets] });
process.disconnect?.();
