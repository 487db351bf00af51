/**
 * The file of a backup: gzipped text as psql reads it, a comment that says what it is, the rows of each table, and a comment that says
 * what has to be in it. It is written and read as a stream.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { z } from "zod";

/** Raised when the file's form changes so that an older Bellhop would misread it. */
export const backupFormat = 1;

const step = z.object({ name: z.string(), checksum: z.string() });

const headSchema = z.object({
  format: z.number().int(),
  version: z.string(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** Of PostgreSQL, as it says itself. */
  postgres: z.string(),
  /** The migrations that the database had, oldest first. */
  migrations: z.array(step).min(1),
  /** The keys that its values are sealed with: their names, and a value by which a server knows whether its own are the same. */
  keys: z.array(z.object({ id: z.string(), check: z.string() })),
});

const tableSchema = z.object({ rows: z.number().int(), sha256: z.string() });

const endSchema = z.object({
  tables: z.record(z.string(), tableSchema),
  sequences: z.record(z.string(), z.string()),
  /** Of the first line. */
  head: z.string(),
});

export type BackupHead = z.output<typeof headSchema>;
export type BackupEnd = z.output<typeof endSchema>;

/** The file can't be used; `message` is the end of a sentence that begins with the file's name. */
export class BackupFileError extends Error {
  readonly code = "backup_unusable";
  override name = "BackupFileError";
}

const headMark = "-- Bellhop backup ";
const endMark = "-- End of the backup ";
const dataEnd = Buffer.from("\\.\n");

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** The statement whose rows follow it, as PostgreSQL takes it. Names are those of our own tables. */
export const copyStatement = (table: string, columns: readonly string[]) =>
  `COPY "${table}" (${columns.map((column) => `"${column}"`).join(", ")}) FROM stdin;`;

export const headLine = (head: BackupHead) => `${headMark}${JSON.stringify(head)}\n`;
export const endLine = (end: BackupEnd) => `${endMark}${JSON.stringify(end)}\n`;

/** What a reader does with a table: the columns, and the rows in PostgreSQL's text format, in pieces. All of them have to be read. */
export type TakeTable = (table: string, columns: string[], rows: AsyncIterable<Buffer>) => Promise<void>;

export interface BackupReader {
  /** Before the first table. */
  head(head: BackupHead): void | Promise<void>;
  table: TakeTable;
}

/**
 * Reads a backup from its beginning to its end, and makes sure that it is whole. Throws `BackupFileError`, and the system's error where the
 * file can't be read.
 */
export async function readBackup(file: string, reader: BackupReader): Promise<BackupEnd> {
  const lines = new Lines(gunzipped(file));
  const head = await lines.next();
  if (!head?.startsWith(headMark)) throw new BackupFileError("isn't a backup of Bellhop.");
  await reader.head(parse(headSchema, head.slice(headMark.length)));
  const tables: BackupEnd["tables"] = {};
  for (;;) {
    const line = await lines.next();
    if (line?.startsWith(endMark)) {
      const end = parse(endSchema, line.slice(endMark.length));
      if ((await lines.next()) !== null) throw broken();
      requireSame(end, tables, sha256(`${head}\n`));
      return end;
    }
    const { table, columns } = parseCopy(line);
    const data = new Data(lines);
    await reader.table(table, columns, data);
    tables[table] = data.sum();
  }
}

/** One table's rows as they pass, counted and summed up. */
class Data implements AsyncIterable<Buffer> {
  private readonly hash = createHash("sha256");
  private rows = 0;

  constructor(private readonly lines: Lines) {}

  async *[Symbol.asyncIterator]() {
    for await (const piece of this.lines.data()) {
      this.hash.update(piece);
      this.rows += countRows(piece);
      yield piece;
    }
  }

  sum() {
    return { rows: this.rows, sha256: this.hash.digest("hex") };
  }
}

/** How many rows end in this piece: in PostgreSQL's text format a line break stands only at their end. PURE. */
export function countRows(piece: Buffer): number {
  let count = 0;
  for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) count += 1;
  return count;
}

/** A stream of text: lines of our own, and stretches of data between them. */
class Lines {
  private readonly pieces: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Buffer>) {
    this.pieces = pieces[Symbol.asyncIterator]();
  }

  /** The next line without its end; null behind the last. */
  async next(): Promise<string | null> {
    for (;;) {
      const at = this.rest.indexOf(10);
      if (at !== -1) {
        const line = this.rest.toString("utf8", 0, at);
        this.rest = this.rest.subarray(at + 1);
        return line;
      }
      if (!(await this.more())) {
        if (this.rest.length > 0) throw broken();
        return null;
      }
    }
  }

  /** Whole rows up to the line that ends them. */
  async *data(): AsyncGenerator<Buffer> {
    for (;;) {
      const end = this.findDataEnd();
      if (end !== -1) {
        if (end > 0) yield this.rest.subarray(0, end);
        this.rest = this.rest.subarray(end + dataEnd.length);
        return;
      }
      const whole = this.rest.lastIndexOf(10) + 1;
      if (whole > 0) yield this.rest.subarray(0, whole);
      this.rest = this.rest.subarray(whole);
      if (!(await this.more())) throw broken();
    }
  }

  /** Where the line that ends the data begins; -1: not in what is read so far. */
  private findDataEnd(): number {
    if (this.rest.subarray(0, dataEnd.length).equals(dataEnd)) return 0;
    const at = this.rest.indexOf("\n\\.\n");
    return at === -1 ? -1 : at + 1;
  }

  private async more(): Promise<boolean> {
    const { value, done } = await this.pieces.next();
    if (done) return false;
    this.rest = this.rest.length > 0 ? Buffer.concat([this.rest, value]) : value;
    return true;
  }
}

async function* gunzipped(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  source.on("error", (error) => gunzip.destroy(error));
  try {
    for await (const piece of source.pipe(gunzip)) yield piece as Buffer;
  } catch (error) {
    // What zlib says of damaged and cut files: Z_DATA_ERROR, Z_BUF_ERROR.
    if (String((error as { code?: string }).code).startsWith("Z_")) throw broken(error);
    throw error;
  } finally {
    source.destroy();
  }
}

const broken = (cause?: unknown) =>
  new BackupFileError("is cut off or damaged. Use another backup.", { cause });

function parse<Value>(schema: z.ZodType<Value>, text: string): Value {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw broken(cause);
  }
}

function parseCopy(line: string | null): { table: string; columns: string[] } {
  const match = /^COPY "(\w+)" \((.*)\) FROM stdin;$/.exec(line ?? "");
  if (!match?.[1] || match[2] === undefined) throw broken();
  const columns = match[2].split(", ").map((quoted) => quoted.slice(1, -1));
  if (!columns.every((column) => /^\w+$/.test(column))) throw broken();
  return { table: match[1], columns };
}

function requireSame(end: BackupEnd, tables: BackupEnd["tables"], head: string): void {
  const names = Object.keys(end.tables);
  const isSame = (name: string) =>
    tables[name]?.rows === end.tables[name]?.rows && tables[name]?.sha256 === end.tables[name]?.sha256;
  if (end.head !== head || names.length !== Object.keys(tables).length || !names.every(isSame))
    throw broken();
}
