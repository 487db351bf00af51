/** What came of doing something with several bookings, as the page's address says it. PURE. */
import { z } from "zod";
import type { Outcome } from "@/lib/booking/act-on-several";
import { mostAtOnce, type SeveralVerb, severalVerbs } from "@/lib/booking/several";

const ids = z.union([z.uuid().transform((id) => [id]), z.array(z.uuid()).max(mostAtOnce)]).default([]);

const address = z.object({ several: z.enum(severalVerbs), done: ids, left: ids });

/** Ids alone: names and addresses never stand in an address. */
export function severalHref(verb: SeveralVerb, { done, left }: Outcome): string {
  const query = new URLSearchParams([
    ["several", verb],
    ...done.map((id) => ["done", id]),
    ...left.map((id) => ["left", id]),
  ]);
  return `/account/bookings?${query}`;
}

/** Null where the address says nothing of the kind. */
export function readSeveral(parameters: unknown): (Outcome & { verb: SeveralVerb }) | null {
  const { data } = address.safeParse(parameters);
  return data ? { verb: data.several, done: data.done, left: data.left } : null;
}
