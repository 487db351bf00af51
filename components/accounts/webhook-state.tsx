import { CheckCircleIcon, ClockIcon, ProhibitIcon, WarningIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Badge } from "@/components/ui/badge";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import type { Delivery, Webhook } from "@/lib/webhooks/webhooks";

/** Whether a webhook is sent anything. */
export function WebhookState({ webhook }: { webhook: Pick<Webhook, "disabledAt" | "succeededAt"> }) {
  const words = translator("webhooks", use(getLocale()));
  if (webhook.disabledAt)
    return (
      <Badge tone="danger" glyph={ProhibitIcon}>
        {words("state.off")}
      </Badge>
    );
  return webhook.succeededAt ? (
    <Badge tone="success" glyph={CheckCircleIcon}>
      {words("state.works")}
    </Badge>
  ) : (
    <Badge tone="none" glyph={ClockIcon}>
      {words("state.unused")}
    </Badge>
  );
}

const looks = {
  delivered: { tone: "success", glyph: CheckCircleIcon },
  queued: { tone: "warning", glyph: ClockIcon },
  failed: { tone: "danger", glyph: WarningIcon },
} as const;

/** What became of one event. */
export function DeliveryState({ delivery }: { delivery: Pick<Delivery, "status" | "attempts"> }) {
  const words = translator("webhooks", use(getLocale()));
  const { status, attempts } = delivery;
  return <Badge {...looks[status]}>{words(`delivery.${status}`, { attempts })}</Badge>;
}

/** What the address said to the last try. */
export function DeliveryAnswer({ delivery }: { delivery: Pick<Delivery, "lastStatus" | "lastProblem"> }) {
  const words = translator("webhooks", use(getLocale()));
  const { lastStatus, lastProblem } = delivery;
  if (lastStatus !== null) return words("delivery.answered", { status: lastStatus });
  return lastProblem ? words("delivery.silent", { problem: lastProblem }) : words("delivery.untried");
}
