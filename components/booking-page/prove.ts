import type { Challenge, Solution } from "altcha-lib";

/** Asks for a puzzle and solves it beside the page. Empty where none is asked for, or this browser can't. */
export async function prove(page: { handle: string; slug: string }, signal: AbortSignal): Promise<string> {
  const answer = await fetch("/api/proof", {
    method: "POST",
    signal,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(page),
  });
  if (answer.status !== 200) return "";
  const challenge: Challenge = await answer.json();
  const solution = await solve(challenge, signal);
  return solution ? JSON.stringify({ challenge, solution }) : "";
}

function solve(challenge: Challenge, signal: AbortSignal): Promise<Solution | null> {
  const worker = new Worker(new URL("./proof-worker.ts", import.meta.url), { type: "module" });
  const solved = new Promise<Solution | null>((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = () => resolve(null);
    signal.addEventListener("abort", () => resolve(null));
    worker.postMessage(challenge);
  });
  return solved.finally(() => worker.terminate());
}
