export interface PageCode {
  /** Loads what a visitor comes to. Never throws. */
  loadFirst(): Promise<void>;
  /** Loads all the rest, each page once `hasTime` has resolved. Never throws. */
  loadRest(hasTime: () => Promise<void>): Promise<void>;
}

/** `folder`: what the build has made for the server. */
export function openPageCode(folder?: string): PageCode;
