/** Outlook's own limits, per app and mailbox: 4 requests at a time, 10,000 in ten minutes. */
const MAX_CONCURRENT = 4;
const MAX_IN_WINDOW = 10_000;
const WINDOW_MS = 600_000;

interface Lane {
  active: number;
  highest: number;
  refused: number;
  windowStartedAt: number;
  inWindow: number;
}

export type Admission =
  | { admitted: true; concurrent: number; leave: () => void }
  | { admitted: false; concurrent: number; reason: "MailboxConcurrency" | "RequestRate"; retryAfter: string };

export class Throttle {
  #lanes = new Map<string, Lane>();

  enter(clientId: string, mailboxId: string): Admission {
    const lane = this.#lane(`${clientId}|${mailboxId}`);
    const now = Date.now();
    if (now - lane.windowStartedAt > WINDOW_MS) Object.assign(lane, { windowStartedAt: now, inWindow: 0 });
    lane.inWindow += 1;
    const concurrent = lane.active + 1;
    lane.highest = Math.max(lane.highest, concurrent);
    if (lane.inWindow > MAX_IN_WINDOW) {
      lane.refused += 1;
      return { admitted: false, concurrent, reason: "RequestRate", retryAfter: "30" };
    }
    if (concurrent > MAX_CONCURRENT) {
      lane.refused += 1;
      return { admitted: false, concurrent, reason: "MailboxConcurrency", retryAfter: "1.128" };
    }
    lane.active += 1;
    return { admitted: true, concurrent, leave: () => this.#leave(lane) };
  }

  /** The highest concurrency asked for, over all apps, and how many requests were refused. */
  figures(mailboxId: string): { maxConcurrent: number; refused: number } {
    const lanes = [...this.#lanes].filter(([key]) => key.endsWith(`|${mailboxId}`)).map(([, lane]) => lane);
    return {
      maxConcurrent: Math.max(0, ...lanes.map((lane) => lane.highest)),
      refused: lanes.reduce((sum, lane) => sum + lane.refused, 0),
    };
  }

  clear(): void {
    for (const lane of this.#lanes.values())
      Object.assign(lane, { highest: lane.active, refused: 0, inWindow: 0 });
  }

  #leave(lane: Lane): void {
    lane.active -= 1;
  }

  #lane(key: string): Lane {
    const lane = this.#lanes.get(key) ?? {
      active: 0,
      highest: 0,
      refused: 0,
      windowStartedAt: Date.now(),
      inWindow: 0,
    };
    this.#lanes.set(key, lane);
    return lane;
  }
}
