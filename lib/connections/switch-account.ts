/**
 * From one Microsoft account to another while there are bookings in the calendar of the first. The new sign-in is kept aside until
 * its organizer has said what becomes of them; until then nothing changes.
 */

import { z } from "zod";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { endSubscriptionOf } from "@/lib/calendars/subscriptions";
import { countHeldIn } from "@/lib/connections/former-mailboxes";
import { type SignIn, writeConnection } from "@/lib/connections/store-connection";
import { db, type Tx } from "@/lib/database/client";
import { despiteDeadlocks } from "@/lib/database/deadlock";
import type { FormerChoice, ParkedGrant } from "@/lib/database/generated/client";
import { lockRow } from "@/lib/database/lock-row";
import { CipherError, seal, unseal } from "@/lib/encryption/cipher";
import type { Owner } from "@/lib/grants/health";
import { mailboxOf } from "@/lib/grants/mailbox";
import { enqueue } from "@/lib/jobs/queue";
import { meetingsMoveOver } from "@/lib/meetings/jobs";
import { err, ok, type Result } from "@/lib/result";

const provider = "teams";

/** How long a sign-in waits for its organizer's choice. */
export const parkedSeconds = 30 * 60;

/** How long it is remembered that there was one. */
const rememberedMs = 24 * 3600_000;

export const parkedPurpose = "MeetingProvider.ParkedGrant.v1";

const signInSchema = z.object({
  tokens: z.object({
    accessToken: z.string(),
    refreshToken: z.string(),
    expiresAt: z.coerce.date(),
    tokenSeconds: z.number(),
    scopes: z.string(),
  }),
  identity: z.object({
    tenantId: z.string(),
    accountId: z.string(),
    accountKind: z.enum(["work", "personal"]),
  }),
  account: z.object({
    accountEmail: z.string(),
    teamsAvailable: z.boolean(),
    state: z.enum(["connected", "limited", "reconnect_needed"]),
    reason: z
      .enum(["missing_scopes", "calendar_denied", "no_mailbox", "read_only", "personal_account", "no_teams"])
      .nullable(),
  }),
  askedScopes: z.string(),
});

/**
 * Keeps a sign-in aside where it leads to another account than the connected one while there are bookings in that one's calendar.
 * What the browser has to keep for the choice; null: there is nothing to ask.
 */
export async function parkIfAsked(owner: Owner, signIn: SignIn, returnTo: string): Promise<string | null> {
  const before = await readConnected(owner.userId);
  if (!before || mailboxOf(before) === mailboxOf(signIn.identity)) return null;
  if ((await countHeldIn(owner.userId, before)) === 0) return null;
  const token = newCapability();
  const now = Date.now();
  await db().$transaction(async (tx) => {
    await tx.parkedGrant.deleteMany({ where: owner });
    const { id } = await tx.parkedGrant.create({
      data: {
        ...owner,
        tokenHash: hashCapability(token),
        accountEmail: signIn.account.accountEmail,
        returnTo,
        expiresAt: new Date(now + parkedSeconds * 1000),
      },
      select: { id: true },
    });
    const grantSealed = seal(JSON.stringify(signIn), { purpose: parkedPurpose, row: id });
    await tx.parkedGrant.update({ where: { id }, data: { grantSealed } });
  });
  return token;
}

/** True while a sign-in waits for its organizer's choice. */
export async function isParked(userId: string): Promise<boolean> {
  const where = { userId, provider, grantSealed: { not: null }, expiresAt: { gt: new Date() } };
  return (await db().parkedGrant.count({ where })) > 0;
}

function readConnected(userId: string) {
  return db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider } },
    select: { tenantId: true, accountId: true, accountEmail: true, state: true },
  });
}

/** A sign-in that waits, as the page that asks may show it. */
export interface ParkedSwitch {
  from: { email: string; isOpen: boolean };
  to: { email: string; hasTeams: boolean };
  /** Upcoming confirmed bookings whose events are in the previous calendar. */
  bookings: number;
  /** Of these, the ones with a Teams meeting. */
  teamsBookings: number;
  returnTo: string;
  expiresAt: Date;
}

/** `run_out`: there was one, and its organizer did not choose in time; `ended`: they have chosen. */
export async function readSwitch(
  { ownerId: userId }: OwnerScope,
  token: string,
): Promise<ParkedSwitch | "run_out" | "ended" | null> {
  const row = await db().parkedGrant.findUnique({ where: { tokenHash: hashCapability(token) } });
  if (!row || row.userId !== userId) return null;
  if (row.usedAt) return "ended";
  const signIn = openGrant(row);
  const before = await readConnected(userId);
  if (!signIn || !before || row.expiresAt <= new Date()) return "run_out";
  const bookings = await countHeldIn(userId, before);
  return {
    from: { email: before.accountEmail, isOpen: before.state !== "reconnect_needed" },
    to: { email: signIn.account.accountEmail, hasTeams: signIn.account.teamsAvailable },
    bookings,
    teamsBookings: await countHeldIn(userId, before, "teams"),
    returnTo: row.returnTo,
    expiresAt: row.expiresAt,
  };
}

function openGrant({ id, grantSealed }: ParkedGrant): SignIn | null {
  if (grantSealed === null) return null;
  try {
    return signInSchema.parse(JSON.parse(unseal(grantSealed, { purpose: parkedPurpose, row: id })));
  } catch (error) {
    if (!(error instanceof CipherError)) throw error;
    return null;
  }
}

interface Choice {
  scope: OwnerScope;
  token: string;
  choice: FormerChoice;
}

/** Connects the account that waits. Pressed twice it happens once; the page to go back to comes with both. */
export async function switchAccount({
  scope,
  token,
  choice,
}: Choice): Promise<Result<{ returnTo: string }, { code: "sign_in_expired" }>> {
  const waiting = await readSwitch(scope, token);
  if (typeof waiting === "object" && waiting) await endSubscriptionOf(scope.ownerId);
  return despiteDeadlocks(() => db().$transaction((tx) => takeParked(tx, { scope, token, choice })));
}

async function takeParked(
  tx: Tx,
  { scope, token, choice }: Choice,
): Promise<Result<{ returnTo: string }, { code: "sign_in_expired" }>> {
  const userId = scope.ownerId;
  const row = await lockParked(tx, { userId, token });
  if (!row) return err("sign_in_expired");
  if (row.usedAt) return ok({ returnTo: row.returnTo });
  const signIn = row.expiresAt > new Date() ? openGrant(row) : null;
  if (!signIn) return err("sign_in_expired");
  await writeConnection(tx, { userId, provider }, signIn, choice);
  await tx.parkedGrant.update({ where: { id: row.id }, data: { grantSealed: null, usedAt: new Date() } });
  if (choice === "move") await enqueue(tx, meetingsMoveOver, { userId });
  return ok({ returnTo: row.returnTo });
}

/** Forgets the account that waits; the one before stays connected. */
export async function dropSwitch({ ownerId: userId }: OwnerScope, token: string): Promise<void> {
  await db().parkedGrant.deleteMany({ where: { userId, tokenHash: hashCapability(token), usedAt: null } });
}

async function lockParked(tx: Tx, { userId, token }: { userId: string; token: string }) {
  const tokenHash = hashCapability(token);
  await lockRow(tx, "ParkedGrant", { tokenHash });
  return tx.parkedGrant.findFirst({ where: { userId, tokenHash } });
}

/** Forgets the tokens of sign-ins that no one came back to, and a day later that there was one. */
export async function sweepParkedGrants(now = Date.now()): Promise<void> {
  await db().parkedGrant.updateMany({
    where: { expiresAt: { lte: new Date(now) }, grantSealed: { not: null } },
    data: { grantSealed: null },
  });
  await db().parkedGrant.deleteMany({ where: { expiresAt: { lte: new Date(now - rememberedMs) } } });
}
