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
  /** The provider could not reach our address, or did not accept its response. `detail` is what it said. */
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
  /** Subscribes; the provider checks both addresses first. Throws `ProviderError` for anything but a refusal. */
  subscribe(
    context: CallContext,
    request: SubscriptionRequest,
  ): Promise<Result<Subscribed, SubscriptionRefusal>>;
  /** Renews it, with a fresh token behind it. Null: the provider doesn't know it any more. */
  renewSubscription(context: CallContext, subscriptionId: string): Promise<Subscribed | null>;
  /** Ends it; succeeds if it is already gone. */
  endSubscription(context: CallContext, subscriptionId: string): Promise<void>;
  /** This app's subscriptions at the mailbox: ID, and the address that is called. */
  listSubscriptions(context: CallContext): Promise<{ subscriptionId: string; notificationUrl: string }[]>;
  /** The notifications in a post; null for each that can't be read. Null: the post is not from the provider. */
  readNotifications(body: unknown): (Notification | null)[] | null;
  /** False if a notification names another tenant than the mailbox's. */
  mayComeFrom(notification: Notification, tenantId: string): boolean;
}
