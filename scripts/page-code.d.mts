export interface PageCode {
  /** Loads what visitors come to. Never throws. */
  loadFirst(): Promise<void>;
  /** Loads where visitors go next and then all the rest, each page once `hasTime` has resolved. Never throws. */
  loadRest(hasTime: () => Promise<void>): Promise<void>;
}

/** `folder`: what the build has made for the server. */
export function openPageCode(folder?: string): PageCode;
