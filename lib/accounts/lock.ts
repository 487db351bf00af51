import type { Tx } from "@/lib/database/client";

/** Any number, the same in every process: the lock's name. */
const accountsLock = 7_201_954_412;

/**
 * Until this transaction ends, no one else opens an account or changes an email address, handle or role. So what was
 * looked up about them stays true: who is first, what is taken, who is the last admin.
 */
export async function lockAccounts(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${accountsLock})`;
}
