/** The rooms of an event type as its form has them. PURE, for server and browser. */
import type { FormValues } from "@/lib/input/form-values";
import { splitFeatures } from "@/lib/rooms/features";

interface Need {
  match: "all" | "any";
  roomIds: string[];
  capacity?: number | undefined;
  building?: string | undefined;
  features: string[];
}

const idField = "rooms.id.";

/** The fields of what is stored. */
export function toRoomValues(need: Need | undefined): FormValues {
  const ticked = (need?.roomIds ?? []).map((id) => [`${idField}${id}`, "on"]);
  return {
    "rooms.match": need?.match ?? "",
    "rooms.capacity": need?.capacity === undefined ? "" : String(need.capacity),
    "rooms.building": need?.building ?? "",
    "rooms.features": (need?.features ?? []).join(", "),
    ...Object.fromEntries(ticked),
  };
}

/** The ids of the rooms that are named. */
export function namedRoomsIn(values: FormValues): string[] {
  const names = Object.keys(values).filter((name) => name.startsWith(idField));
  return names.map((name) => name.slice(idField.length));
}

/** What the schema checks; nothing where the form has no rooms, so that what is stored stays. */
export function readRoomValues(values: FormValues): { rooms?: object | null } {
  const match = values["rooms.match"];
  if (match === undefined) return {};
  if (match === "") return { rooms: null };
  const roomIds = namedRoomsIn(values);
  if (match !== "any") return { rooms: { match, roomIds } };
  const capacity = values["rooms.capacity"]?.trim();
  const building = values["rooms.building"]?.trim();
  return {
    rooms: {
      match,
      roomIds,
      features: splitFeatures(values["rooms.features"] ?? ""),
      ...(capacity ? { capacity: Number(capacity) } : {}),
      ...(building ? { building } : {}),
    },
  };
}
