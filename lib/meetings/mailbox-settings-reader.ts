/** The part of the port that reads how the holder of an account has set up their mailbox. */
import type { CallContext } from "@/lib/meetings/provider";

export interface MailboxSettings {
  /** IANA; null: none that is known. */
  timeZone: string | null;
  /** BCP 47; null: none. */
  language: string | null;
  /** When whoever writes is answered automatically; null: not at all. `startsAt` null: now. `endsAt` null: until someone turns it off. */
  automaticReplies: { startsAt: Date | null; endsAt: Date | null } | null;
}

export interface MailboxSettingsReader {
  /** Throws `ProviderError`: `access_denied` where it isn't allowed. */
  readMailboxSettings(context: CallContext): Promise<MailboxSettings>;
}
