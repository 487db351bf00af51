import { z } from "zod";

const uuid = z.uuid();

/** Whether a text from an address can be an id at all; PostgreSQL refuses to look for others. */
export function isId(text: string): boolean {
  return uuid.safeParse(text).success;
}
