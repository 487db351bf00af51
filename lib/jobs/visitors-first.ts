/** Kept by our HTTP server: requests it is answering, when the last one came in by the process's own clock, and how many it has refused. */
const globals = globalThis as { bellhopVisits?: { underWay: number; lastAt: number; refused: number } };

/** How many requests this process has refused since more came than it could answer. */
export function countRefused(): number {
  return globals.bellhopVisits?.refused ?? 0;
}

/** The longest that a job is held back, in milliseconds, so that visitors never block the work. */
const patienceMs = 500;

/** A request that takes longer than this, in milliseconds, is waiting for something other than this process. */
const slowMs = 250;

const stepMs = 5;

/** Waits until no visitor is waiting for a response: visitors come first, jobs run in between. */
export async function letVisitorsGoFirst(): Promise<void> {
  const end = performance.now() + patienceMs;
  while (isAnswering() && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, stepMs));
  }
}

function isAnswering(): boolean {
  const { underWay, lastAt } = globals.bellhopVisits ?? { underWay: 0, lastAt: 0 };
  return underWay > 0 && performance.now() - lastAt < slowMs;
}
