/** Where an appointment takes place, as an event type's row keeps it. */
import { z } from "zod";
import { jsonColumn } from "@/lib/database/json-column";

const named = z.object({ kind: z.enum(["link", "phone", "in_person"]), value: z.string() });

export const readLocation = jsonColumn(
  "EventType.location",
  z.union([z.object({ kind: z.enum(["teams", "none"]) }), named]),
);

/** What is used instead if Teams can't create a meeting; null: nothing. */
export const readFallbackLocation = jsonColumn(
  "EventType.fallbackLocation",
  z.union([z.object({ kind: z.literal("none") }), named]).nullable(),
);
