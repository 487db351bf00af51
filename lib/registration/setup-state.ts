/** How far the app registration is set up, and whether organizers are offered it. */
import { listCredentials } from "@/lib/registration/credentials";
import { type Registration, registration } from "@/lib/registration/registration";

/** `hidden` keeps the values but offers the integration to no one; a draft counts as not configured until it is offered. */
export type TeamsSetup = "ready" | "not_configured" | "hidden";

/** Whether organizers can connect their Microsoft accounts on this server. */
export async function teamsSetup(): Promise<TeamsSetup> {
  return setupOf(await registration());
}

/** The same of a registration at hand. */
export function setupOf(values: Registration): TeamsSetup {
  if (values.enabled === false) return "hidden";
  return isComplete(values) && !isDraft(values) ? "ready" : "not_configured";
}

/** Everything is there that a sign-in needs. */
export function isComplete(app: Registration): boolean {
  return app.clientId !== null && listCredentials(app).length > 0;
}

/** An admin saved what a sign-in needs, and has not offered it to organizers yet. What the environment sets is offered immediately. */
export function isDraft({ enabled, origins }: Registration): boolean {
  return enabled === null && (origins.clientId === "saved" || origins.clientSecret === "saved");
}
