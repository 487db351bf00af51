/** A process of its own that says, each time a line comes in, what it takes the registration to be. */
import { createInterface } from "node:readline";
import { registration } from "@/lib/registration/registration";

for await (const _line of createInterface({ input: process.stdin })) {
  const { clientId, clientSecret, tenant, enabled } = await registration();
  process.stdout.write(
    `${JSON.stringify({ clientId, hasSecret: clientSecret !== null, tenant, enabled })}\n`,
  );
}
process.exit(0);
