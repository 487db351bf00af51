import type { Prisma } from "@/lib/database/generated/client";

/** A JSON column that holds an object; anything else counts as an empty one. */
export function toRecord(value: Prisma.JsonValue): Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}
