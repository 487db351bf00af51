/** Forms with rows that come and go, as the flat fields a browser sends: `week.1.0.start`. PURE, for server and browser. */

export type FormValues = Readonly<Record<string, string>>;

/** The text fields of a form; of several with one name the last counts. A file is no text, and React adds fields of its own. */
export function toFormValues(formData: FormData): FormValues {
  const values: Record<string, string> = {};
  for (const [name, value] of formData) {
    if (typeof value === "string" && !name.startsWith("$")) values[name] = value;
  }
  return values;
}

/**
 * How many fields of a form complaints are about, by their paths: what is typed into one field may be read as a list, and be wrong in several
 * places.
 */
export function countMistaken(errors: Readonly<Record<string, string>>, values: FormValues): number {
  const isTyped = (name: string) => Object.hasOwn(values, name);
  const fieldOf = (path: string): string => {
    const list = path.replace(/\.\d+$/, "");
    return !isTyped(path) && isTyped(list) ? list : path;
  };
  return new Set(Object.keys(errors).map(fieldOf)).size;
}

/** The rows of a list in order, each with its own fields: `rowsOf(values, "week.1")` is `[{start, end}]`. */
export function rowsOf(values: FormValues, list: string): FormValues[] {
  const rows = new Map<number, Record<string, string>>();
  for (const [name, value] of Object.entries(values)) {
    const [, index, field] = name.startsWith(`${list}.`)
      ? (/^(\d{1,4})\.(.+)$/.exec(name.slice(list.length + 1)) ?? [])
      : [];
    if (index === undefined || field === undefined) continue;
    const row = rows.get(Number(index)) ?? {};
    row[field] = value;
    rows.set(Number(index), row);
  }
  return [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);
}

/** The same fields with other rows in one list. */
export function withRows(values: FormValues, list: string, rows: readonly FormValues[]): FormValues {
  const others = Object.entries(values).filter(([name]) => !name.startsWith(`${list}.`));
  const own = rows.flatMap((row, index) =>
    Object.entries(row).map(([field, value]): [string, string] => [`${list}.${index}.${field}`, value]),
  );
  return Object.fromEntries([...others, ...own]);
}

/** The same fields with the row of this name one place further up (-1) or down (1), where there is one. */
export function withMovedRow(values: FormValues, row: string, by: -1 | 1): FormValues {
  const at = row.lastIndexOf(".");
  const list = row.slice(0, at);
  const from = Number(row.slice(at + 1));
  const rows = rowsOf(values, list);
  const [moving, other] = [rows[from], rows[from + by]];
  if (!moving || !other) return values;
  return withRows(values, list, rows.with(from, other).with(from + by, moving));
}

/** The same fields without the row of this name, such as `week.1.0`; the rows behind it move up. */
export function withoutRow(values: FormValues, row: string): FormValues {
  const at = row.lastIndexOf(".");
  const list = row.slice(0, at);
  const kept = rowsOf(values, list).filter((_, index) => String(index) !== row.slice(at + 1));
  return withRows(values, list, kept);
}
