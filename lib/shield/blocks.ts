/** Senders whose bookings are held back: each organizer's own, and those that hold for everyone. */
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db, type Tx } from "@/lib/database/client";
import { isId } from "@/lib/input/id";
import { err, ok, type Result } from "@/lib/result";
import type { BlockKind } from "@/lib/shield/block-value";

/** Whose bookings are held back; `everyone` is for platform admins. */
export type BlocksOf = OwnerScope | "everyone";

export interface Block {
  id: string;
  kind: BlockKind;
  value: string;
  createdAt: Date;
}

/** More than anyone adds by hand. */
const maxBlocks = 1000;

const shown = { id: true, kind: true, value: true, createdAt: true } as const;

export const ownerIdOf = (whose: BlocksOf) => (whose === "everyone" ? null : whose.ownerId);

/** Adds a block, or finds the one there is. `value` comes from `readBlockValue`. */
export async function addBlock(
  whose: BlocksOf,
  { kind, value }: { kind: BlockKind; value: string },
): Promise<Result<Block, { code: "too_many_blocks" }>> {
  const ownerId = ownerIdOf(whose);
  const find = () => db().block.findFirst({ where: { ownerId, value }, select: shown });
  const earlier = await find();
  if (earlier) return ok(earlier);
  if ((await db().block.count({ where: { ownerId } })) >= maxBlocks) return err("too_many_blocks");
  const made = await db().$transaction(async (tx) => {
    const [block] = await tx.block.createManyAndReturn({
      data: [{ ownerId, kind, value }],
      select: shown,
      skipDuplicates: true,
    });
    if (block && whose === "everyone") await noteBlock(tx, "block.made", block);
    return block;
  });
  // Left out only if a twin was faster.
  const block = made ?? (await find());
  return block ? ok(block) : addBlock(whose, { kind, value });
}

/** Takes a block back; nothing where there is none. */
export async function removeBlock(whose: BlocksOf, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const gone = await getBlock(whose, id, tx);
    if (!gone) return;
    await tx.block.delete({ where: { id } });
    if (whose === "everyone") await noteBlock(tx, "block.removed", gone);
  });
}

/** What holds for everyone is an admin's act; an organizer's own list is their own affair. */
function noteBlock(tx: Tx, action: "block.made" | "block.removed", { kind, value }: Block): Promise<void> {
  return record(tx, { action, subject: value, details: { kind } });
}

interface Slice {
  /** The id of the last one seen. */
  after?: string | undefined;
  take?: number;
}

/** Blocks, newest first. */
export function listBlocks(whose: BlocksOf, { after, take = maxBlocks }: Slice = {}): Promise<Block[]> {
  return db().block.findMany({
    where: { ownerId: ownerIdOf(whose), ...(after ? { id: { lt: after } } : {}) },
    select: shown,
    orderBy: { id: "desc" },
    take,
  });
}

/** One of these blocks; null when there is none. */
export async function getBlock(whose: BlocksOf, id: string, tx: Tx = db()): Promise<Block | null> {
  return isId(id) ? tx.block.findFirst({ where: { id, ownerId: ownerIdOf(whose) }, select: shown }) : null;
}

/** A block that holds for a sender. */
export interface FoundBlock {
  kind: BlockKind;
  /** Platform admins have blocked them for all organizers. */
  isEveryones: boolean;
}

/** `FoundBlock[]` of a host's organizer o, as the database writes it, null where there is none; the parameter holds the sender's values (text[]). */
export function blocksSql(values: string): string {
  return `(SELECT jsonb_agg(jsonb_build_object('kind', b.kind, 'isEveryones', b."ownerId" IS NULL))
    FROM "Block" b WHERE b.value = ANY(${values}::text[]) AND (b."ownerId" = o.id OR b."ownerId" IS NULL))`;
}
