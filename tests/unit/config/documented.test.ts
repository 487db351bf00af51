import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Env, listVariables, parseEnv } from "@/lib/config/env";

/* The admin guide, .env.example and the code say the same of every variable. */

const base = {
  APP_URL: "https://book.example.com",
  DATA_DIR: "./tests/.no-data",
  SESSION_SECRET: "session-secret-of-the-tests-0123456789abcdef",
  TOKEN_ENCRYPTION_KEYS: `t1:${Buffer.alloc(32, 7).toString("base64")}`,
};

/** Values that the base sets, so nothing can be said of their defaults. */
const withoutDefault = ["SESSION_SECRET", "TOKEN_ENCRYPTION_KEYS"];

const settingOf = (name: string, values: Record<string, string> = {}): unknown =>
  parseEnv({ ...base, ...values })[name as keyof Env];

const guide = new Map(
  [...readFileSync("docs/admin-guide.md", "utf8").matchAll(/^\| `([A-Z_]+)` \| .* \| (.+?) \|$/gm)].map(
    ([, name = "", leftOut = ""]) => [name, leftOut],
  ),
);

const example = new Map(
  [...readFileSync(".env.example", "utf8").matchAll(/^([A-Z_]+)=(.*)$/gm)].map(
    ([, name = "", value = ""]) => [name, value],
  ),
);

/** What the guide writes for a value: code, a number or a word; other variables in it stand for theirs. */
function writtenDefault(name: string): string {
  const cell = guide.get(name) ?? "";
  const text = /^`([^`]+)`/.exec(cell)?.[1] ?? cell;
  return text.replace("APP_URL", base.APP_URL).replace(":PORT", ":3000");
}

it("each variable is in the guide and in the example, and nothing else does", () => {
  expect([...guide.keys()].sort()).toEqual(listVariables().sort());
  // Compose reads this one, for the database beside Bellhop.
  expect([...example.keys()].sort()).toEqual([...listVariables(), "POSTGRES_PASSWORD"].sort());
});

describe("what the guide says of a variable that is left out", () => {
  const { APP_URL: _, DATA_DIR: __, ...secrets } = base;
  const withDefault = listVariables().filter(
    (name) => !withoutDefault.includes(name) && parseEnv(secrets)[name as keyof Env] !== undefined,
  );

  it.each(withDefault)(
    "%s: writing out what the guide says of a variable that is left out changes nothing",
    (name) => {
      const given =
        name === "APP_URL" ? secrets : name === "DATA_DIR" ? { ...secrets, APP_URL: base.APP_URL } : base;
      const unset = parseEnv(given)[name as keyof Env];
      expect(parseEnv({ ...given, [name]: writtenDefault(name) })[name as keyof Env]).toEqual(unset);
    },
  );

  it("the guide has a value for each variable that may be left out and has one", () => {
    expect(withDefault).toEqual(
      expect.arrayContaining(["SIGN_UP", "PORT", "TEAMS_SCOPES", "WORKER", "TRUST_PROXY"]),
    );
  });
});

it("a copy of the example sets nothing", () => {
  expect([...example].filter(([, value]) => value !== "")).toEqual([]);
});

it("the example says what holds where a variable is left out", () => {
  const text = readFileSync(".env.example", "utf8");
  const { APP_URL: _, ...secrets } = base;
  for (const name of listVariables()) {
    if (
      withoutDefault.includes(name) ||
      ["APP_URL", "MAIL_FROM", "WEBHOOK_TARGETS", "TEAMS_REDIRECT_URI"].includes(name)
    )
      continue;
    if (parseEnv(secrets)[name as keyof Env] === undefined) continue;
    const above =
      text
        .slice(0, text.search(new RegExp(`^${name}=`, "m")))
        .split("\n# ")
        .at(-1) ?? "";
    expect(above, name).toMatch(/If unset: /);
    expect(above, name).toContain(writtenDefault(name));
  }
});

it("without SIGN_UP an account needs an invitation", () => {
  expect(settingOf("SIGN_UP")).toBe("invite");
});

it("the container sets nothing that the guide does not know", () => {
  const inImage = [...readFileSync("Dockerfile", "utf8").matchAll(/([A-Z_]{4,})=\S+/g)].map(
    ([, name]) => name,
  );
  const inCompose = [...readFileSync("compose.yaml", "utf8").matchAll(/^ {6}([A-Z_]+):/gm)].map(
    ([, name]) => name,
  );
  const own = [
    "NODE_IMAGE",
    "BASE_IMAGE",
    "NODE_ENV",
    "NEXT_TELEMETRY_DISABLED",
    "POSTGRES_USER",
    "POSTGRES_PASSWORD",
    "POSTGRES_DB",
  ];
  const known = [...listVariables(), ...own];
  for (const name of [...inImage, ...inCompose]) expect(known).toContain(name);
});

it("the Helm chart installs this version", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  const chart = readFileSync("deploy/helm/bellhop/Chart.yaml", "utf8");
  expect(chart).toContain(`\nversion: ${version}\nappVersion: "${version}"\n`);
});

it("a server is started with the same options of Node by npm, in the image, and as a service", () => {
  const optionsOf = (file: string, line: RegExp) =>
    (line.exec(readFileSync(file, "utf8"))?.[0] ?? "").match(/--[a-z-]+=\d+/g);
  const started = optionsOf("package.json", /"start": "exec [^|]*/);
  expect(started).toEqual(["--min-semi-space-size=16"]);
  expect(optionsOf("Dockerfile", /^CMD .*/m)).toEqual(started);
  expect(optionsOf("deploy/systemd/bellhop.service", /^ExecStart=.*/m)).toEqual(started);
});
