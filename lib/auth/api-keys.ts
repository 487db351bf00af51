import { record } from "@/lib/audit/record";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import type { Organizer } from "@/lib/auth/guards";
import type { KeyScope } from "@/lib/auth/key-scopes";
import { type OwnerScope, scopeOf } from "@/lib/auth/owner-scope";
import { db, type Tx } from "@/lib/database/client";

const prefix = "bh_";
const form = /^bh_[A-Za-z0-9_-]{43}$/;
const useNotedEveryMs = 60_000;

export interface ApiKey {
  id: string;
  name: string;
  /** The key's first characters. */
  hint: string;
  /** What it may do. */
  scope: KeyScope;
  createdAt: Date;
  /** When it ends or ended; null: never. */
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** What a key may do, and until when. */
export interface KeyGrant {
  scope: KeyScope;
  /** Null: until it is revoked. */
  expiresAt: Date | null;
}

/** Who calls with a key, and what it lets them do. */
export interface KeyHolder extends Organizer {
  keyScope: KeyScope;
}

const shown = {
  id: true,
  name: true,
  hint: true,
  scope: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
} as const;

/** Creates a key. This is the only time it can be read: the database stores its hash. */
export async function createApiKey(
  scope: OwnerScope,
  name: string,
  tx?: Tx,
  grant: KeyGrant = { scope: "all", expiresAt: null },
): Promise<{ id: string; apiKey: string }> {
  if (!tx) return db().$transaction((own) => createApiKey(scope, name, own, grant));
  const apiKey = `${prefix}${newCapability()}`;
  const { id } = await tx.apiKey.create({
    data: {
      userId: scope.ownerId,
      name,
      keyHash: hashCapability(apiKey),
      hint: apiKey.slice(0, prefix.length + 4),
      ...grant,
    },
    select: { id: true },
  });
  await record(tx, {
    action: "api_key.created",
    accountId: scope.ownerId,
    details: { name, scope: grant.scope, expiresAt: grant.expiresAt?.toISOString() ?? null },
  });
  return { id, apiKey };
}

/** Whose key this is; null when it is not a key of ours, was revoked, has expired, or its holder is disabled. */
export async function verifyApiKey(apiKey: string, now = new Date()): Promise<KeyHolder | null> {
  if (!form.test(apiKey)) return null;
  const found = await db().apiKey.findUnique({
    where: { keyHash: hashCapability(apiKey), user: { disabledAt: null } },
    select: {
      id: true,
      scope: true,
      expiresAt: true,
      lastUsedAt: true,
      user: { select: { id: true, name: true, email: true, handle: true, role: true, locale: true } },
    },
  });
  if (!found || (found.expiresAt && found.expiresAt <= now)) return null;
  if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > useNotedEveryMs) {
    await db().apiKey.updateMany({ where: { id: found.id }, data: { lastUsedAt: now } });
  }
  return { ...found.user, scope: scopeOf(found.user.id), keyScope: found.scope };
}

/** An organizer's keys, newest first. */
export function listApiKeys(scope: OwnerScope): Promise<ApiKey[]> {
  return db().apiKey.findMany({
    where: { userId: scope.ownerId },
    select: shown,
    orderBy: { createdAt: "desc" },
  });
}

/** Revokes a key. Does nothing if it is already gone or another organizer's. */
export async function revokeApiKey(scope: OwnerScope, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const [revoked] = await tx.apiKey.findMany({
      where: { id, userId: scope.ownerId },
      select: { name: true },
    });
    if (!revoked) return;
    await tx.apiKey.deleteMany({ where: { id } });
    await record(tx, {
      action: "api_key.revoked",
      accountId: scope.ownerId,
      details: { name: revoked.name },
    });
  });
}
