/**
 * Whether the hosts of an offer are available at this moment, where times of its next minutes depend on it. Asked live, remembered for
 * seconds by this process alone, and kept nowhere.
 */
import { db } from "@/lib/database/client";
import { mailboxOf } from "@/lib/grants/mailbox";
import { ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import type { Offer } from "@/lib/offers/offer";
import { isAllowed } from "@/lib/registration/optional-scopes";
import type { Interval, Presence } from "@/lib/slot-engine/rules";

export interface SeenPresence {
  presence: Presence;
  /** When it has to be asked again, epoch milliseconds. */
  until: number;
}

/** How long an answer counts, and how long one that did not come is not asked for again. */
const rememberedMs = 20_000;
const silentMs = 5_000;

/** How long a visitor waits for it, and additionally in line for other calls to the account. */
const patienceMs = 1_500;
const lineMs = 1_000;

/** By mailbox. */
const remembered = new Map<string, SeenPresence>();
const underWay = new Map<string, Promise<SeenPresence>>();

/** Whether any start in a stretch of time (epoch milliseconds) depends on who is available at `now`. */
export function dependsOnPresence(
  { eventType }: Pick<Offer, "eventType">,
  { start, end }: Interval,
  now: number,
) {
  const { availableNowMinutes } = eventType;
  return availableNowMinutes !== undefined && start < now + availableNowMinutes * 60_000 && end > now;
}

/** Who of an offer's hosts is available, by their id; empty where no start in a stretch of time (epoch milliseconds) depends on it. */
export async function readPresences(
  offer: Offer,
  stretch: Interval,
  now: number,
): Promise<ReadonlyMap<string, SeenPresence>> {
  if (!dependsOnPresence(offer, stretch, now)) return new Map();
  const connections = await db().meetingProviderConnection.findMany({
    where: { userId: { in: offer.hosts.map(({ id }) => id) }, provider: "teams" },
    select: { userId: true, tenantId: true, accountId: true, accountKind: true, scopes: true, state: true },
  });
  const known = new Map(connections.map((connection) => [connection.userId, connection]));
  const seen = await Promise.all(
    offer.hosts.map(async ({ id }) => [id, await presenceOf(known.get(id))] as const),
  );
  return new Map(seen);
}

interface Connection {
  userId: string;
  tenantId: string;
  accountId: string;
  accountKind: "work" | "personal";
  scopes: string;
  state: "connected" | "limited" | "reconnect_needed";
}

async function presenceOf(connection: Connection | undefined): Promise<SeenPresence> {
  // What our own rows say is read each time: nothing has to be remembered of it.
  const unread = (presence: Presence) => ({ presence, until: Number.POSITIVE_INFINITY });
  const isThere = connection && connection.state !== "reconnect_needed" && connection.accountKind === "work";
  if (!isThere) return unread("no_account");
  if (!isAllowed("presence", connection.scopes)) return unread("not_permitted");
  const mailbox = mailboxOf(connection);
  const before = remembered.get(mailbox);
  if (before && Date.now() < before.until) return before;
  const asked =
    underWay.get(mailbox) ?? ask(connection.userId, mailbox).finally(() => underWay.delete(mailbox));
  underWay.set(mailbox, asked);
  return asked;
}

async function ask(userId: string, mailbox: string): Promise<SeenPresence> {
  const { presence, forMs } = await readLive(userId);
  const seen = { presence, until: Date.now() + forMs };
  remembered.set(mailbox, seen);
  setTimeout(() => {
    if (remembered.get(mailbox) === seen) remembered.delete(mailbox);
  }, forMs).unref();
  return seen;
}

async function readLive(userId: string): Promise<{ presence: Presence; forMs: number }> {
  try {
    const context = { userId, priority: "visitor", timeoutMs: patienceMs, lineMs } as const;
    const presence = await calendarPort("teams").readPresence(context);
    return { presence: presence === "unknown" ? "unreadable" : presence, forMs: rememberedMs };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.code === "access_denied") return { presence: "not_permitted", forMs: silentMs };
    return { presence: "unreadable", forMs: silentMs };
  }
}
