/**
 * The production server (`--dev`: the development one): one HTTP listener in front of Next.js. It takes the port before
 * anything else is opened, tells the application who its peer is, and stops gently on SIGTERM and SIGINT.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, STATUS_CODES } from "node:http";
import { Server } from "node:net";
import path from "node:path";
import { openFairLine } from "./fair-line.mjs";
import { followParent } from "./follow-parent.mjs";
import { collectGarbage, growSlowly } from "./heap.mjs";
import { printLine, printLinesOnly } from "./json-lines.mjs";
import { openPageCode } from "./page-code.mjs";
import { openWatchers } from "./watchers.mjs";

const dev = process.argv.includes("--dev");
process.env.NODE_ENV = dev ? "development" : "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";
if (existsSync(".env")) process.loadEnvFile(".env");

const port = Number(process.env.PORT || 3000);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  fail("PORT isn't a whole number. Use one from 0 to 65535.");
}
const host = process.env.HOST || undefined;
if (!dev && !existsSync(path.join(".next", "BUILD_ID"))) {
  fail("There's no production build. Run npm run build first.");
}

if (!dev) {
  printLinesOnly();
  growSlowly();
}

let settle;
const whenSettled = new Promise((resolve) => {
  settle = resolve;
});
const visits = { underWay: 0, lastAt: 0, refused: 0, areEnding: false, whenSettled };
globalThis.bellhopVisits = visits;
const watchers = openWatchers();
const fairLine = openFairLine();
setInterval(fairLine.takeTurns, 100).unref();

let handler = null;
let open;
const whenOpen = new Promise((resolve) => {
  open = resolve;
});
let stopping = false;
// A client that sends its request slowly keeps a socket and nothing else, and not for long. One that keeps its connection, as a proxy
// does, is the first to close it (nginx after 60 seconds): a request is never on its way to a socket that we are just closing.
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 75_000,
};
const server = createServer(patience, (request, response) => {
  if (handler) return receive(request, response);
  if (isForAnyLoad.test(request.url)) {
    response.writeHead(503, { "content-type": "text/plain; charset=utf-8", "retry-after": "2" });
    response.end("Bellhop is starting.\n");
    return;
  }
  // A proxy without checks takes an open port for a server that serves.
  whenOpen.then(() => response.destroyed || receive(request, response));
});

function receive(request, response) {
  request.url = toPath(request.url);
  if (!isReadable(request.url)) return refuse(response, 400, "invalid_address");
  delete request.headers["x-bellhop-method"];
  const { method } = request;
  if (!served.includes(request.method)) {
    if (!isForPrograms(request.url)) return refuse(response, 405, "method_not_allowed", pageMethods);
    // Next.js knows no such method; the route does, and names those that it serves.
    request.headers["x-bellhop-method"] = request.method;
    request.method = "OPTIONS";
  }
  countVisit(response);
  noteAnswer(method, request.url, response);
  if (isReadiness.test(request.url)) noteWatcher(request, response);
  request.headers["x-bellhop-peer"] = request.socket.remoteAddress ?? "";
  request.headers["x-bellhop-path"] = request.url ?? "/";
  if (stopping) response.setHeader("connection", "close");
  if (isForAnyLoad.test(request.url)) return answer(request, response);
  if (!globalThis.bellhopDatabaseDoubted) return standInLine(request, response);
  globalThis.bellhopRunning.isDatabaseThere().then((isThere) => {
    if (isThere) standInLine(request, response);
    else refuseAs(databaseAway, request, response);
  });
}

function standInLine(request, response) {
  const visit = {
    start: () => answer(request, response),
    refuse: () => refuseForLoad(request, response),
    hasArrived: () => request.complete,
  };
  response.once("close", () => fairLine.leave(visit));
  fairLine.enter(globalThis.bellhopRunning.networkOf(request), visit);
}

/** What this build's pages load. Another build's files have other names. */
const pageFiles = "/_next/static/";
const ownFiles = new Set(
  dev ? [] : readdirSync(path.join(".next", "static"), { recursive: true }).map(withSlashes),
);

function withSlashes(name) {
  return name.split(path.sep).join("/");
}

/** A file of a page that another build has made, from the database; a refusal where there is none. */
async function sendPageFile(name, response) {
  const file = await globalThis.bellhopRunning.readPageFile(name).catch(() => null);
  if (!file) return refuse(response, 404, "not_found");
  response.writeHead(200, {
    "content-type": file.type,
    "content-length": file.bytes.length,
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "cross-origin-embedder-policy": "require-corp",
  });
  response.end(file.bytes);
}

function answer(request, response) {
  const [place] = request.url.split("?");
  if (!dev && place.startsWith(pageFiles)) {
    const name = decodeURIComponent(place.slice(pageFiles.length));
    if (!ownFiles.has(name)) return sendPageFile(name, response);
  }
  excuseFaults(request, response);
  if (place === apiDocument) compressible(response);
  handler(request, response).catch((error) => {
    printLine("error", `A request failed outside the application: ${error?.stack ?? error}`);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}

/** Hundreds of kilobytes, which every generator of clients asks for. */
const apiDocument = "/api/v1/openapi.json";

/** Next.js sets the headers of a route's answer as lists, and compresses only what has a type that is no list. */
function compressible(response) {
  const { setHeader } = response;
  response.setHeader = (name, value) => {
    const isOneOf = Array.isArray(value) && value.length === 1 && name.toLowerCase() === "content-type";
    return setHeader.call(response, name, isOneOf ? value[0] : value);
  };
}

/** While the database is in doubt, an answer that calls it our fault becomes one that names the database. */
function excuseFaults(request, response) {
  const { writeHead, flushHeaders, write, end } = response;
  let isExcused = false;
  const unlessExcused = (send, whenExcused, statusOf) =>
    function sendOrExcuse(...words) {
      if (isExcused) return whenExcused;
      const isFault = !response.headersSent && statusOf(words) === 500;
      if (!isFault || !globalThis.bellhopDatabaseDoubted) return send.apply(response, words);
      isExcused = true;
      for (const name of response.getHeaderNames()) if (name !== "x-request-id") response.removeHeader(name);
      const { head, body } = refusalFor(databaseLost, request);
      writeHead.call(response, 503, head);
      end.call(response, body);
      return whenExcused;
    };
  const asSet = () => response.statusCode;
  response.writeHead = unlessExcused(writeHead, response, ([status]) => status);
  response.flushHeaders = unlessExcused(flushHeaders, undefined, asSet);
  response.write = unlessExcused(write, true, asSet);
  response.end = unlessExcused(end, response, asSet);
}

/** Whoever watches over us is answered however much there is to do. */
const isForAnyLoad = /^\/api\/(?:health|metrics)(?:[/?]|$)/;

const isReadiness = /^\/api\/health\/ready(?:\?|$)/;

/** The check of a container says who it is: it sends no one here. */
function noteWatcher({ headers, socket }, response) {
  const name = headers["user-agent"] ?? "";
  if (name === "bellhop-healthy") return;
  const from = `${socket.remoteAddress} ${name}`;
  response.once("finish", () => watchers.note(from, response.statusCode === 200));
}

/** More is asked than can be done, and most of it by this network. */
function refuseForLoad(request, response) {
  visits.refused += 1;
  refuseAs(overloaded, request, response);
}

function refuseAs(refusal, request, response) {
  const { head, body } = refusalFor(refusal, request);
  response.writeHead(503, head);
  response.end(body);
}

function refusalFor({ problem, page, retryAfter }, request) {
  const { type, body } = isForPrograms(request.url) ? problem : page;
  const head = {
    "content-type": type,
    "content-length": body.length,
    "cache-control": "no-store",
    "retry-after": retryAfter,
  };
  return { head, body };
}

/** What a route or a page may have a handler for. */
const served = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const pageMethods = "GET, HEAD, POST, OPTIONS";

function isForPrograms(address) {
  return /^\/api(?:[/?]|$)/.test(address);
}

function refuse(response, status, code, allow) {
  response.writeHead(status, { ...problemHeaders, ...(allow ? { allow } : {}) });
  response.end(problemOf(status, code));
}

const problemHeaders = { "content-type": "application/problem+json", "cache-control": "no-store" };

function problemOf(status, code, detail) {
  return JSON.stringify({ type: "about:blank", title: STATUS_CODES[status], status, detail, code });
}

/** Made once: a refusal has to cost very little. */
const overloaded = refusal(
  "overloaded",
  "2",
  "More is asked than this server can do at the moment, and networks that ask most are refused first. Try again in a few seconds.",
);
const databaseAway = refusal(
  "database_unavailable",
  "5",
  "This server can't reach its database at the moment. Nothing was changed. Try again in a few seconds.",
);
/** It went while something was being done. */
const databaseLost = refusal(
  "database_unavailable",
  "5",
  "This server can't reach its database at the moment. Try again in a few seconds.",
);

function refusal(code, retryAfter, words) {
  return {
    retryAfter,
    problem: { type: problemHeaders["content-type"], body: Buffer.from(problemOf(503, code, words)) },
    page: { type: "text/plain; charset=utf-8", body: Buffer.from(`${words}\n`) },
  };
}

/** A method that even Node does not know, or CONNECT: there is no request yet, only a socket. */
function refuseOnSocket(socket, status, code) {
  if (!socket.writable) return socket.destroy();
  const body = problemOf(status, code);
  const headers = { ...problemHeaders, "content-length": Buffer.byteLength(body), connection: "close" };
  if (status === 405) headers.allow = served.join(", ");
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("\r\n")}\r\n\r\n${body}`);
}

server.on("connect", (_request, socket) => refuseOnSocket(socket, 405, "method_not_allowed"));
server.on("clientError", (error, socket) => {
  if (error.code === "HPE_INVALID_METHOD") return refuseOnSocket(socket, 405, "method_not_allowed");
  if (error.code === "ECONNRESET") return socket.destroy();
  refuseOnSocket(socket, ...(unreadable[error.code] ?? [400, "invalid_request"]));
});

/** What Node itself would answer. */
const unreadable = {
  HPE_HEADER_OVERFLOW: [431, "headers_too_large"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "request_timeout"],
};

/** Tells the application what was asked for, and how it went. */
function noteAnswer(method, address, response) {
  const begunAt = performance.now();
  response.once("close", () =>
    globalThis.bellhopRunning?.noteRequest({
      method,
      address,
      status: response.statusCode,
      durationMs: performance.now() - begunAt,
      requestId: response.getHeader("x-request-id"),
      isAborted: !response.writableFinished,
    }),
  );
}

/** For the worker in this process, which lets visitors go first. */
function countVisit(response) {
  visits.underWay += 1;
  visits.lastAt = performance.now();
  response.once("close", () => {
    visits.underWay -= 1;
  });
}

server.once("error", (error) => {
  if (error.code === "EADDRINUSE") {
    fail(`port ${port} is used by another program. Stop that program, or set PORT to a free port.`);
  }
  if (["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN", "EINVAL"].includes(error.code)) {
    fail(
      "HOST isn't an address of this machine. Use one such as 127.0.0.1, or leave it out for all of them.",
    );
  }
  fail(`port ${port} can't be opened (${error.code}). Set PORT to one that this user can open.`);
});

server.listen({ port, host }, async () => {
  if (!dev) process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = builtConfig();
  const { default: next } = await import("next");
  const app = next({ dev, dir: process.cwd(), port: server.address().port, httpServer: server });
  await app.prepare();
  const ready = app.getRequestHandler();
  // The application opens its database meanwhile; a failure there ends the process with its own words.
  const pageCode = dev ? null : openPageCode();
  await pageCode?.loadFirst();
  while (!globalThis.bellhopRunning) await new Promise((resolve) => setTimeout(resolve, 10));
  handler = ready;
  open();
  const upgrade = app.getUpgradeHandler();
  if (dev) server.on("upgrade", (request, socket, head) => upgrade(request, socket, head));
  printLine("info", `Bellhop is ready on port ${server.address().port}`);
  setTimeout(() => {
    settle();
    pageCode?.loadRest(untilQuiet).then(untilQuiet).then(collectGarbage);
  }, settleMs);
});

/** For as long, in milliseconds, a server that has just opened does nothing else but answer: those who wait for it have come first. */
const settleMs = 1_000;

/** How long one that is never quiet does nothing else, in milliseconds, and how soon it looks again. */
const patienceMs = 500;
const lookMs = 10;

/** Resolves when no one waits for an answer, and never in a server that stops. */
async function untilQuiet() {
  const until = performance.now() + patienceMs;
  do await new Promise((resolve) => setTimeout(resolve, lookMs));
  while (stopping || (visits.underWay > 0 && performance.now() < until));
}

for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, stop);
// A supervisor that dies without a word takes its server with it.
process.on("disconnect", stop);
followParent(stop);

/**
 * The configuration as the build has resolved it, by the name that Next.js's own standalone servers hand it on with: its router takes no
 * other. Reading next.config.ts again would load a compiler, which stays in memory.
 */
function builtConfig() {
  const { config } = JSON.parse(readFileSync(path.join(".next", "required-server-files.json"), "utf8"));
  return JSON.stringify(config);
}

/** RFC 9112, 3.2.2: a request may name the whole address; we are the only host here. */
function toPath(address) {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return address;
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}

/** An address whose percent signs mean nothing has no page. */
function isReadable(address) {
  try {
    decodeURIComponent(address.split("?")[0]);
    return true;
  } catch {
    return false;
  }
}

async function stop() {
  if (stopping) return;
  stopping = true;
  visits.areEnding = true;
  setTimeout(() => process.exit(1), 38_000).unref();
  if (!dev) {
    await untilKnown();
    await drain();
  }
  await globalThis.bellhopRunning?.stop();
  process.exit(0);
}

/** How long balancers may take to notice, in milliseconds, and who they had just chosen to get here. */
const noticeMs = 12_000;
const lastChosenMs = 500;

/** Everyone is still let in until the balancers know. Where there are none, that is immediately. */
async function untilKnown() {
  if (watchers.haveHeard()) return;
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const until = performance.now() + noticeMs;
  while (!watchers.haveHeard() && performance.now() < until) await pause(50);
  await pause(lastChosenMs);
}

/** How long connections without a request stay open, since one may be on its way, and how long requests in hand may take at most. */
const lastRequestsMs = 500;
const lastAnswersMs = 20_000;

/** Where someone comes with every turn of the event loop, the door is shut after as many. */
const mostTurns = 200;

const quietTurnMs = 1;

/** Lets no one in, and answers everyone who is. */
function drain() {
  return new Promise((resolve) => {
    setTimeout(resolve, lastAnswersMs);
    // The close of an HTTP server shuts kept connections immediately.
    onceAllAreIn(() => Server.prototype.close.call(server, resolve));
    setTimeout(() => setInterval(inQuietTurn, 50, () => server.closeIdleConnections()), lastRequestsMs);
  });
}

/**
 * After what has arrived was read: until then a connection seems idle, and its request would be lost. Where a turn of the event loop takes
 * long, more has come meanwhile.
 */
function inQuietTurn(act) {
  setImmediate(() => {
    const begunAt = performance.now();
    setImmediate(() => (performance.now() - begunAt < quietTurnMs ? act() : inQuietTurn(act)));
  });
}

/** The system breaks the connections of those who wait to be let in when the door is shut. One of them is let in at a time. */
function onceAllAreIn(shut) {
  let turnsLeft = mostTurns;
  let isAnyoneNew = true;
  server.on("connection", () => {
    isAnyoneNew = true;
  });
  const look = () => {
    turnsLeft -= 1;
    if (!isAnyoneNew || turnsLeft === 0) return shut();
    isAnyoneNew = false;
    setImmediate(look);
  };
  setImmediate(look);
}

function fail(reason) {
  process.stderr.write(`Bellhop can't start: ${reason}\n`);
  process.exit(1);
}
