import {
  createBookingLinkEndpoint,
  listBookingLinksEndpoint,
  toApiLink,
} from "@/lib/api/endpoints/booking-links";
import { sliceOf, toPage } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { createBookingLink, listBookingLinks } from "@/lib/booking/booking-links";
import { getEventType } from "@/lib/event-types/queries";
import { err, ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listBookingLinksEndpoint, async ({ organizer, params, query }) => {
    if (!(await getEventType(organizer.scope, params.id))) return err("not_found");
    const links = await listBookingLinks(organizer.scope, params.id, sliceOf(query));
    return ok(toPage(links.map(toApiLink), query.limit, ({ id }) => id));
  }),
  serve(createBookingLinkEndpoint, async ({ organizer, params, body }) => {
    const { name, expiresAt } = body;
    const made = await createBookingLink(organizer.scope, params.id, {
      name,
      expiresAt: expiresAt ? new Date(expiresAt) : null,
    });
    return made.ok ? ok({ ...toApiLink(made.value), url: made.value.url }) : made;
  }),
);
