import { type ControlRoute, parse } from "@/tests/emulator/control/route";
import { authorizeFaultSchema, graphFaultSchema, tokenFaultSchema } from "@/tests/emulator/faults";
import { preciseNow } from "@/tests/emulator/request-log";
import { newSigningKeys, seedState } from "@/tests/emulator/seed";
import { settingsSchema } from "@/tests/emulator/state";

/** Faults to come, requests seen, settings, and starting over. */
export const logRoutes: ControlRoute[] = [
  {
    method: "POST",
    template: "/reset",
    handle: ({ world }) => {
      world.state = seedState(world.state.signingKeys);
      world.faults.clear();
      world.requests.clear();
      world.throttle.clear();
      world.notifier.clear();
      world.signIns.clear();
      return {};
    },
  },
  {
    method: "POST",
    template: "/reset-counters",
    handle: ({ world }) => {
      world.requests.clear();
      world.throttle.clear();
      world.notifier.clearDeliveries();
      return {};
    },
  },
  { method: "GET", template: "/health", handle: () => ({ status: "ok" }) },
  { method: "GET", template: "/settings", handle: ({ world }) => world.state.settings },
  {
    method: "PATCH",
    template: "/settings",
    handle: ({ world, body }) => Object.assign(world.state.settings, parse(settingsSchema.partial(), body)),
  },
  {
    method: "POST",
    template: "/rotate-keys",
    handle: async ({ world }) => {
      world.state.signingKeys = await newSigningKeys();
      return {};
    },
  },
  {
    method: "GET",
    template: "/faults",
    handle: ({ world: { faults } }) => ({
      graph: faults.graph.list(),
      token: faults.token.list(),
      authorize: faults.authorize.list(),
    }),
  },
  {
    method: "DELETE",
    template: "/faults",
    handle: ({ world }) => {
      world.faults.clear();
      return {};
    },
  },
  {
    method: "POST",
    template: "/faults/graph",
    handle: ({ world, body }) => {
      world.faults.graph.add(parse(graphFaultSchema, body));
      return {};
    },
  },
  {
    method: "POST",
    template: "/faults/token",
    handle: ({ world, body }) => {
      world.faults.token.add(parse(tokenFaultSchema, body));
      return {};
    },
  },
  {
    method: "POST",
    template: "/faults/authorize",
    handle: ({ world, body }) => {
      world.faults.authorize.add(parse(authorizeFaultSchema, body));
      return {};
    },
  },
  {
    method: "GET",
    template: "/requests",
    handle: ({ world, query }) => {
      const since = query.get("since");
      return {
        now: preciseNow(),
        requests: world.requests.list({
          ...(since ? { since: Number(since) } : {}),
          ...optional("account", query.get("account")),
          ...optional("path", query.get("path")),
          ...optional("method", query.get("method")),
        }),
      };
    },
  },
];

function optional<Name extends string>(name: Name, value: string | null) {
  return value === null ? {} : { [name]: value };
}
