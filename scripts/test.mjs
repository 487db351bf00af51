/**
 * All tests, on a fresh clone: installs what is missing (a browser included), builds, runs unit, integration and browser
 * tests and closes with one line of counts. `--browser [arguments of Playwright]`: the browser tests alone.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { build } from "./build.mjs";
import { prepare } from "./prepare.mjs";

const say = (line) => process.stdout.write(`${line}\n`);
const total = { passed: 0, failed: 0, skipped: 0 };
/** What failed, by name: said again at the very end, where a log that was cut still has it. */
const failures = [];
const reports = mkdtempSync(path.join(tmpdir(), "bellhop-tests-"));

const isBrowserOnly = process.argv[2] === "--browser";

try {
  prepare(say);
  const browser = findBrowser();
  build(say);
  if (!isBrowserOnly) {
    say("Unit and integration tests");
    await vitest();
  }
  say("Browser tests");
  await playwright(browser, isBrowserOnly ? process.argv.slice(3) : []);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  total.failed += 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
for (const failure of failures) say(`FAILED ${failure}`);
say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

function run(name, args, environment) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [name, ...args], {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...environment },
    });
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

function readReport(file, what) {
  if (!existsSync(file)) throw new Error(`${what} ended without a report. Their output is above.`);
  return JSON.parse(readFileSync(file, "utf8"));
}

async function vitest() {
  const file = path.join(reports, "vitest.json");
  const code = await run("node_modules/vitest/vitest.mjs", [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  const report = readReport(file, "The unit and integration tests");
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests;
  total.skipped += report.numPendingTests + report.numTodoTests;
  for (const suite of report.testResults) {
    const file = path.relative(process.cwd(), suite.name);
    const failed = suite.assertionResults.filter(({ status }) => status === "failed");
    if (suite.status === "failed" && failed.length === 0) failures.push(`${file}: ${suite.message}`);
    for (const { fullName, failureMessages } of failed)
      failures.push(`${file}: ${fullName}\n${failureMessages.join("\n")}`);
  }
  if (code !== 0 && report.numFailedTests === 0) total.failed += Math.max(1, report.numFailedTestSuites);
}

async function playwright(browser, chosen) {
  const file = path.join(reports, "playwright.json");
  const code = await run(
    "node_modules/@playwright/test/cli.js",
    ["test", "--reporter=list,json", ...chosen],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      ...(browser ? { PLAYWRIGHT_CHROMIUM_PATH: browser } : {}),
    },
  );
  const { stats, suites } = readReport(file, "The browser tests");
  failures.push(...suites.flatMap(failedSpecs));
  total.passed += stats.expected + stats.flaky;
  total.failed += stats.unexpected;
  total.skipped += stats.skipped;
  if (code !== 0 && stats.unexpected === 0) total.failed += 1;
}

/** The specs of a suite of Playwright's report that failed, with what they said, those of the suites in it included. */
function failedSpecs({ file, specs = [], suites = [] }) {
  const failed = specs.filter(({ ok }) => !ok);
  const said = failed.map(({ title, tests }) =>
    [
      `${file}: ${title}`,
      ...tests.flatMap(({ results }) =>
        results.flatMap(({ errors, attachments }) => [
          ...errors.map(({ message }) => stripVTControlCharacters(message)),
          ...attachments.flatMap(lastSeen),
        ]),
      ),
    ].join("\n"),
  );
  return [...said, ...suites.flatMap(failedSpecs)];
}

/** The page as it was when a test failed, shortened: the machine that saw it may be gone. */
function lastSeen({ name, path: file }) {
  if (name !== "error-context" || !file || !existsSync(file)) return [];
  const [, page = ""] = readFileSync(file, "utf8").match(/```yaml(.*?)```/s) ?? [];
  return [page.slice(0, 6_000)];
}

/**
 * A Chromium to test with: the one named, the system's, Playwright's own, or one installed now. Null: Playwright's own.
 * The headless shell comes first: without the windows of a whole browser the tests take little more than half the time.
 */
function findBrowser() {
  const known = [
    process.env.PLAYWRIGHT_CHROMIUM_PATH,
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  const found = known.find((file) => file && existsSync(file));
  if (found) return found;
  const own = spawnSync(
    process.execPath,
    ["-e", "process.stdout.write(require('@playwright/test').chromium.executablePath())"],
    { encoding: "utf8" },
  ).stdout;
  if (own && existsSync(own)) return null;
  say("Installing a browser");
  const installed = spawnSync(
    process.execPath,
    ["node_modules/@playwright/test/cli.js", "install", "chromium"],
    {
      stdio: "ignore",
      timeout: 300_000,
    },
  );
  if (installed.status === 0) return null;
  if (process.platform === "linux" && process.getuid?.() === 0) {
    const options = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    spawnSync("apt-get", ["update", "-qq"], options);
    for (const name of ["chromium-headless-shell", "chromium"]) {
      spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], options);
      if (existsSync(`/usr/bin/${name}`)) return `/usr/bin/${name}`;
    }
  }
  throw new Error("No browser to test with. Install Chromium, or set PLAYWRIGHT_CHROMIUM_PATH to one.");
}
