import { z } from "zod";
import { ControlRefusal, type ControlRoute, parse, requireAccount } from "@/tests/emulator/control/route";
import { deliveryModeSchema } from "@/tests/emulator/graph/notifications";
import { liveSubscriptions } from "@/tests/emulator/graph/subscriptions";
import type { StoredSubscription } from "@/tests/emulator/state";
import type { World } from "@/tests/emulator/world";

const lifecycleSchema = z.strictObject({
  event: z.enum(["reauthorizationRequired", "subscriptionRemoved", "missed"]),
});
const forgerySchema = z
  .strictObject({
    clientState: z.string().nullable(),
    resource: z.string(),
    changeType: z.enum(["created", "updated", "deleted"]),
    subscriptionId: z.string(),
    tenantId: z.string(),
    resourceData: z.record(z.string(), z.unknown()),
  })
  .partial();
export type Forgery = z.input<typeof forgerySchema>;

/** Subscriptions and how their notifications fare. */
export const subscriptionRoutes: ControlRoute[] = [
  {
    method: "GET",
    template: "/subscriptions",
    handle: ({ world, query }) => {
      const account = query.get("account");
      const id = account === null ? null : requireAccount(world, account).id;
      return liveSubscriptions(world).filter((stored) => id === null || stored.accountId === id);
    },
  },
  {
    method: "DELETE",
    template: "/subscriptions/{id}",
    handle: ({ world, ids }) => {
      delete world.state.subscriptions[requireSubscription(world, ids[0]).id];
      return {};
    },
  },
  {
    method: "POST",
    template: "/subscriptions/{id}/expire",
    handle: ({ world, ids }) => Object.assign(requireSubscription(world, ids[0]), { expiresAt: Date.now() }),
  },
  {
    method: "POST",
    template: "/subscriptions/{id}/lifecycle",
    handle: ({ world, ids, body }) => {
      const stored = requireSubscription(world, ids[0]);
      const { event } = parse(lifecycleSchema, body);
      if (!world.notifier.lifecycle(stored, event)) {
        throw new ControlRefusal(409, "the subscription has no lifecycleNotificationUrl");
      }
      return stored;
    },
  },
  {
    method: "POST",
    template: "/subscriptions/{id}/forge",
    handle: ({ world, ids, body }) => {
      const { resourceData, ...changes } = parse(forgerySchema, body);
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const data = resourceData ? { resourceData: Object(resourceData) } : {};
      return world.notifier.forge(requireSubscription(world, ids[0]), { ...given, ...data });
    },
  },
  {
    method: "PATCH",
    template: "/accounts/{account}/delivery",
    handle: ({ world, ids, body }) =>
      world.notifier.setMode(requireAccount(world, ids[0]), parse(deliveryModeSchema, body)),
  },
  { method: "GET", template: "/deliveries", handle: ({ world }) => world.notifier.report() },
];

function requireSubscription(world: World, id: string | undefined): StoredSubscription {
  const stored = liveSubscriptions(world).find((one) => one.id === id);
  if (!stored) throw new ControlRefusal(404, `there is no subscription ${id}`);
  return stored;
}
