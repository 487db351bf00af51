export interface Watchers {
  /** Notes an answer to whoever has this name. */
  note(name: string, isReady: boolean): void;
  /** True when everyone who asks at intervals has been told often enough that this server isn't ready. */
  haveHeard(): boolean;
}

/** `now`: milliseconds that only grow. */
export function openWatchers(now?: () => number): Watchers;
