import { purgeMailboxes } from "@/lib/connections/former-mailboxes";
import { noteScopeChanges } from "@/lib/connections/standing";
import type { RepeatedTask } from "@/lib/jobs/runner";
import { sweepApprovals } from "@/lib/meetings/approval";
import { sendDueNudges } from "@/lib/meetings/nudge";
import { tryConnectivity, tryCredentials } from "@/lib/meetings/recover";
import { warnOfSecretExpiry } from "@/lib/meetings/secret-expiry";
import { sweepParkedGrants } from "@/lib/meetings/switch-account";
import { keepAlive, verifyDueConnections } from "@/lib/meetings/verify";

/** What keeps connections in order though nobody books. */
export const meetingTasks: RepeatedTask[] = [
  { name: "connections.keep-alive", everySeconds: 60, run: keepAlive },
  { name: "connections.verify", everySeconds: 60, run: verifyDueConnections },
  { name: "connections.scopes", everySeconds: 60, run: noteScopeChanges },
  { name: "credentials.try", everySeconds: 20, run: tryCredentials },
  { name: "microsoft.look", everySeconds: 20, run: tryConnectivity },
  { name: "connections.former", everySeconds: 60, run: purgeMailboxes },
  { name: "connections.parked", everySeconds: 60, run: () => sweepParkedGrants() },
  { name: "connections.nudge", everySeconds: 20, run: sendDueNudges },
  { name: "registration.secret-expiry", everySeconds: 3600, run: () => warnOfSecretExpiry(new Date()) },
  { name: "approvals.sweep", everySeconds: 3600, run: sweepApprovals },
];
