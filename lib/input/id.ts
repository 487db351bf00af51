import { z } from "zod";

const uuid = z.uuid();

/** Whether a text from an address can be an id at all; PostgreSQL refuses to look for others. */
export function isId(text: string): boolean {
  return uuid.safeParse(text).success;
}

const guid = z.guid();

/** Whether this is a GUID, as Microsoft writes IDs: of any version, in either case. */
export function isGuid(text: string): boolean {
  return guid.safeParse(text).success;
}

/** Whether a text from an address can be a handle or an event type's link at all. */
export function isAddressPart(text: string): boolean {
  return /^[a-z0-9-]{1,63}$/i.test(text);
}
