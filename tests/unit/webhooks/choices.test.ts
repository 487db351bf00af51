import { expect, it } from "vitest";
import { webhookChoices } from "@/components/accounts/webhook-choices";
import { defaultLocale } from "@/lib/i18n/languages";
import { webhookEvents } from "@/lib/webhooks/events";

it("a team's webhook is offered events of bookings alone, and one's own those of the connection, too", () => {
  const valuesOf = (ofTeam: boolean) =>
    webhookChoices(defaultLocale, webhookEvents, ofTeam).choices.map(({ value }) => value);
  expect(valuesOf(false)).toEqual([...webhookEvents]);
  expect(valuesOf(true)).toEqual(webhookEvents.filter((event) => /^(booking|meeting)\./.test(event)));
});
