/** What Microsoft posts (Microsoft: changeNotification, change-notifications-lifecycle-events), as far as we read it. PURE. */
import { z } from "zod";

/** More than Graph ever sends at once. */
const notificationsMax = 2_000;

const envelope = z.object({ value: z.array(z.unknown()).max(notificationsMax) });

const notification = z.object({
  subscriptionId: z.string().min(1).max(100),
  clientState: z.string().max(128).nullish(),
  tenantId: z.string().max(100).nullish(),
  changeType: z.string().max(40).nullish(),
  lifecycleEvent: z.string().max(60).nullish(),
  resourceData: z.object({ id: z.string().max(600).nullish() }).nullish(),
});

export interface Notification {
  subscriptionId: string;
  clientState: string;
  tenantId: string | null;
  kind: "changed" | "deleted" | "missed" | "removed" | "reauthorize";
  /** Immutable id of the event; empty where it is about the mailbox. */
  eventId: string;
}

const lifecycleKinds: Record<string, Notification["kind"]> = {
  missed: "missed",
  subscriptionRemoved: "removed",
  reauthorizationRequired: "reauthorize",
};

/** The notifications in a post; null stands for each that can't be read. Null when it is no post of Graph's at all. */
export function readNotifications(body: unknown): (Notification | null)[] | null {
  const parsed = envelope.safeParse(body);
  return parsed.success ? parsed.data.value.map(readOne) : null;
}

function readOne(item: unknown): Notification | null {
  const parsed = notification.safeParse(item);
  if (!parsed.success) return null;
  const { subscriptionId, clientState, tenantId, changeType, lifecycleEvent, resourceData } = parsed.data;
  const kind = lifecycleEvent
    ? lifecycleKinds[lifecycleEvent]
    : changeType === "deleted"
      ? "deleted"
      : "changed";
  if (!kind) return null;
  const eventId = lifecycleEvent ? "" : (resourceData?.id ?? "");
  return { subscriptionId, clientState: clientState ?? "", tenantId: tenantId || null, kind, eventId };
}
