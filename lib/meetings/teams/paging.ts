/** Lists of Graph's, page by page, and the addresses of calendar views. */
import type { CalendarChoice } from "@/lib/meetings/calendar-reader";
import type { GraphCall, GraphClient } from "@/lib/meetings/teams/graph";
import type { GraphAnswer } from "@/lib/meetings/teams/graph-answer";

/** Reads a page after the other; `read` answers with the link to the next. */
export async function eachPage(
  graph: Pick<GraphClient, "call">,
  first: GraphCall,
  read: (answer: GraphAnswer) => string | null | undefined,
): Promise<void> {
  let call: GraphCall | null = first;
  while (call) {
    const link: string | null | undefined = read(await graph.call(call));
    const { method, path } = first;
    call = link ? { method, path, link } : null;
  }
}

/** The account's own calendar is asked for without its id, and someone else's is where the call goes as a whole. */
export function viewOf(
  { calendarId, isDefault, isShared }: CalendarChoice,
  rest: string,
): Pick<GraphCall, "path" | "ids"> {
  return isDefault || isShared
    ? { path: `/me/calendarView${rest}` }
    : { path: `/me/calendars/{calendar}/calendarView${rest}`, ids: { calendar: calendarId } };
}

export const between = (from: Date, to: Date) => ({
  startDateTime: from.toISOString(),
  endDateTime: to.toISOString(),
});
