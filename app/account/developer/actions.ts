"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { name } from "@/lib/accounts/schema";
import { createApiKey, revokeApiKey } from "@/lib/auth/api-keys";
import { requireOrganizer, requireRecentSignIn } from "@/lib/auth/guards";
import { type KeyLifetime, keyEnd, keyLifetimes, keyScopes } from "@/lib/auth/key-scopes";
import { translator } from "@/lib/i18n/translator";
import { buttonAction, formAction } from "@/lib/reader/action";
import { webhookEvents } from "@/lib/webhooks/events";
import { webhookForm, webhookInput } from "@/lib/webhooks/schema";
import * as webhooks from "@/lib/webhooks/webhooks";

const lifetimes = Object.keys(keyLifetimes) as KeyLifetime[];

export const createKey = formAction({
  guard: () => requireRecentSignIn("/account/developer"),
  // What no one has chosen is what the form shows first.
  schema: z.object({ name, scope: z.enum(keyScopes).catch("all"), lifetime: z.enum(lifetimes).catch("365") }),
  async run(input, { who, locale }) {
    const expiresAt = keyEnd(keyLifetimes[input.lifetime]);
    const { apiKey } = await createApiKey(who.scope, input.name, undefined, {
      scope: input.scope,
      expiresAt,
    });
    revalidatePath("/account/developer");
    const message = translator("account", locale)("developer.created", { name: input.name });
    return { status: "done", message, secret: apiKey };
  },
});

export const revokeKey = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ id: z.uuid() }),
  async run({ id }, { who }) {
    await revokeApiKey(who.scope, id);
    revalidatePath("/account/developer");
  },
});

const readWebhook = (formData: FormData) => ({
  url: formData.get("url"),
  events: webhookEvents.filter((event) => formData.has(`events.${event}`)),
});

export const createWebhook = formAction({
  guard: () => requireOrganizer(),
  schema: webhookInput,
  read: (formData) => ({ ...readWebhook(formData), teamId: formData.get("teamId") || null }),
  async run(input, { who, locale }) {
    const words = translator("webhooks", locale);
    const made = await webhooks.createWebhook(who.scope, input);
    if (!made.ok) {
      const message = words(made.error.code === "not_found" ? "teamGone" : "tooMany");
      return { status: "refused", message };
    }
    revalidatePath("/account/developer");
    return { status: "done", message: words("created"), secret: made.value.secret };
  },
});

export const changeWebhook = formAction({
  guard: () => requireOrganizer(),
  schema: webhookForm,
  read: (formData) => ({ id: formData.get("id"), ...readWebhook(formData) }),
  async run({ id, ...input }, { who, locale }) {
    const words = translator("webhooks", locale);
    const changed = await webhooks.changeWebhook(who.scope, id, input);
    if (!changed.ok) return { status: "refused", message: words("gone") };
    revalidatePath("/account/developer", "layout");
    return { status: "done", message: words("saved") };
  },
});

const named = z.object({ id: z.uuid() });

export const deleteWebhook = buttonAction({
  guard: () => requireOrganizer(),
  schema: named,
  async run({ id }, { who }) {
    await webhooks.deleteWebhook(who.scope, id);
    revalidatePath("/account/developer");
  },
});

export const sendTest = buttonAction({
  guard: () => requireOrganizer(),
  schema: named,
  async run({ id }, { who }) {
    await webhooks.testWebhook(who.scope, id);
    revalidatePath(`/account/developer/webhooks/${id}`);
  },
});

export const switchOn = buttonAction({
  guard: () => requireOrganizer(),
  schema: named,
  async run({ id }, { who }) {
    await webhooks.enableWebhook(who.scope, id);
    revalidatePath(`/account/developer/webhooks/${id}`);
  },
});

export const resendEvent = buttonAction({
  guard: () => requireOrganizer(),
  schema: named.extend({ webhookId: z.uuid() }),
  async run({ id, webhookId }, { who }) {
    await webhooks.resendDelivery(who.scope, webhookId, id);
    revalidatePath(`/account/developer/webhooks/${webhookId}`);
  },
});
