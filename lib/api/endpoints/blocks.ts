import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery } from "@/lib/api/page";
import { instant } from "@/lib/input/time";
import { blockInput } from "@/lib/shield/block-schema";
import { blockKinds } from "@/lib/shield/block-value";
import type { Block } from "@/lib/shield/blocks";

const block = z
  .object({
    id: z.uuid(),
    kind: z.enum(blockKinds),
    value: z.string().meta({
      description:
        "As senders are compared: in lower case, an address as its mailbox, a network as its prefix",
    }),
    createdAt: instant,
  })
  .meta({ id: "Block" });

const path = "/api/v1/me/blocks";
const byId = z.object({ id: z.uuid() });

export const listBlocksEndpoint = endpoint({
  method: "GET",
  path,
  access: "read",
  summary: "List whom you have blocked, newest first",
  query: pageQuery,
  answer: pageOf(block),
});

export const createBlockEndpoint = endpoint({
  method: "POST",
  path,
  access: "all",
  repeatable: true,
  summary:
    "Block a sender: their bookings are held back, and those that wait for their visitor are rejected. A block that there is already is returned",
  body: blockInput,
  status: 201,
  answer: block,
  problems: ["too_many_blocks"],
});

export const deleteNamedBlockEndpoint = endpoint({
  method: "DELETE",
  path,
  access: "all",
  summary: "Take back the block that the query names",
  query: z.strictObject({ id: z.uuid("id_form") }),
  status: 204,
  problems: ["not_found"],
});

export const getBlockEndpoint = endpoint({
  method: "GET",
  path: `${path}/{id}`,
  access: "read",
  summary: "Read a block",
  params: byId,
  answer: block,
  problems: ["not_found"],
});

export const deleteBlockEndpoint = endpoint({
  method: "DELETE",
  path: `${path}/{id}`,
  access: "all",
  summary: "Take back a block. What it rejected waits for its visitor again while there is time",
  params: byId,
  status: 204,
  problems: ["not_found"],
});

/** A block as its organizer reads it. */
export function toApiBlock({ createdAt, ...rest }: Block): z.input<typeof block> {
  return { ...rest, createdAt: createdAt.toISOString() };
}
