import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, cpSync, existsSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { Agent, createServer, type IncomingMessage, request as send } from "node:http";
import path from "node:path";
import { chromium, type Page } from "@playwright/test";
import { bookingsAt, makeOrganizers } from "@/bench/booking-route";
import type { Figure } from "@/bench/figures";
import { insideApplication } from "@/bench/inside";
import { type Stage, startOptions } from "@/bench/stage";
import { buildIn, treeFolder } from "@/bench/tree";
import type { TestOrganizer } from "@/tests/support/organizer";
import { freePort } from "@/tests/support/server";

/** Beside the tree, so that the paths in its build lead to the same packages. */
const newerFolder = path.resolve(".bench-newer");
const isItsOwn = /[\\/](?:\.next|node_modules)$/;
const connections = 8;
const formsOfEach = 4;
/** How long a proxy that looks after its servers may take to notice. */
const noticeMs = 4_000;
/** Changes what every page loads, so that the two builds have no file of these in common. */
const newer = {
  "app/globals.css": "\n.newer-build {\n  color: inherit;\n}\n",
  "components/booking-page/slot-form.tsx":
    '\nif (typeof window === "object") Object.assign(window, { newerBuild: true });\n',
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * What a proxy does about a server that goes. `next`: asks the next one where a connection is refused, and looks after none, as nginx.
 * `check`: looks after each once a second, and asks no second time, as HAProxy.
 */
type Manner = "next" | "check";

/**
 * Two servers behind a proxy that takes turns, under load, and one after the other replaced by one of a newer build. Counts requests that
 * failed, and forms that were lost: opened before in browsers with and without a script, and sent when only the first server is newer,
 * or both are.
 */
export async function measureRollingRestart(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const signal = new AbortController().signal;
  // Its own build stays, and is made anew where something has changed.
  cpSync(treeFolder, newerFolder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (name) => !isItsOwn.test(name),
  });
  const packages = path.join(newerFolder, "node_modules");
  if (!existsSync(packages)) symlinkSync(path.resolve("node_modules"), packages, "junction");
  for (const [name, more] of Object.entries(newer)) appendFileSync(path.join(newerFolder, name), more);
  await inPlaceOfTree(() => buildIn(treeFolder, signal));
  const figures: Figure[] = [];
  for (const manner of ["next", "check"] as const) {
    say(`Rolling restart behind a proxy that ${manner === "next" ? "tries the next" : "checks"}`);
    figures.push(...(await roll(stage, manner)));
  }
  return figures;
}

/**
 * Next.js names a form's action by the place of its file below the packages: only what is built at the same place has the same names, as an
 * upgrade has.
 */
async function inPlaceOfTree(build: () => Promise<void>): Promise<void> {
  const olderFolder = path.resolve(".bench-older");
  rmSync(olderFolder, { recursive: true, force: true });
  renameSync(treeFolder, olderFolder);
  renameSync(newerFolder, treeFolder);
  try {
    await build();
  } finally {
    renameSync(treeFolder, newerFolder);
    renameSync(olderFolder, treeFolder);
  }
}

async function roll(stage: Stage, manner: Manner): Promise<Figure[]> {
  const databaseUrl = await stage.createDatabase(`bench_rolling_${manner}`);
  const organizers = await insideApplication(stage, databaseUrl, () => makeOrganizers());
  const ports = [await freePort(), await freePort()];
  const proxy = await openProxy(ports, manner);
  const environment = { ...stage.variables, DATABASE_URL: databaseUrl, APP_URL: proxy.url, TRUST_PROXY: "1" };
  const servers: ChildProcess[] = [];
  const executablePath = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  const browser = await chromium.launch(executablePath ? { executablePath } : {});
  try {
    for (const port of ports) servers.push(await serve(treeFolder, port, environment));
    await pause(noticeMs);
    const { handle, slug } = organizers.at(-1) as TestOrganizer;
    const forms: Page[] = [];
    for (let nth = 0; nth < 2 * formsOfEach; nth += 1) {
      const context = await browser.newContext({ javaScriptEnabled: nth < formsOfEach });
      forms.push(await openForm(await context.newPage(), `${proxy.url}/${handle}/${slug}`, nth));
    }
    const load = beginLoad(proxy.url, organizers.slice(0, -1));
    await pause(noticeMs);
    const stopMs: number[] = [];
    const presses: (1 | 2 | null)[] = [];
    for (const [nth, server] of servers.entries()) {
      const begun = performance.now();
      await end(server);
      stopMs.push(Math.round(performance.now() - begun));
      servers[nth] = await serve(newerFolder, ports[nth] ?? 0, environment);
      await pause(noticeMs);
      // Every other one of each kind.
      for (const [which, form] of forms.entries()) {
        if (which % 2 !== nth) continue;
        const times = await sendForm(form);
        presses.push(times);
        if (times === null)
          process.stderr.write(`  form ${which} at ${form.url()}: ${await wordsOn(form)}\n`);
      }
    }
    const { done, failed } = await load.stop();
    for (const words of new Set(failed)) process.stderr.write(`  ${words}\n`);
    const against =
      manner === "next" ? "a proxy that tries the next server" : "a proxy that checks readiness";
    return [
      {
        name: "Rolling restart, failed requests",
        against,
        value: failed.length,
        unit: "requests",
        goal: { atMost: 0 },
        details: { requests: done, longestStopMs: Math.max(...stopMs) },
      },
      {
        name: "Rolling restart, lost forms",
        against,
        value: presses.filter((times) => times === null).length,
        unit: "forms",
        goal: { atMost: 0 },
        details: {
          forms: forms.length,
          withoutScript: formsOfEach,
          pressedTwice: presses.filter((times) => times === 2).length,
        },
      },
    ];
  } finally {
    await browser.close();
    proxy.close();
    await Promise.all(servers.map(end));
  }
}

async function openProxy(ports: readonly number[], manner: Manner): Promise<{ url: string; close(): void }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const ready = new Set(manner === "next" ? ports : []);
  let turn = 0;
  const check = async () => {
    for (const port of ports) {
      const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => null);
      await answer?.text();
      if (answer?.ok) ready.add(port);
      else ready.delete(port);
    }
  };
  const checks = manner === "check" ? setInterval(() => void check(), 1_000) : undefined;
  const server = createServer({ keepAliveTimeout: 75_000 }, (asked, answer) => {
    const chunks: Buffer[] = [];
    asked.on("data", (chunk: Buffer) => chunks.push(chunk));
    asked.on("end", () => {
      turn += 1;
      const order = [...ports.slice(turn % ports.length), ...ports.slice(0, turn % ports.length)];
      pass(order.filter((port) => ready.has(port)));
    });
    const pass = ([port, ...others]: number[]) => {
      if (port === undefined) return answer.writeHead(502).end("No server is ready.\n");
      const headers = { ...asked.headers, "x-forwarded-for": asked.socket.remoteAddress };
      const { method, url: path } = asked;
      const passed = send(
        { host: "127.0.0.1", port, method, path, headers, agent },
        (given: IncomingMessage) => {
          answer.writeHead(given.statusCode ?? 502, given.headers);
          given.pipe(answer);
        },
      );
      passed.on("error", (error: NodeJS.ErrnoException) => {
        // As Go's client and nginx do: a kept connection may end while a request is on its way to it.
        const maySendAgain = method !== "POST" || "idempotency-key" in headers;
        if (error.code === "ECONNREFUSED" && manner === "next") pass(others);
        else if (passed.reusedSocket && error.code === "ECONNRESET" && maySendAgain) pass([port, ...others]);
        else answer.writeHead(502).end(`${error.code}\n`);
      });
      passed.end(Buffer.concat(chunks));
    };
  });
  const own = await freePort();
  await new Promise<void>((resolve) => server.listen(own, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${own}`,
    close() {
      clearInterval(checks);
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

async function serve(cwd: string, port: number, environment: object): Promise<ChildProcess> {
  const env = { ...process.env, ...environment, PORT: String(port) };
  const stdio: ["ignore", "ignore", "inherit"] = ["ignore", "ignore", "inherit"];
  const child = spawn(process.execPath, [...startOptions(), "scripts/start.mjs"], { cwd, env, stdio });
  for (let attempt = 0; attempt < 1_200; attempt += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => null);
    if (answer?.ok) return child;
    await pause(100);
  }
  throw new Error(`the server on port ${port} did not get ready`);
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

/** Bookings by the API, and pages with every file that they name, as fast as they are answered. */
function beginLoad(address: string, organizers: readonly TestOrganizer[]) {
  const bookings = bookingsAt(address, organizers);
  const page = `${address}/${organizers[0]?.handle}/${organizers[0]?.slug}`;
  const failed: string[] = [];
  let done = 0;
  let isOver = false;
  const ask = async (what: string, url: string, init: RequestInit = {}): Promise<string> => {
    done += 1;
    try {
      const answer = await fetch(url, init);
      const words = await answer.text();
      if (!answer.ok) failed.push(`${what} was answered ${answer.status} ${words.slice(0, 200)}`);
      return words;
    } catch (error) {
      failed.push(`${what}: ${String((error as Error).cause ?? error)}`);
      return "";
    }
  };
  const book = () => {
    const { url, headers = {}, nextBody } = bookings;
    const sent = { ...headers, "idempotency-key": randomUUID() };
    return ask("a booking", url, { method: "POST", headers: sent, body: nextBody?.() ?? "" });
  };
  const visit = async () => {
    const html = await ask("a page", page);
    const files = new Set(html.match(/\/_next\/static\/[\w./~-]+\.(?:js|css)/g));
    await Promise.all([...files].map((file) => ask("a file of a page", `${address}${file}`)));
  };
  const lanes = Array.from({ length: connections }, async (_, nth) => {
    while (!isOver) await (nth % 2 === 0 ? book() : visit());
  });
  return {
    async stop() {
      isOver = true;
      await Promise.all(lanes);
      return { done, failed };
    },
  };
}

/** Each at a time of its own, which is still to come when the last one is sent. */
async function openForm(page: Page, address: string, nth: number): Promise<Page> {
  const tomorrow = new Date(Date.now() + 24 * 3600_000).toISOString().slice(0, 10);
  await page.goto(`${address}?date=${tomorrow}`);
  const times = page.getByRole("radio", { name: /^\d{1,2}:\d{2}/ });
  await times.nth(nth).check({ force: true });
  await page.getByLabel("Your name").fill(`Visitor ${nth}`);
  await page.getByLabel("Email", { exact: true }).fill(`visitor${nth}@example.org`);
  return page;
}

/** How often it was pressed until it was booked: twice where the page asks for it, with what was typed still there. Null: it is lost. */
async function sendForm(page: Page): Promise<1 | 2 | null> {
  const name = await page.getByLabel("Your name").inputValue();
  const renewed = page.getByText("This page has been updated since you opened it");
  const press = () => page.getByRole("button", { name: "Confirm booking" }).click();
  const isBooked = () => page.url().includes("/booking/");
  await press();
  if (!(await eventually(async () => isBooked() || (await renewed.isVisible())))) return null;
  if (isBooked()) return 1;
  if ((await page.getByLabel("Your name").inputValue()) !== name) return null;
  await press();
  return (await eventually(async () => isBooked())) ? 2 : null;
}

/** What a page says last, where its form is. */
async function wordsOn(page: Page): Promise<string> {
  const words = await page.locator("body").innerText();
  return words.replace(/\s+/g, " ").slice(-1_000);
}

/** Whether it comes true within a minute. */
async function eventually(isTrue: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    // A page on its way can't be asked.
    if (await isTrue().catch(() => false)) return true;
    await pause(200);
  }
  return false;
}
