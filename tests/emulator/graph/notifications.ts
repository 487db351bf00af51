import type { ChangeNotification, ChangeType, LifecycleEventType } from "@microsoft/microsoft-graph-types";
import { z } from "zod";
import { etagOf } from "@/tests/emulator/graph/event-shape";
import { type Instance, instanceId } from "@/tests/emulator/graph/instances";
import { liveSubscriptions } from "@/tests/emulator/graph/subscriptions";
import { postNotification } from "@/tests/emulator/graph/webhook";
import { guid } from "@/tests/emulator/ids";
import { preciseNow } from "@/tests/emulator/request-log";
import type { Account, StoredSubscription } from "@/tests/emulator/state";
import type { World } from "@/tests/emulator/world";

/** Undelivered notifications are retried, ever more slowly, for four hours. */
const RETRY_FOR_MS = 4 * 3_600_000;
/** Microsoft wants an answer within three seconds; slower ones are noted. */
const SLOW_MS = 3000;

export const deliveryModeSchema = z
  .strictObject({
    drop: z.number().int().min(0).describe("how many of the next notifications are lost"),
    repeat: z.number().int().min(1).describe("how often each is delivered"),
    reorder: z.boolean().describe("later changes are announced first"),
    delayMs: z.number().min(0).nullable().describe("null: the emulator's own delay"),
  })
  .partial();
export type DeliveryMode = z.output<typeof deliveryModeSchema>;

/** One POST to the app. */
export interface Delivery {
  at: number;
  url: string;
  kind: "change" | "lifecycle";
  body: { value: ChangeNotification[] };
  attempt: number;
  status: number | null;
  problem: string | null;
  durationMs: number;
  isSlow: boolean;
}

interface Waiting {
  subscription: StoredSubscription;
  notification: ChangeNotification;
}

/** Tells subscribers of changes: gathers for a moment, posts, retries with back-off. */
export class Notifier {
  #deliveries: Delivery[] = [];
  #modes = new Map<string, DeliveryMode>();
  #gathering = new Map<string, { timer: NodeJS.Timeout; items: Waiting[] }>();
  #held = new Map<string, Waiting[]>();
  #retries = new Set<NodeJS.Timeout>();
  #underWay = 0;
  #stop = new AbortController();

  constructor(readonly world: () => World) {}

  changed(account: Account, changeType: ChangeType, one: Instance): void {
    for (const subscription of liveSubscriptions(this.world())) {
      if (subscription.accountId !== account.id || !subscription.changeTypes.includes(changeType)) continue;
      const notification = changeNotification(account, subscription, changeType, one);
      if (this.#isDropped(account)) continue;
      const copies = this.#modes.get(account.id)?.repeat ?? 1;
      for (let copy = 0; copy < copies; copy += 1) this.#gather({ subscription, notification });
    }
  }

  /** Sends a lifecycle notification; returns false when the subscription has no address for it. */
  lifecycle(subscription: StoredSubscription, event: LifecycleEventType): boolean {
    const url = subscription.lifecycleNotificationUrl;
    if (!url) return false;
    if (event === "reauthorizationRequired") subscription.isPaused = true;
    if (event === "subscriptionRemoved") delete this.world().state.subscriptions[subscription.id];
    void this.#deliver(url, "lifecycle", [lifecycleNotification(this.world(), subscription, event)]);
    return true;
  }

  /** Posts what a stranger might post: the app must see that it is not from Graph. */
  async forge(subscription: StoredSubscription, changes: Partial<ChangeNotification>): Promise<Delivery> {
    const genuine = envelope(this.world(), subscription);
    const notification = {
      ...genuine,
      clientState: "forged",
      changeType: "updated",
      ...changes,
    } as ChangeNotification;
    return this.#post(subscription.notificationUrl, "change", [notification], 1);
  }

  /** A renewed or reauthorized subscription gets what was held back. */
  resume(subscription: StoredSubscription): void {
    subscription.isPaused = false;
    const held = this.#held.get(subscription.id) ?? [];
    this.#held.delete(subscription.id);
    for (const waiting of held) this.#gather(waiting);
  }

  setMode(account: Account, mode: DeliveryMode): DeliveryMode {
    const merged = { ...this.#modes.get(account.id), ...mode };
    this.#modes.set(account.id, merged);
    return merged;
  }

  /** All posts so far, and how many are still to come. */
  report(): { deliveries: Delivery[]; pending: number } {
    const gathering = [...this.#gathering.values()].reduce((sum, { items }) => sum + items.length, 0);
    return { deliveries: this.#deliveries, pending: gathering + this.#retries.size + this.#underWay };
  }

  clearDeliveries(): void {
    this.#deliveries = [];
  }

  /** Forgets everything that was still to be sent. */
  clear(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    for (const { timer } of this.#gathering.values()) clearTimeout(timer);
    for (const timer of this.#retries) clearTimeout(timer);
    this.#gathering.clear();
    this.#retries.clear();
    this.#held.clear();
    this.#modes.clear();
    this.clearDeliveries();
  }

  #isDropped(account: Account): boolean {
    const mode = this.#modes.get(account.id);
    if (!mode?.drop) return false;
    mode.drop -= 1;
    return true;
  }

  #gather(waiting: Waiting): void {
    const { subscription } = waiting;
    if (subscription.isPaused) {
      this.#held.set(subscription.id, [...(this.#held.get(subscription.id) ?? []), waiting]);
      return;
    }
    const url = subscription.notificationUrl;
    const open = this.#gathering.get(url);
    if (open) {
      open.items.push(waiting);
      return;
    }
    const mode = this.#modes.get(subscription.accountId);
    const delayMs = mode?.delayMs ?? this.world().state.settings.notificationDelayMs;
    this.#gathering.set(url, { items: [waiting], timer: setTimeout(() => this.#flush(url), delayMs) });
  }

  /** Several notifications, even of several subscriptions, come in one POST. */
  #flush(url: string): void {
    const items = this.#gathering.get(url)?.items ?? [];
    this.#gathering.delete(url);
    const isReordered = items.some(({ subscription }) => this.#modes.get(subscription.accountId)?.reorder);
    const ordered = isReordered ? [...items].reverse() : items;
    const notifications = ordered.map(({ notification }) => notification);
    void this.#deliver(url, "change", notifications);
  }

  async #deliver(
    url: string,
    kind: Delivery["kind"],
    value: ChangeNotification[],
    attempt = 1,
    since = Date.now(),
  ) {
    const delivery = await this.#post(url, kind, value, attempt);
    const waitMs = this.world().state.settings.notificationRetryMs * 2 ** (attempt - 1);
    const isOver =
      delivery.problem === null || Date.now() + waitMs > since + RETRY_FOR_MS || this.#stop.signal.aborted;
    if (isOver) return;
    const timer = setTimeout(() => {
      this.#retries.delete(timer);
      void this.#deliver(url, kind, value, attempt + 1, since);
    }, waitMs);
    this.#retries.add(timer);
  }

  async #post(
    url: string,
    kind: Delivery["kind"],
    value: ChangeNotification[],
    attempt: number,
  ): Promise<Delivery> {
    const body = { value };
    const at = preciseNow();
    this.#underWay += 1;
    const outcome = await postNotification(url, body, this.#stop.signal);
    this.#underWay -= 1;
    const delivery = { at, url, kind, body, attempt, ...outcome, isSlow: outcome.durationMs > SLOW_MS };
    this.#deliveries.push(delivery);
    return delivery;
  }
}

function changeNotification(
  account: Account,
  subscription: StoredSubscription,
  changeType: ChangeType,
  one: Instance,
): ChangeNotification {
  const id = instanceId(account, one, subscription.usesImmutableIds ? "immutable" : "mutable");
  const resource = `Users/${account.id}/Events/${id}`;
  return {
    subscriptionId: subscription.id,
    subscriptionExpirationDateTime: new Date(subscription.expiresAt).toISOString(),
    changeType,
    resource,
    // Boundary: Microsoft's type lists no properties here, its documentation does.
    resourceData: {
      "@odata.type": "#Microsoft.Graph.Event",
      "@odata.id": resource,
      "@odata.etag": etagOf(one),
      id,
    } as ChangeNotification["resourceData"] & object,
    clientState: subscription.clientState,
    tenantId: account.tenantId,
  };
}

function lifecycleNotification(
  world: World,
  subscription: StoredSubscription,
  lifecycleEvent: LifecycleEventType,
): ChangeNotification {
  return { ...envelope(world, subscription), lifecycleEvent };
}

function envelope(world: World, subscription: StoredSubscription): ChangeNotification {
  const account = world.state.accounts[subscription.accountId];
  return {
    subscriptionId: subscription.id,
    subscriptionExpirationDateTime: new Date(subscription.expiresAt).toISOString(),
    clientState: subscription.clientState,
    resource: `Users/${subscription.accountId}/Events`,
    tenantId: account?.tenantId ?? guid(),
  };
}
