import { z } from "zod";

/** One piece of a list, and the cursor of the next one; null at the end. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/**
 * A cursor that came back from a client: opaque outside, inside the sort key of the last row shown, of this shape.
 */
export function cursor<Key extends z.ZodType>(key: Key) {
  return z
    .string()
    .max(1000, "too_long")
    .transform((text, ctx): z.output<Key> => {
      const read = key.safeParse(readKey(text));
      if (read.success) return read.data;
      ctx.addIssue({ code: "custom", message: "cursor_form", input: text });
      return z.NEVER;
    })
    .meta({ description: "`nextCursor` of the previous page" });
}

function readKey(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

/** How many rows a page may ask for. */
export const limit = z.coerce
  .number()
  .int("whole_number")
  .min(1, "number_min")
  .max(100, "number_max")
  .default(50)
  .meta({ description: "Maximum number of items in one answer" });

/** The query of a list that is ordered by id. */
export const pageQuery = z.strictObject({ cursor: cursor(z.uuid()).optional(), limit });

/** What to read for a page: one row more than asked for, which shows whether there is a next one. */
export function sliceOf({ cursor, limit }: z.output<typeof pageQuery>) {
  return { after: cursor, take: limit + 1 };
}

/** Cuts rows, of which one more was read than asked for, into a page. */
export function toPage<Row>(rows: Row[], limit: number, keyOf: (last: Row) => unknown): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? Buffer.from(JSON.stringify(keyOf(last))).toString("base64url") : null };
}

/** The shape of a list's answer. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z
      .string()
      .nullable()
      .meta({ examples: [null] }),
  });
}

/** The page of a list that is short enough to be read as a whole. */
export function pageAmong<Row>(
  all: readonly Row[],
  { cursor: after, limit: take }: z.output<typeof pageQuery>,
  idOf: (row: Row) => string,
): Page<Row> {
  const first = after === undefined ? 0 : all.findIndex((row) => idOf(row) === after) + 1;
  return toPage(all.slice(first, first + take + 1), take, idOf);
}
