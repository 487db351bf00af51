import { directoryRoutes } from "@/tests/emulator/control/directory";
import { logRoutes } from "@/tests/emulator/control/log";
import { outlookRoutes } from "@/tests/emulator/control/outlook";
import { ControlRefusal, type ControlRoute } from "@/tests/emulator/control/route";
import { subscriptionRoutes } from "@/tests/emulator/control/subscriptions";
import { type Call, json, type Reply } from "@/tests/emulator/http";
import { matchTemplate } from "@/tests/emulator/path-template";
import type { World } from "@/tests/emulator/world";

const ROUTES: ControlRoute[] = [...logRoutes, ...directoryRoutes, ...outlookRoutes, ...subscriptionRoutes];
const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** The control port: JSON over HTTP, no sign-in, loopback only. */
export async function answerControl(world: World, call: Call): Promise<Reply> {
  if (!LOOPBACK.has(call.remoteAddress))
    return json(403, { error: "the control port answers loopback only" });
  const path = call.url.pathname.slice("/__control".length);
  for (const route of ROUTES) {
    const ids = route.method === call.method ? matchTemplate(route.template, path) : null;
    if (ids) return answer(route, world, call, ids.map(decodeURIComponent));
  }
  return json(404, { error: `no ${call.method} ${path} on the control port` });
}

async function answer(route: ControlRoute, world: World, call: Call, ids: string[]): Promise<Reply> {
  try {
    const body: unknown = call.bodyText === "" ? undefined : JSON.parse(call.bodyText);
    return json(200, await route.handle({ world, ids, query: call.url.searchParams, body }));
  } catch (error) {
    if (error instanceof ControlRefusal) return json(error.status, { error: error.message });
    if (error instanceof SyntaxError) return json(400, { error: "the body is not JSON" });
    throw error;
  }
}
