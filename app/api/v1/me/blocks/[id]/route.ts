import { deleteBlockEndpoint, getBlockEndpoint, toApiBlock } from "@/lib/api/endpoints/blocks";
import { route } from "@/lib/api/route";
import { found, serve } from "@/lib/api/serve";
import { unblock } from "@/lib/booking/block-sender";
import { getBlock } from "@/lib/shield/blocks";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getBlockEndpoint, async ({ organizer, params }) => {
    const block = await getBlock(organizer.scope, params.id);
    return found(block && toApiBlock(block));
  }),
  serve(deleteBlockEndpoint, ({ organizer, params }) => unblock(organizer.scope, params.id)),
);
