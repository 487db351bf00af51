/** Tokens that an organization's directory shows. An admin makes them; the database stores their hash. */
import { record } from "@/lib/audit/record";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import { db } from "@/lib/database/client";

const prefix = "scim_";
const form = /^scim_[A-Za-z0-9_-]{43}$/;
const useNotedEveryMs = 60_000;

export interface ScimToken {
  id: string;
  /** Its first characters. */
  hint: string;
  createdAt: Date;
  /** To within a minute. */
  lastUsedAt: Date | null;
}

/** Makes a token. This is the only time it can be read. */
export function createScimToken(): Promise<{ id: string; token: string }> {
  const token = `${prefix}${newCapability()}`;
  return db().$transaction(async (tx) => {
    const hint = token.slice(0, prefix.length + 4);
    const { id } = await tx.scimToken.create({
      data: { tokenHash: hashCapability(token), hint },
      select: { id: true },
    });
    await record(tx, { action: "scim_token.made", details: { hint } });
    return { id, token };
  });
}

/** All tokens, newest first. */
export function listScimTokens(): Promise<ScimToken[]> {
  return db().scimToken.findMany({
    select: { id: true, hint: true, createdAt: true, lastUsedAt: true },
    orderBy: { createdAt: "desc" },
  });
}

/** Ends a token. One that is gone already is left alone. */
export async function revokeScimToken(id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const found = await tx.scimToken.findUnique({ where: { id }, select: { hint: true } });
    if (!found) return;
    await tx.scimToken.delete({ where: { id } });
    await record(tx, { action: "scim_token.revoked", details: { hint: found.hint } });
  });
}

/** Whether this is one of our tokens. */
export async function isScimToken(token: string, now = new Date()): Promise<boolean> {
  if (!form.test(token)) return false;
  const found = await db().scimToken.findUnique({
    where: { tokenHash: hashCapability(token) },
    select: { id: true, lastUsedAt: true },
  });
  if (!found) return false;
  if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > useNotedEveryMs) {
    await db().scimToken.updateMany({ where: { id: found.id }, data: { lastUsedAt: now } });
  }
  return true;
}
