import { readFileSync } from "node:fs";

/**
 * Calls `stop` once the process that started us through npm is gone. npm dies of a signal without passing it on (npm 11), and what it had
 * started would keep the port. A server that was started without npm belongs to no one and is left alone.
 */
export function followParent(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const first = forebears();
  const watch = setInterval(() => {
    if (forebears() === first) return;
    clearInterval(watch);
    stop();
  }, 250);
  watch.unref();
}

/** Our parent, and its own where it is the shell that npm puts in between. */
function forebears() {
  const parent = process.ppid;
  try {
    const isShell = readFileSync(`/proc/${parent}/comm`, "utf8").trim() === "sh";
    const status = isShell ? readFileSync(`/proc/${parent}/status`, "utf8") : "";
    return `${parent} ${/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? ""}`;
  } catch {
    return `${parent} `;
  }
}
