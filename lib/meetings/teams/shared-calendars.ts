/** Finds the calendars of other mailboxes that were shared with the account. */
import { byAddress, type SharedCalendars } from "@/lib/meetings/shared-calendars";
import { openGraph } from "@/lib/meetings/teams/graph";
import { readBody } from "@/lib/meetings/teams/graph-answer";
import { offersTeams, sharedCalendarSchema } from "@/lib/meetings/teams/graph-schema";

const fields = "id,name,hexColor,canEdit,allowedOnlineMeetingProviders,owner";

export const sharedCalendars: SharedCalendars = {
  async findShared(context, address) {
    const calendarId = `${byAddress}${address.toLowerCase()}`;
    const graph = openGraph({ ...context, sharedCalendar: calendarId });
    const call = { method: "GET", path: "/me/calendar", query: { $select: fields } } as const;
    const calendar = readBody(sharedCalendarSchema, await graph.call(call));
    return {
      calendarId,
      name: calendar.owner?.name || address,
      color: calendar.hexColor || null,
      isDefault: false,
      canEdit: calendar.canEdit === true,
      hasMeetings: offersTeams(calendar),
      ownerAddress: address.toLowerCase(),
    };
  },
};
