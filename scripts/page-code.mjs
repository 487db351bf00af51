/**
 * Loads the code of pages and routes before anyone asks for them, so that the first request is as quick as the next. Left to itself, Next.js
 * loads all of it in one go, and nothing is answered until it has.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** What visitors come to, and what watches over the server. */
const isFirst = /^\/(?:\(public\)|api\/(?:health|v1\/organizers))\//;

/** Where they go from there, and what stands on other websites. */
const isNext = /^\/(?:api\/(?:holds|proof|v1\/bookings)|booking|embed)\//;

/** Few people come there, and rarely: in memory from the start, they would cost more than their first visitor waits. */
const isRare = /^\/(?:admin|help|api\/v1\/admin)\//;

/** proxy.ts, which every request passes. */
const proxy = "middleware.js";

/** The pages of a build: its `folder` for the server. */
export function openPageCode(folder = path.resolve(".next", "server")) {
  const load = createRequire(path.join(folder, "index.js"));
  const files = JSON.parse(readFileSync(path.join(folder, "app-paths-manifest.json"), "utf8"));
  const filesOf = (isWanted) =>
    Object.keys(files)
      .filter(isWanted)
      .map((name) => files[name]);

  /** One at a time, so that what has come meanwhile is done in between. What can't be loaded says so when it is asked for. */
  async function loadAll(wanted, hasTime) {
    for (const file of wanted) {
      await hasTime();
      try {
        await load(`./${file}`);
      } catch {}
    }
  }

  return {
    loadFirst: () => loadAll([proxy, ...filesOf((name) => isFirst.test(name))], nextTurn),
    loadRest: (hasTime) => {
      const others = filesOf((name) => ![isFirst, isNext, isRare].some((kind) => kind.test(name)));
      return loadAll([...filesOf((name) => isNext.test(name)), ...others], hasTime);
    },
  };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
