import { z } from "zod";
import { env } from "@/lib/config/env";
import { webhookEvents } from "@/lib/webhooks/events";
import { targetProblem } from "@/lib/webhooks/targets";

const url = z
  .string()
  .trim()
  .max(2000, "too_long")
  .superRefine((text, ctx) => {
    const problem = targetProblem(text, env().WEBHOOK_TARGETS);
    if (problem) ctx.addIssue(problem);
  })
  .meta({
    description: "Where events are posted. https, on the public internet",
    examples: ["https://example.com/bellhop"],
  });

const webhookEvent = z.enum(webhookEvents, { error: "webhook_event" });

const events = z
  .array(webhookEvent)
  .min(1, "webhook_no_event")
  .max(100, "too_many")
  .meta({ description: "Events to send" });

/** What a new webhook needs. */
export const webhookInput = z.strictObject({
  url,
  events: events
    .default([...webhookEvents])
    .meta({ description: "Events to send. If left out, all of them" }),
  teamId: z
    .uuid("id_form")
    .nullable()
    .default(null)
    .meta({ description: "A team that you manage, to be sent its bookings. If left out, your own" }),
});

/** A webhook as its page's form sends it. */
export const webhookForm = z.strictObject({ id: z.uuid(), url, events });

/** What of a webhook should change; its secret stays. */
export const webhookChange = z.strictObject({ url, events }).partial();
