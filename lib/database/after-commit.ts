import type { Prisma, PrismaClient } from "@/lib/database/generated/client";

type Work = () => void;

const waiting = new WeakMap<object, Work[]>();

/** Does `work` once this transaction is committed, and never if it isn't; at once where `tx` is no transaction. */
export function afterCommit(tx: Prisma.TransactionClient, work: Work): void {
  const list = waiting.get(tx);
  if (list) list.push(work);
  else work();
}

/** Teaches a client that its transactions have work to do once they are committed. */
export function noticeCommits(client: PrismaClient): PrismaClient {
  const begin = client.$transaction.bind(client);
  const noticing = async (work: (tx: Prisma.TransactionClient) => Promise<unknown>, options?: object) => {
    const list: Work[] = [];
    const value = await begin((tx) => {
      waiting.set(tx, list);
      return work(tx);
    }, options);
    for (const each of list) each();
    return value;
  };
  return Object.defineProperty(client, "$transaction", { value: noticing });
}
