/** What Microsoft posts (Microsoft: changeNotification, change-notifications-lifecycle-events), as far as we read it. PURE. */
import { z } from "zod";
import type { Notification } from "@/lib/meetings/calendar-notifications";
import { personalTenantId } from "@/lib/meetings/teams/identity";

/** More than Graph ever sends in one request. */
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

const lifecycleKinds: Record<string, Notification["kind"]> = {
  missed: "missed",
  subscriptionRemoved: "removed",
  reauthorizationRequired: "reauthorize",
};

/** The notifications in a post; null for each that can't be read. Null when it is no post of Graph's at all. */
export function readNotifications(body: unknown): (Notification | null)[] | null {
  const parsed = envelope.safeParse(body);
  return parsed.success ? parsed.data.value.map(readOne) : null;
}

/** Of a personal mailbox Microsoft does not promise which tenant it names. */
export function mayComeFrom({ tenantId: named }: Notification, tenantId: string): boolean {
  return named === null || named.toLowerCase() === tenantId.toLowerCase() || tenantId === personalTenantId;
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
