import type { Challenge } from "altcha-lib";
import { run } from "@/lib/database/direct";
import { hostsAtAddress, readAddress } from "@/lib/offers/offer";
import { newChallenge } from "@/lib/shield/proof";
import { type Recent, recentSql, recentValues, togetherOf } from "@/lib/shield/recent";
import { mayNeedProof } from "@/lib/shield/score";
import { tracesOf } from "@/lib/shield/traces";

const statement = `
  SELECT ${recentSql("known_network", { network: "$3", recipients: "$4", since: "$5" }, "organizer")} AS recent
  FROM ${hostsAtAddress}`;

/**
 * The puzzle for someone who fills in a form; null where none is needed: little is going on, nothing is known of their network, or nothing
 * is offered there. `now` is epoch milliseconds.
 */
export async function askForProof(
  { handle, slug }: { handle: string; slug: string },
  sender: string,
  now = Date.now(),
): Promise<Challenge | null> {
  const address = readAddress(handle, slug);
  const traces = tracesOf(sender, []);
  if (!address || !traces.isNetworkKnown) return null;
  const rows = await run<{ recent: Recent }>(statement, [...address, ...recentValues(traces, now)]);
  const recent = togetherOf(rows.map((row) => row.recent));
  return recent && mayNeedProof(recent) ? newChallenge(address, now) : null;
}
