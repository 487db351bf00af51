import { AsyncLocalStorage } from "node:async_hooks";

/** Who is at work, and from where. */
export interface Acting {
  /** The account's id; null where nobody is signed in. */
  actorId: string | null;
  /** The network, roughly (`coarseNetworkOf`), or what else it is, such as `command line`; empty for Bellhop's own work. */
  from: string;
}

const underWay = new AsyncLocalStorage<Acting>();

/** Does some work; what it writes to the audit log is put down to `acting`. Called where requests and commands come in. */
export function actAs<Outcome>(acting: Acting, work: () => Outcome): Outcome {
  return underWay.run(acting, work);
}

/** Who is at work; background work is nobody's. */
export function whoActs(): Acting {
  return underWay.getStore() ?? { actorId: null, from: "" };
}
