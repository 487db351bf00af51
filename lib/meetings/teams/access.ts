import { db } from "@/lib/database/client";
import { CipherError } from "@/lib/encryption/cipher";
import type { GrantHolder } from "@/lib/grants/grant-store";
import { mailboxOf, partsOf } from "@/lib/grants/mailbox";
import { notePause } from "@/lib/grants/pause";
import {
  type Access,
  type AccessOptions,
  freshAccessToken,
  type Refresh,
  RenewalPaused,
  RenewalTimeout,
} from "@/lib/grants/tokens";
import { ProviderError } from "@/lib/meetings/provider";
import { applicationTokens, refreshTokens } from "@/lib/meetings/teams/entra";

const provider = "teams";

/**
 * The organizer's access token for Microsoft. `claims`: what Graph said the next one has to satisfy, as JSON. `mailbox` is the
 * one it has to open, as tid/oid; left out: whichever is connected.
 * Throws `ProviderError`: `not_connected`, `reconnect_needed`, `out_of_reach`, or what renewing met.
 */
export async function accessFor(
  userId: string,
  { mailbox, ...options }: AccessOptions & { mailbox?: string | undefined } = {},
  claims: string | null = null,
): Promise<Access> {
  const holder = await holderOf(userId, mailbox);
  const access = await open(holder, options, claims);
  // Another account may have been connected in this moment.
  if (mailbox && mailboxOf(access) !== mailbox) return open({ ...holder, mailbox }, options, claims);
  return access;
}

/** Whose grant opens a mailbox: the connection's, unless that leads to another one. */
async function holderOf(userId: string, mailbox: string | undefined): Promise<GrantHolder> {
  const owner = { userId, provider };
  if (!mailbox) return owner;
  const connected = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: owner },
    select: { tenantId: true, accountId: true },
  });
  return connected && mailboxOf(connected) === mailbox ? owner : { ...owner, mailbox };
}

async function open(holder: GrantHolder, options: AccessOptions, claims: string | null): Promise<Access> {
  const refresh: Refresh = async (held) => {
    try {
      return await (held.managed
        ? applicationTokens(held.tenantId, claims)
        : refreshTokens({ ...held, claims }));
    } catch (error) {
      const seconds = error instanceof ProviderError ? error.details.retryAfterSeconds : undefined;
      const { mailbox, ...owner } = holder;
      if (seconds) await notePause(mailbox ? partsOf(mailbox) : owner, seconds);
      throw error;
    }
  };
  try {
    const access = await freshAccessToken(holder, refresh, options);
    if (access.ok) return access.value;
    const { error } = access;
    const vendorCode = error.code === "reconnect_needed" ? error.reason : null;
    throw new ProviderError(
      holder.mailbox ? "out_of_reach" : error.code,
      "The organizer has no working connection.",
      vendorCode ? { vendorCode } : {},
    );
  } catch (error) {
    if (error instanceof CipherError) {
      throw new ProviderError("misconfigured", `The stored tokens do not open: ${error.message}`, {
        cause: error,
      });
    }
    if (error instanceof RenewalPaused) {
      throw new ProviderError("throttled", error.message, {
        vendorCode: error.code,
        retryAfterSeconds: error.seconds,
        cause: error,
      });
    }
    if (error instanceof RenewalTimeout) {
      throw new ProviderError("unavailable", error.message, { vendorCode: error.code, cause: error });
    }
    throw error;
  }
}
