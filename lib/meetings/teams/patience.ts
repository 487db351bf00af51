import { setTimeout as sleep } from "node:timers/promises";
import type { CallContext } from "@/lib/meetings/provider";

/** A pause no longer than this is waited out for a visitor who may wait in line. */
const longestPauseMs = 5_000;

/** A pause no longer than this is waited out where a visitor waits and time in line is no other time. */
const shortPauseMs = 1_500;

const defaultTimeoutMs = 15_000;

/** How long one operation may take, all its calls together. Time in line is counted by itself where there is any for it. */
export class Patience {
  readonly #end: number;
  readonly #lineMs: number;
  readonly #isVisitor: boolean;
  #waiting = 0;
  #since = 0;
  #waitedMs = 0;

  constructor({ priority, timeoutMs = defaultTimeoutMs, lineMs = 0 }: Omit<CallContext, "userId">) {
    this.#end = Date.now() + timeoutMs;
    this.#lineMs = lineMs;
    this.#isVisitor = priority === "visitor";
  }

  /** Until when the provider may take to answer. Epoch milliseconds. */
  get deadline(): number {
    return this.#end + Math.min(this.#waited(), this.#lineMs);
  }

  /** Until when a call may wait for its turn. Epoch milliseconds. */
  get lineEnd(): number {
    return Math.max(this.#end, Date.now() + this.#lineMs - this.#waited());
  }

  /** Whether a pause of this many milliseconds is short enough to be waited out. */
  mayPause(ms: number): boolean {
    if (!this.#isVisitor) return false;
    if (this.#lineMs > 0) return ms <= longestPauseMs && this.#waited() + ms <= this.#lineMs;
    return ms <= shortPauseMs && Date.now() + ms < this.#end;
  }

  /** How often a call may be made again after a pause; where there is time for a line, that time alone decides. */
  get maxPauses(): number {
    return this.#lineMs > 0 ? Infinity : 2;
  }

  async pause(ms: number): Promise<void> {
    const done = this.stand();
    await sleep(ms);
    done();
  }

  /** Counts the time until the answer is called as time in line; of calls side by side it counts once. */
  stand(): () => void {
    if (this.#waiting === 0) this.#since = Date.now();
    this.#waiting += 1;
    let isDone = false;
    return () => {
      if (isDone) return;
      isDone = true;
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#waitedMs += Date.now() - this.#since;
    };
  }

  #waited(): number {
    return this.#waitedMs + (this.#waiting > 0 ? Date.now() - this.#since : 0);
  }
}
