/**
 * Rooms of an organization in Outlook: their free time, as `getSchedule` shows it to everyone there, and the list of them, which an
 * administrator has to allow (`Place.Read.All`).
 */
import type { BusyInterval } from "@/lib/meetings/calendar-reader";
import type { ListedRoom, RoomReader } from "@/lib/meetings/room-reader";
import { type GraphClient, openGraph } from "@/lib/meetings/teams/graph";
import { readBody } from "@/lib/meetings/teams/graph-answer";
import { type GraphRoom, placesSchema, scheduleListSchema } from "@/lib/meetings/teams/graph-schema";
import { eachPage } from "@/lib/meetings/teams/paging";

/** Microsoft's own limits: addresses of one call, and days, of which there must be fewer than 62. */
const addressesMax = 20;
const daysMax = 60;

const dayMs = 24 * 3600_000;

/** Microsoft's number for an address that is no mailbox here. */
const noMailbox = "5016";

/** What an entry may be shown as without taking the room. */
const openStatuses: ReadonlySet<string> = new Set(["free", "workingelsewhere"]);

/** More than anyone looks through; a page has 100 (Microsoft: place-list). */
const listedMax = 1000;

export const roomReader: RoomReader = {
  async listRooms(context) {
    const rooms: ListedRoom[] = [];
    const call = { method: "GET", path: "/places/microsoft.graph.room", query: { $top: "100" } } as const;
    await eachPage(openGraph(context), call, (answer) => {
      const page = readBody(placesSchema, answer);
      for (const place of page.value) {
        // One without a mailbox can't be invited.
        if (place.emailAddress) rooms.push(toListed(place, place.emailAddress));
      }
      return rooms.length < listedMax ? page["@odata.nextLink"] : null;
    });
    return rooms;
  },
  async readRooms(context, emails, from, to) {
    const graph = openGraph(context);
    const found = new Map<string, BusyInterval[] | null>();
    for (let first = 0; first < emails.length; first += addressesMax) {
      const asked = emails.slice(first, first + addressesMax);
      const unread = new Set<string>();
      for (let start = from; start < to; start = new Date(start.getTime() + daysMax * dayMs)) {
        const end = new Date(Math.min(to.getTime(), start.getTime() + daysMax * dayMs));
        for (const [email, busy] of await readSchedules(graph, asked, start, end)) {
          if (busy === "unread") unread.add(email);
          else found.set(email, busy && [...(found.get(email) ?? []), ...busy]);
        }
      }
      for (const email of unread) found.delete(email);
    }
    return found;
  },
};

function toListed(
  { displayName, capacity, building, tags, ...devices }: GraphRoom,
  email: string,
): ListedRoom {
  const { audioDeviceName, videoDeviceName, displayDeviceName } = devices;
  const features = [...(tags ?? []), audioDeviceName, videoDeviceName, displayDeviceName];
  return {
    email: email.toLowerCase(),
    name: displayName || email,
    capacity: capacity && capacity > 0 ? capacity : null,
    building: building ?? "",
    features: [...new Set(features.flatMap((feature) => feature || []))],
  };
}

type Shown = [email: string, busy: BusyInterval[] | null | "unread"];

async function readSchedules(
  graph: GraphClient,
  schedules: readonly string[],
  from: Date,
  to: Date,
): Promise<Shown[]> {
  const body = {
    schedules,
    startTime: inUtc(from),
    endTime: inUtc(to),
    availabilityViewInterval: 60,
  };
  const answer = await graph.call({ method: "POST", path: "/me/calendar/getSchedule", body });
  return readBody(scheduleListSchema, answer).value.flatMap(
    ({ scheduleId, scheduleItems, error }): Shown[] => {
      const email = scheduleId?.toLowerCase();
      if (!email) return [];
      if (error) return [[email, error.responseCode === noMailbox ? null : "unread"]];
      const taken = (scheduleItems ?? []).filter(
        ({ status }) => !openStatuses.has(status?.toLowerCase() ?? ""),
      );
      const busy = taken.map(({ start, end }) => ({ startsAt: start, endsAt: end }));
      return [[email, busy.filter(({ startsAt, endsAt }) => startsAt < endsAt)]];
    },
  );
}

const inUtc = (at: Date) => ({ dateTime: at.toISOString().slice(0, 19), timeZone: "UTC" });
