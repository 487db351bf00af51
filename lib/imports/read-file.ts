/** Which product a file is from, and what it has. PURE. */
import type { z } from "zod";
import { calComFile, readCalCom } from "@/lib/imports/cal-com";
import { calendlyFile, readCalendly } from "@/lib/imports/calendly";
import type { Draft, Source } from "@/lib/imports/draft";
import { easyAppointmentsFile, readEasyAppointments } from "@/lib/imports/easy-appointments";
import { bookingsFile, readBookingsTable, readMicrosoftBookings } from "@/lib/imports/microsoft-bookings";
import { err, ok, type Result } from "@/lib/result";

export type UnreadableFile =
  /** Not JSON, and not a table of bookings. */
  | { code: "not_readable" }
  /** None of the products writes such a file. */
  | { code: "source_unknown" }
  /** It has what one of them writes, but for these places. */
  | { code: "file_incomplete"; source: Source; paths: string[]; problems: string[] };

/** Reads an exported file. Nothing is checked by Bellhop's own rules yet. */
export function readImportFile(text: string): Result<Draft, UnreadableFile> {
  const table = readBookingsTable(text);
  if (table) return ok(table);
  const file = parse(text);
  if (file === undefined) return err("not_readable");
  if (file === null || typeof file !== "object") return err("source_unknown");
  if ("eventTypes" in file) return read("cal.com", calComFile, file, readCalCom);
  if ("event_types" in file) return read("calendly", calendlyFile, file, readCalendly);
  if ("business" in file) return read("microsoft-bookings", bookingsFile, file, readMicrosoftBookings);
  if ("services" in file) return read("easyappointments", easyAppointmentsFile, file, readEasyAppointments);
  return err("source_unknown");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function read<Schema extends z.ZodType>(
  source: Source,
  schema: Schema,
  file: object,
  toDraft: (read: z.output<Schema>) => Draft,
): Result<Draft, UnreadableFile> {
  const known = schema.safeParse(file);
  if (known.success) return ok(toDraft(known.data));
  const issues = known.error.issues
    .slice(0, 10)
    .map(({ path, message }) => ({ path: path.join("."), message }));
  const problems = issues.map(({ path, message }) => `${path}: ${message}`);
  return err("file_incomplete", { source, paths: issues.map(({ path }) => path), problems });
}
