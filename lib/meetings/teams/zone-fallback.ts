import type { GraphAnswer } from "@/lib/meetings/teams/graph-answer";
import { GraphError } from "@/lib/meetings/teams/graph-answer";

/** Refusals that have nothing to do with the zone of start and end. */
const otherReasons = new Set([
  "ErrorDuplicateTransactionId",
  "ErrorInvalidRecipients",
  "ErrorInvalidIdMalformed",
]);

/**
 * Writes in the organizer's zone. Exchange knows most IANA names but not all, and answers 400 to the others: then in UTC. A 400
 * whose code says nothing may be about anything, and may pass: it is given a second chance first.
 */
export async function withZone(
  timeZone: string,
  attempt: (timeZone: string) => Promise<GraphAnswer>,
): Promise<GraphAnswer> {
  for (const tries of [1, 2]) {
    try {
      return await attempt(timeZone);
    } catch (error) {
      const mayBeZone = error instanceof GraphError && error.status === 400;
      if (!mayBeZone || timeZone === "UTC" || otherReasons.has(error.details.vendorCode ?? "")) throw error;
      if (error.verdict === "final" || tries === 2) break;
    }
  }
  return attempt("UTC");
}
