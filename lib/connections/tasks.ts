import { sweepApprovals } from "@/lib/connections/approval";
import { purgeMailboxes } from "@/lib/connections/former-mailboxes";
import { lookAfterManaged } from "@/lib/connections/managed";
import { sendDueNudges } from "@/lib/connections/nudge";
import { tryConnectivity, tryCredentials } from "@/lib/connections/recover";
import { warnOfSecretExpiry } from "@/lib/connections/secret-expiry";
import { sweepParkedGrants } from "@/lib/connections/switch-account";
import { keepAlive, verifyDueConnections } from "@/lib/connections/verify";
import { noteScopeChanges } from "@/lib/grants/connection-status";
import type { RepeatedTask } from "@/lib/jobs/runner";

/** Background work that maintains connections, independent of bookings. */
export const connectionTasks: RepeatedTask[] = [
  { name: "connections.keep-alive", everySeconds: 60, run: keepAlive },
  { name: "connections.verify", everySeconds: 60, run: verifyDueConnections },
  { name: "connections.managed", everySeconds: 60, run: lookAfterManaged },
  { name: "connections.scopes", everySeconds: 60, run: noteScopeChanges },
  { name: "credentials.try", everySeconds: 20, run: tryCredentials },
  { name: "microsoft.look", everySeconds: 20, run: tryConnectivity },
  { name: "connections.former", everySeconds: 60, run: purgeMailboxes },
  { name: "connections.parked", everySeconds: 60, run: () => sweepParkedGrants() },
  { name: "connections.nudge", everySeconds: 20, run: sendDueNudges },
  { name: "registration.secret-expiry", everySeconds: 3600, run: () => warnOfSecretExpiry(new Date()) },
  { name: "approvals.sweep", everySeconds: 3600, run: sweepApprovals },
];
