import type { Prisma, PrismaClient } from "@/lib/database/generated/client";

type Work = () => void;

const waiting = new WeakMap<object, Work[]>();

/** Does `work` once this transaction is committed, and never if it isn't; at once where `tx` is no transaction. */
export function afterCommit(tx: Prisma.TransactionClient, work: Work): void {
  const list = waiting.get(tx);
  if (list) list.push(work);
  else work();
}

type Interactive = (tx: Prisma.TransactionClient) => Promise<unknown>;

/** Teaches a client that its transactions have work to do once they are committed. A list of statements has none. */
export function noticeCommits(client: PrismaClient): PrismaClient {
  const begin = client.$transaction.bind(client);
  const noticing = async (given: Interactive | Prisma.PrismaPromise<unknown>[], options?: object) => {
    if (Array.isArray(given)) return begin(given, options);
    const list: Work[] = [];
    const value = await begin((tx) => {
      waiting.set(tx, list);
      return given(tx);
    }, options);
    for (const work of list) work();
    return value;
  };
  return Object.defineProperty(client, "$transaction", { value: noticing });
}
