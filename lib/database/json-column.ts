/**
 * JSON columns, each read by one schema. A schema here says what shape a value has. The rules that a value had to meet when it was written
 * aren't checked again, so that a rule made stricter later locks no row out.
 */
import type { z } from "zod";

/** What is stored can't be read. That's a fault of the row, so nothing is guessed: the log names it, and values are never in it. */
class UnreadableColumn extends Error {
  readonly code = "unreadable_column";

  constructor(
    /** `EventType.questions` */
    readonly column: string,
    /** The row's. */
    readonly id: string,
    issues: readonly z.core.$ZodIssue[],
  ) {
    const complaints = issues
      .slice(0, 3)
      .map(({ path, message }) => `${path.join(".") || "value"}: ${message}`);
    super(`${column} of ${id} can't be read. ${complaints.join("; ")}`);
    this.name = "UnreadableColumn";
  }
}

/** Makes the reader of a column, named `Table.column`. It takes the stored value and the row's ID, and throws `UnreadableColumn`. */
export function jsonColumn<Schema extends z.ZodType>(
  column: string,
  schema: Schema,
): (value: unknown, id: string) => z.output<Schema> {
  return (value, id) => {
    const read = schema.safeParse(value);
    if (read.success) return read.data;
    throw new UnreadableColumn(column, id, read.error.issues);
  };
}
