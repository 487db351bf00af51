/**
 * The one door to an organizer's access token. Knows how tokens are kept, handed out and renewed by one process at a
 * time; refuses to know whose tokens they are: the provider's own way of renewing is an argument.
 */
import { setTimeout as pause } from "node:timers/promises";
import { db } from "@/lib/database/client";
import { seal, unseal } from "@/lib/encryption/cipher";
import {
  changeGrant,
  type GrantHolder,
  type GrantRow,
  grantBinding,
  readGrant,
  tableOf,
} from "@/lib/grants/grant-store";
import { noteState, requireReconnect } from "@/lib/grants/health";
import { nextRenewal } from "@/lib/grants/turns";
import { missingScopes, requiredScopes } from "@/lib/registration/scopes";
import { err, ok, type Result } from "@/lib/result";

export interface TokenSet {
  accessToken: string;
  refreshToken: string | null;
  expiresAt: Date;
  /** From its creation until then, in whole seconds. */
  tokenSeconds: number;
  /** As granted, in the provider's own spelling. */
  scopes: string;
}

/** An access token with the facts about its account that a call needs. */
export interface Access {
  token: string;
  tokenVersion: number;
  tenantId: string;
  accountId: string;
  accountKind: "work" | "personal";
  /** The token is this server's own, so the mailbox has to be named in each call. */
  managed?: boolean;
  teamsAvailable: boolean;
  /** The provider throttles this account until then. */
  pausedUntil: Date | null;
}

/** How a provider renews tokens; `refused` means that only the organizer can fix it. Anything else is thrown. */
export type Refresh = (held: {
  refreshToken: string;
  scopes: string;
  /** The account's own organization. */
  tenantId: string;
  /** There is no grant of the account's: the organization lets this server open it. */
  managed: boolean;
}) => Promise<Result<TokenSet, { code: "refused"; reason: string; detail: string }>>;

export type NoAccess = { code: "not_connected" } | { code: "reconnect_needed"; reason: string | null };

/** The process that renews the token did not finish in time. */
export class RenewalTimeout extends Error {
  readonly code = "renewal_timeout";
  override name = "RenewalTimeout";
}

/** The provider throttles for this many more seconds. */
export class RenewalPaused extends Error {
  readonly code = "renewal_paused";
  override name = "RenewalPaused";
  constructor(readonly seconds: number) {
    super("The token can't be renewed yet: the provider wants to be left alone.");
  }
}

const renewBeforeSeconds = 5 * 60;
/** A token is renewed within the last tenth of its life at the earliest, however short that is. */
const lastPart = 0.1;
/** Longer than the provider's token endpoint may take with two secrets; a crashed holder blocks no longer than this. */
const leaseSeconds = 30;
const patienceMs = 25_000;
const pollMs = 60;

/** Both tokens as stored in their row, sealed for this holder only. */
export function sealTokens(owner: GrantHolder, tokens: { accessToken: string; refreshToken: string }) {
  return {
    accessToken: seal(tokens.accessToken, grantBinding(owner, "access")),
    refreshToken: seal(tokens.refreshToken, grantBinding(owner, "refresh")),
  };
}

export interface AccessOptions {
  /** Version of a token that is not accepted, such as one the provider refused: it is renewed regardless of its age. */
  rejected?: number;
  /** False for calls that do nothing for the organizer, so that "last used" stays correct. */
  countsAsUse?: boolean;
}

/**
 * An access token, renewed five minutes before its end by one process; the others use the old one as long as it is good
 * and wait after that. Nothing is renewed while the provider wants to be left alone. One that was renewed while it was asked for is handed out however soon it ends. Throws what `refresh` throws, `RenewalTimeout`, `RenewalPaused`, and `CipherError` when the stored tokens do not open.
 */
export async function freshAccessToken(
  owner: GrantHolder,
  refresh: Refresh,
  { rejected, countsAsUse = true }: AccessOptions = {},
): Promise<Result<Access, NoAccess>> {
  const deadline = Date.now() + patienceMs;
  let firstVersion: number | null = null;
  for (;;) {
    const row = await readGrant(owner);
    if (!row) return err("not_connected");
    if (row.state === "reconnect_needed") return err("reconnect_needed", { reason: row.reason });
    const isRejected = row.tokenVersion === rejected;
    firstVersion ??= row.tokenVersion;
    const isNew = row.tokenVersion !== firstVersion;
    if (!isRejected && (isNew || !isNearEnd(row))) return ok(await handOut(owner, row, countsAsUse));
    const pauseMs = (row.pausedUntil?.getTime() ?? 0) - Date.now();
    if (pauseMs > 0) {
      if (isRejected || !isStillGood(row)) throw new RenewalPaused(pauseMs / 1000);
      return ok(await handOut(owner, row, countsAsUse));
    }
    if (await takeLease(owner, row)) {
      if (await renew(owner, row, refresh, isRejected)) continue;
      return ok(await handOut(owner, row, countsAsUse));
    } else if (!isRejected && isStillGood(row)) {
      return ok(await handOut(owner, row, countsAsUse));
    } else if (Date.now() > deadline) {
      throw new RenewalTimeout("Another process is renewing the token and did not finish.");
    }
    await pause(pollMs);
  }
}

/** Renews while holding the lease. False: it could not be done now, and the old token is still good. */
async function renew(
  owner: GrantHolder,
  row: GrantRow,
  refresh: Refresh,
  isRejected: boolean,
): Promise<boolean> {
  try {
    const refreshToken = unseal(row.refreshToken, grantBinding(owner, "refresh"));
    const renewed = await refresh({
      refreshToken,
      scopes: row.scopes,
      tenantId: row.tenantId,
      managed: row.managed,
    });
    if (renewed.ok) {
      await storeTokens(owner, row, {
        ...renewed.value,
        refreshToken: renewed.value.refreshToken ?? refreshToken,
      });
    } else {
      await requireReconnect(owner, row, renewed.error);
    }
    return true;
  } catch (error) {
    await releaseLease(owner, row, error);
    if (isRejected || !isStillGood(row)) throw error;
    return false;
  }
}

function isNearEnd({ expiresAt, tokenSeconds }: Pick<GrantRow, "expiresAt" | "tokenSeconds">): boolean {
  const seconds = Math.min(renewBeforeSeconds, (tokenSeconds ?? Infinity) * lastPart);
  return expiresAt.getTime() <= Date.now() + seconds * 1000;
}

const isStillGood = (row: GrantRow) => row.expiresAt.getTime() > Date.now() + 30_000;

/** Stores a new pair. One with fewer permissions than requested at connect is stored too, but the organizer has to reconnect. */
async function storeTokens(
  owner: GrantHolder,
  row: GrantRow,
  { accessToken, refreshToken, expiresAt, tokenSeconds, scopes }: TokenSet & { refreshToken: string },
): Promise<void> {
  const lost = missingScopes(requiredScopes(row.accountKind, row.askedScopes), scopes);
  const ended = { state: "reconnect_needed", reason: "missing_scopes" } as const;
  await db().$transaction(async (tx) => {
    const { id, tokenVersion } = row;
    const changes = {
      ...sealTokens(owner, { accessToken, refreshToken }),
      expiresAt,
      tokenSeconds,
      scopes,
      tokenVersion: { increment: 1 },
      refreshLeaseUntil: null,
      renewDueAt: nextRenewal(),
      lastError: null,
      ...(lost.length > 0 ? ended : {}),
    };
    const count = await changeGrant(owner, { id, tokenVersion }, changes, tx);
    if (count > 0 && lost.length > 0 && !owner.mailbox) {
      const { userId, provider } = owner;
      await noteState(tx, { userId, provider }, ended.state, ended.reason);
    }
  });
}

/** One process at a time, by the database's clock, so that the clocks of the processes don't matter. */
async function takeLease(owner: GrantHolder, row: GrantRow): Promise<boolean> {
  const taken = await db().$executeRaw`
    UPDATE ${tableOf(owner)}
    SET "refreshLeaseUntil" = now() + make_interval(secs => ${leaseSeconds})
    WHERE id = ${row.id}::uuid AND "tokenVersion" = ${row.tokenVersion}
      AND ("refreshLeaseUntil" IS NULL OR "refreshLeaseUntil" < now())`;
  return taken === 1;
}

async function releaseLease(owner: GrantHolder, row: GrantRow, error: unknown): Promise<void> {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  const { id, tokenVersion } = row;
  await changeGrant(owner, { id, tokenVersion }, { refreshLeaseUntil: null, lastError: code });
}

async function handOut(owner: GrantHolder, row: GrantRow, countsAsUse: boolean): Promise<Access> {
  const token = unseal(row.accessToken, grantBinding(owner, "access"));
  // To the minute is enough, and saves a write per call.
  const isNoted = row.lastUsedAt && row.lastUsedAt.getTime() > Date.now() - 60_000;
  if (countsAsUse && !isNoted) {
    await changeGrant(owner, { id: row.id }, { lastUsedAt: new Date() });
  }
  const { tokenVersion, tenantId, accountId, accountKind, managed, teamsAvailable, pausedUntil } = row;
  return { token, tokenVersion, tenantId, accountId, accountKind, managed, teamsAvailable, pausedUntil };
}
