import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Left to itself, V8 lets a heap grow to several times of what is in use before it looks for garbage. From now on it grows by a quarter. Few
 * objects live long enough to count for that where young ones have room from the start: programs that answer requests are started with
 * `--min-semi-space-size=16`, which no running process can change.
 */
export function growSlowly() {
  setFlagsFromString("--heap-growing-percent=25");
}

/** Gives back what is left of a start. Takes some 50 ms. */
export function collectGarbage() {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}
