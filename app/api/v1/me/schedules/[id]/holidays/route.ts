import { listHolidaysEndpoint } from "@/lib/api/endpoints/schedules";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { err, ok } from "@/lib/result";
import { listHolidays } from "@/lib/schedules/holidays";
import { getSchedule } from "@/lib/schedules/queries";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listHolidaysEndpoint, async ({ organizer, params, query }) => {
    const schedule = await getSchedule(organizer.scope, params.id);
    if (!schedule) return err("not_found");
    const { holidays } = schedule;
    const year = query.year ?? new Date().getUTCFullYear();
    const days = holidays ? await listHolidays(holidays, { from: year, through: year }) : [];
    const items = days.map((day) => ({ ...day, closed: !holidays?.keepOpen.includes(day.id) }));
    return ok({ items, nextCursor: null });
  }),
);
