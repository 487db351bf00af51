import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { defaultSettings } from "@/tests/emulator/seed";
import type { EmulatorState } from "@/tests/emulator/state";

const QUIET_MS = 200;

export interface StateFile {
  /** Saves soon; many calls within a moment become one write. */
  saveSoon(): void;
  saveNow(): void;
}

export function loadState(path: string): EmulatorState | null {
  if (!existsSync(path)) return null;
  // Boundary: the file was written by saveNow below; another version is refused rather than guessed at.
  const state = JSON.parse(readFileSync(path, "utf8")) as EmulatorState;
  if (state.version !== 1)
    throw new Error(`${path} was written by another version of the emulator: delete it`);
  return { ...state, settings: { ...defaultSettings(), ...state.settings } };
}

export function openStateFile(path: string | undefined, current: () => EmulatorState): StateFile {
  if (!path) return { saveSoon: () => {}, saveNow: () => {} };
  mkdirSync(dirname(path), { recursive: true });
  let timer: NodeJS.Timeout | null = null;
  const saveNow = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    writeFileSync(`${path}.new`, JSON.stringify(current()), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  };
  const saveSoon = () => {
    timer ??= setTimeout(saveNow, QUIET_MS);
  };
  return { saveSoon, saveNow };
}
