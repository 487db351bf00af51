import { listAuditEndpoint, toAnswer } from "@/lib/api/endpoints/audit";
import { toPage } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { listAudit } from "@/lib/audit/queries";
import { err, ok } from "@/lib/result";
import { dateRangeToInstants } from "@/lib/slot-engine/zone";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listAuditEndpoint, async ({ organizer, query }) => {
    if (organizer.role !== "admin") return err("forbidden");
    const { from, to, who, action, cursor, limit } = query;
    const [at, id] = cursor ?? [];
    const rows = await listAudit(
      {
        ...(from && { from: new Date(isDate(from) ? dayOf(from).start : from) }),
        ...(to && { to: new Date(isDate(to) ? dayOf(to).end : to) }),
        ...(who && { who }),
        ...(action && { action }),
      },
      { take: limit + 1, before: at && id ? { at: new Date(at), id } : undefined },
    );
    const page = toPage(rows, limit, (last) => [last.at.toISOString(), last.id]);
    return ok({ items: page.items.map(toAnswer), nextCursor: page.nextCursor });
  }),
);

const isDate = (moment: string) => moment.length === 10;
const dayOf = (date: string) => dateRangeToInstants(date, date, "UTC");
