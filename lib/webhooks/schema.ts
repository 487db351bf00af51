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
    description: "Where events are posted; https, on the Internet",
    examples: ["https://example.com/bellhop"],
  });

const webhookEvent = z.enum(webhookEvents, { error: "webhook_event" });

const events = z
  .array(webhookEvent)
  .min(1, "webhook_no_event")
  .max(100, "too_many")
  .meta({ description: "What it is told of" });

/** What a new webhook needs. */
export const webhookInput = z.strictObject({
  url,
  events: events
    .default([...webhookEvents])
    .meta({ description: "What it is told of; left out: everything" }),
});

/** A webhook as its page's form sends it. */
export const webhookForm = z.strictObject({ id: z.uuid(), url, events });

/** What of a webhook shall change; its secret stays. */
export const webhookChange = z.strictObject({ url, events }).partial();
