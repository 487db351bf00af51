export interface Visit {
  /** Called once, when it is its turn. */
  start(): void;
  /** Called once, in place of `start`. */
  refuse(): void;
  /** False while its body is still coming. */
  hasArrived(): boolean;
}

export interface FairLine {
  /** `network`: null for everyone whose address says nothing. */
  enter(network: string | null, visit: Visit): void;
  /** Its answer has been sent, or its sender has gone. Safe to call twice. */
  leave(visit: Visit): void;
  /** Takes their places from those who have had their turn. To be called several times a second. */
  takeTurns(): void;
}

/** `now`: milliseconds that only grow. */
export function openFairLine(now?: () => number): FairLine;
