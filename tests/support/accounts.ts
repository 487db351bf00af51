import { createUser } from "@/lib/accounts/create-user";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { prepareQueues } from "@/lib/jobs/queue";
import { outboxHandlers } from "@/lib/outbox/jobs";

/** Makes the queue that mails go into. */
export async function prepareMailQueue(): Promise<void> {
  await prepareQueues(outboxHandlers.map((handler) => handler.definition));
}

/** An account with a password, as the operator would create it. */
export async function givenOrganizer(handle: string, password = "correct horse battery") {
  const email = `${handle}@example.test`;
  const created = await createUser({
    email,
    name: `Organizer ${handle}`,
    handle,
    password,
    role: "organizer",
    timeZone: "Europe/Paris",
  });
  if (!created.ok) throw new Error(`The account was refused: ${created.error.code}`);
  return { ...created.value, password };
}

/** The account's holder in a browser that is signed in; another name is another browser. */
export function atBrowserOf(userId: string, sessionId = `session of ${userId}`) {
  return { scope: scopeWithoutRequest(userId), sessionId };
}
