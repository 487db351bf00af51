/**
 * Waiting for an administrator who has to allow Bellhop in their organization: a link that explains it to them and leads
 * them to Microsoft, and what their browser brought back. It changes nothing by itself: the organizer signs in again.
 */

import { createHmac, randomUUID } from "node:crypto";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { env } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";
import { seal, unseal } from "@/lib/encryption/cipher";
import { signInPort } from "@/lib/meetings/registry-sign-in";
import { teamsSetup } from "@/lib/registration/setup-state";

const provider = "teams";

export const approvalPurpose = "AdminApproval.Token.v1";

/** Long enough for an administrator on holiday. */
const daysOpen = 30;
const dayMs = 24 * 3600_000;

/** Distinguishes an administrator's response from a sign-in's: both return to the one registered address. */
const statePrefix = "approval.";

/** Made from the token so that it needs no place of its own; Microsoft sees it, and can't tell the token from it. */
function stateOf(token: string): string {
  return `${statePrefix}${createHmac("sha256", token).update("admin consent").digest("base64url")}`;
}

export interface Approval {
  /** Explains everything to the administrator, without a sign-in. */
  pageUrl: string;
  /** Leads the administrator straight to Microsoft. */
  consentUrl: string;
  answer: "approved" | "declined" | null;
  answeredAt: Date | null;
  /** Where the organizer was when they were stopped. */
  returnTo: string;
  createdAt: Date;
  expiresAt: Date;
}

/** Opens the wait, or renews it: the link stays the same while it is good. `returnTo` is a path of our own, checked before. */
export async function askForApproval({ ownerId: userId }: OwnerScope, returnTo: string): Promise<void> {
  const known = await findOpen(userId);
  const expiresAt = new Date(Date.now() + daysOpen * dayMs);
  if (known) {
    const data = { returnTo, expiresAt, answer: null, answeredAt: null };
    await db().adminApproval.updateMany({ where: { id: known.id }, data });
    return;
  }
  const id = randomUUID();
  const token = newCapability();
  const row = {
    id,
    tokenHash: hashCapability(token),
    tokenSealed: seal(token, { purpose: approvalPurpose, row: id }),
    stateHash: hashCapability(stateOf(token)),
    returnTo,
    expiresAt,
    answer: null,
    answeredAt: null,
    createdAt: new Date(),
  };
  await db().adminApproval.upsert({
    where: { userId_provider: { userId, provider } },
    create: { userId, provider, ...row },
    update: row,
  });
}

const findOpen = (userId: string) =>
  db().adminApproval.findFirst({ where: { userId, provider, expiresAt: { gt: new Date() } } });

/** What an organizer waits for, or null. */
export async function getApproval({ ownerId: userId }: OwnerScope): Promise<Approval | null> {
  const row = await findOpen(userId);
  if (!row || (await teamsSetup()) !== "ready") return null;
  const token = unseal(row.tokenSealed, { purpose: approvalPurpose, row: row.id });
  const { returnTo, answeredAt, createdAt, expiresAt } = row;
  return {
    pageUrl: `${env().APP_URL}/teams/approval/${token}`,
    consentUrl: await consentUrlFor(userId, token),
    answer: answerOf(row.answer),
    answeredAt,
    returnTo,
    createdAt,
    expiresAt,
  };
}

export interface ApprovalRequest {
  organizer: { name: string; email: string };
  consentUrl: string;
  answer: Approval["answer"];
}

/** What the administrator with this link is asked; null if there is no such link or it has expired. */
export async function getApprovalRequest(token: string): Promise<ApprovalRequest | null> {
  const row = await db().adminApproval.findFirst({
    where: { tokenHash: hashCapability(token), expiresAt: { gt: new Date() } },
    select: { userId: true, answer: true, user: { select: { name: true, email: true } } },
  });
  if (!row || (await teamsSetup()) !== "ready") return null;
  const consentUrl = await consentUrlFor(row.userId, token);
  return { organizer: row.user, consentUrl, answer: answerOf(row.answer) };
}

async function consentUrlFor(userId: string, token: string): Promise<string> {
  const connection = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider }, accountKind: "work" },
    select: { tenantId: true },
  });
  return signInPort(provider).requestAdminConsent({
    tenant: connection?.tenantId ?? null,
    state: stateOf(token),
  });
}

const answerOf = (answer: string | null) => (answer === "approved" || answer === "declined" ? answer : null);

/**
 * Takes what Microsoft sent back with an administrator. Null: it is not about an approval at all; `unknown`: about none
 * that is open. Opening the address twice does no harm.
 */
export async function noteApprovalAnswer(
  query: URLSearchParams,
): Promise<"approved" | "declined" | "unknown" | null> {
  const state = query.get("state") ?? "";
  if (!state.startsWith(statePrefix)) return null;
  const answer = signInPort(provider).readAdminConsent(query);
  const { count } = await db().adminApproval.updateMany({
    where: { stateHash: hashCapability(state), expiresAt: { gt: new Date() } },
    data: { answer, answeredAt: new Date() },
  });
  return count > 0 ? answer : "unknown";
}

/**
 * Whether a sign-in that came back without consent was stopped for want of an administrator, as far as can be known: Microsoft
 * says the same when someone declines. True while this organizer, or another of the same tenant, waits for one in vain.
 */
export async function isWaitingForAdministrator(userId: string): Promise<boolean> {
  const connection = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider }, accountKind: "work" },
    select: { tenantId: true },
  });
  const colleagues = connection && { user: { connections: { some: { provider, ...connection } } } };
  const open = await db().adminApproval.count({
    where: {
      provider,
      expiresAt: { gt: new Date() },
      // An administrator who has approved stops no one.
      AND: [{ OR: [{ answer: null }, { answer: { not: "approved" } }] }],
      OR: [{ userId }, ...(colleagues ? [colleagues] : [])],
    },
  });
  return open > 0;
}

/** The wait is over: the organizer is connected, or gave it up. */
export async function endApproval({ ownerId: userId }: OwnerScope, tx: Tx = db()): Promise<void> {
  await tx.adminApproval.deleteMany({ where: { userId, provider } });
}

/** Deletes waits that never ended. */
export async function sweepApprovals(): Promise<void> {
  await db().adminApproval.deleteMany({ where: { expiresAt: { lt: new Date() } } });
}
