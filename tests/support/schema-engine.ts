/**
 * Prisma's own schema engine (WebAssembly, nothing to download), for drafting migrations and for the test that the
 * migrations and the schema agree.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";

const require = createRequire(import.meta.url);
const charType = 18;
const textType = 25;

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>;
interface QueryResult {
  fields?: { dataTypeID: number }[];
  rows: object[];
}

/** PostgreSQL's one-byte "char", used by its catalogue, is unknown to the adapter: read it as text of one character. */
function readSingleChars(adapter: Adapter): Adapter {
  const inner = adapter as unknown as { client: { query(...args: unknown[]): Promise<QueryResult> } };
  const marks = new WeakMap<object, number[]>();
  const query = inner.client.query.bind(inner.client);
  inner.client.query = async (...args) => {
    const result = await query(...args);
    for (const [index, field] of (result?.fields ?? []).entries()) {
      if (field.dataTypeID !== charType) continue;
      field.dataTypeID = textType;
      marks.set(result.rows, [...(marks.get(result.rows) ?? []), index]);
    }
    return result;
  };
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (params) => {
    const result = await queryRaw(params);
    for (const index of marks.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}

class MigrationAdapter extends PrismaPg {
  constructor(
    url: string,
    private readonly shadowUrl: string,
  ) {
    super({ connectionString: url });
  }
  override async connect() {
    const adapter = readSingleChars(await super.connect());
    adapter.executeScript = async (sql) => {
      await (adapter as unknown as { client: { query(sql: string): Promise<unknown> } }).client.query(sql);
    };
    return adapter;
  }
  override connectToShadowDb() {
    return new MigrationAdapter(this.shadowUrl, this.shadowUrl).connect();
  }
}

interface SchemaEngine {
  diff(input: object): Promise<{ exitCode: number; stdout?: string }>;
}

async function openEngine(url: string, shadowUrl: string, files: { path: string; content: string }[]) {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const folder = path.dirname(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const wasm = new WebAssembly.Module(readFileSync(path.join(folder, "schema_engine_bg.wasm")));
  const instance = new WebAssembly.Instance(wasm, { "./schema_engine_bg.js": bindings as never });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as (() => void) | undefined)?.();
  const registry = globalThis as { PRISMA_WASM_PANIC_REGISTRY?: object };
  let panic = "";
  registry.PRISMA_WASM_PANIC_REGISTRY ??= {
    get: () => panic,
    set_message: (message: string) => {
      panic = message;
    },
  };
  const adapter = bindMigrationAwareSqlAdapterFactory(new MigrationAdapter(url, shadowUrl));
  const models = files.map((file) => [file.path, file.content] as [string, string]);
  return (await bindings.SchemaEngine.new({ datamodels: models }, () => undefined, adapter)) as SchemaEngine;
}

/** SQL that would turn the database at `url` into what prisma/schema.prisma describes; empty when they agree. */
export async function draftMigration(url: string, shadowUrl: string): Promise<string> {
  const schemaPath = path.resolve("prisma/schema.prisma");
  const files = [{ path: schemaPath, content: readFileSync(schemaPath, "utf8") }];
  const engine = await openEngine(url, shadowUrl, files);
  const answer = await engine.diff({
    from: { tag: "schemaDatasource", files, configDir: path.dirname(schemaPath) },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return answer.exitCode === 0 ? "" : (answer.stdout ?? "");
}
