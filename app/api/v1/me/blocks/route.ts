import {
  createBlockEndpoint,
  deleteNamedBlockEndpoint,
  listBlocksEndpoint,
  toApiBlock,
} from "@/lib/api/endpoints/blocks";
import { sliceOf, toPage } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { blockSenders, unblock } from "@/lib/booking/block-sender";
import { ok } from "@/lib/result";
import { toBlockValue } from "@/lib/shield/block-schema";
import { listBlocks } from "@/lib/shield/blocks";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listBlocksEndpoint, async ({ organizer, query }) => {
    const blocks = await listBlocks(organizer.scope, sliceOf(query));
    return ok(toPage(blocks.map(toApiBlock), query.limit, ({ id }) => id));
  }),
  serve(createBlockEndpoint, async ({ organizer, body }) => {
    const blocked = await blockSenders(organizer.scope, toBlockValue(body));
    return blocked.ok ? ok(toApiBlock(blocked.value.block)) : blocked;
  }),
  serve(deleteNamedBlockEndpoint, ({ organizer, query }) => unblock(organizer.scope, query.id)),
);
