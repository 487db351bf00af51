/** Subscriptions to a mailbox's calendar at Microsoft Graph (Microsoft: change-notifications-overview, subscription-post). */
import { z } from "zod";
import type { Access } from "@/lib/grants/tokens";
import type {
  ChangeNotifier,
  Subscribed,
  SubscriptionRefusal,
  SubscriptionRequest,
} from "@/lib/meetings/calendar-notifications";
import type { CallContext } from "@/lib/meetings/provider";
import { openGraph } from "@/lib/meetings/teams/graph";
import { type GraphAnswer, GraphError, readBody } from "@/lib/meetings/teams/graph-answer";
import { mayComeFrom, readNotifications } from "@/lib/meetings/teams/notifications";
import { eachPage } from "@/lib/meetings/teams/paging";
import { err, ok, type Result } from "@/lib/result";

const changeType = "created,updated,deleted";

/** Documented as 10,080 minutes; the live service refuses more than 10,070. */
const subscriptionMinutes = 10_000;

/** What a subscription is for; a token of this server's own has to name the mailbox. */
const resourceOf = ({ managed, accountId }: Pick<Access, "managed" | "accountId">) =>
  managed ? `users/${accountId}/events` : "me/events";

const subscriptionSchema = z.object({
  id: z.string().min(1),
  expirationDateTime: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  notificationUrl: z.string().nullish(),
  resource: z.string().nullish(),
});
const listSchema = z.object({
  value: z.array(subscriptionSchema),
  "@odata.nextLink": z.string().nullish(),
});

const endOfLife = () => new Date(Date.now() + subscriptionMinutes * 60_000).toISOString();

const toSubscribed = (answer: GraphAnswer): Subscribed => {
  const { id, expirationDateTime } = readBody(subscriptionSchema, answer);
  return { subscriptionId: id, expiresAt: expirationDateTime };
};

async function createSubscription(
  context: CallContext,
  { notificationUrl, lifecycleUrl, clientState }: SubscriptionRequest,
): Promise<Result<Subscribed, SubscriptionRefusal>> {
  try {
    const graph = openGraph(context);
    const answer = await graph.call({
      method: "POST",
      path: "/subscriptions",
      body: {
        changeType,
        resource: resourceOf(await graph.account()),
        notificationUrl,
        lifecycleNotificationUrl: lifecycleUrl,
        expirationDateTime: endOfLife(),
        clientState,
      },
    });
    return ok(toSubscribed(answer));
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    if (error.status === 409) return err("exists");
    if (error.status === 400 && error.more.isFromGraph) {
      return err("unreachable", { detail: error.vendorMessage ?? error.message });
    }
    throw error;
  }
}

async function renewSubscription(context: CallContext, subscriptionId: string): Promise<Subscribed | null> {
  return unlessGone(
    openGraph(context)
      .call({
        method: "PATCH",
        path: "/subscriptions/{subscription}",
        ids: { subscription: subscriptionId },
        body: { expirationDateTime: endOfLife() },
      })
      .then(toSubscribed),
  );
}

async function endSubscription(context: CallContext, subscriptionId: string): Promise<void> {
  await unlessGone(
    openGraph(context).call({
      method: "DELETE",
      path: "/subscriptions/{subscription}",
      ids: { subscription: subscriptionId },
    }),
  );
}

async function listSubscriptions(
  context: CallContext,
): Promise<{ subscriptionId: string; notificationUrl: string }[]> {
  const graph = openGraph(context);
  const found: z.output<typeof subscriptionSchema>[] = [];
  await eachPage(graph, { method: "GET", path: "/subscriptions" }, (answer) => {
    const page = readBody(listSchema, answer);
    found.push(...page.value);
    return page["@odata.nextLink"];
  });
  const account = await graph.account();
  // A token of this server's own is shown those of all mailboxes.
  const isOfMailbox = ({ resource }: { resource?: string | null | undefined }) =>
    !account.managed || resource?.replace(/^\//, "").toLowerCase() === resourceOf(account).toLowerCase();
  return found.filter(isOfMailbox).map(({ id, notificationUrl }) => ({
    subscriptionId: id,
    notificationUrl: notificationUrl ?? "",
  }));
}

/** Of a subscription any of Graph's own 404 will do: another one is asked for, and one that lives on after all refuses it. */
async function unlessGone<Value>(call: Promise<Value>): Promise<Value | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof GraphError && error.isNotFound) return null;
    throw error;
  }
}

export const changeNotifier: ChangeNotifier = {
  subscriptionMinutes,
  subscribe: createSubscription,
  renewSubscription,
  endSubscription,
  listSubscriptions,
  readNotifications,
  mayComeFrom,
};
