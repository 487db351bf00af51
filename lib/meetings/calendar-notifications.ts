/** The part of the calendar port for change notifications: subscribing to a mailbox, and reading what is posted. */
import type { CallContext } from "@/lib/meetings/provider";
import type { Result } from "@/lib/result";

export interface Subscribed {
  subscriptionId: string;
  expiresAt: Date;
}

export interface SubscriptionRequest {
  notificationUrl: string;
  lifecycleUrl: string;
  /** Comes back with every notification, at most 128 characters. */
  clientState: string;
}

export type SubscriptionRefusal =
  /** The provider could not reach our address, or did not like its answer. `detail` is what it said. */
  | { code: "unreachable"; detail: string }
  /** The mailbox has a subscription of this app already. */
  | { code: "exists" };

export interface Notification {
  subscriptionId: string;
  clientState: string;
  /** The tenant that it names; null where it names none. */
  tenantId: string | null;
  kind: "changed" | "deleted" | "missed" | "removed" | "reauthorize";
  /** Immutable id of the event; empty where it is about the mailbox. */
  eventId: string;
}

export interface ChangeNotifier {
  /** How long a subscription lives when it is new, in minutes. */
  subscriptionMinutes: number;
  /** Asks to be called; the provider tries both addresses first. Throws `ProviderError` for anything but a refusal. */
  subscribe(
    context: CallContext,
    request: SubscriptionRequest,
  ): Promise<Result<Subscribed, SubscriptionRefusal>>;
  /** Lets it live on, with a fresh token behind it. Null: the provider does not know it any more. */
  renewSubscription(context: CallContext, subscriptionId: string): Promise<Subscribed | null>;
  /** Ends it; gone already is done. */
  endSubscription(context: CallContext, subscriptionId: string): Promise<void>;
  /** What this app has at the mailbox: id, and the address that is called. */
  listSubscriptions(context: CallContext): Promise<{ subscriptionId: string; notificationUrl: string }[]>;
  /** The notifications in a post; null for each that can't be read. Null: the post is not from the provider. */
  readNotifications(body: unknown): (Notification | null)[] | null;
  /** False when a notification names another tenant than the one whose mailbox it should be about. */
  mayComeFrom(notification: Notification, tenantId: string): boolean;
}
