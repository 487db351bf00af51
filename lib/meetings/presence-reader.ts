/** The part of the port that reads whether the holder of an account is available at this moment. */
import type { CallContext } from "@/lib/meetings/provider";

export interface PresenceReader {
  /**
   * Whether they are available, as their colleagues see it now. `unknown`: the provider doesn't know. Throws `ProviderError`: `access_denied`
   * where no one may look.
   */
  readPresence(context: CallContext): Promise<"available" | "away" | "unknown">;
}
