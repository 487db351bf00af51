/** How suspicious a booking is, and why. PURE. Each reason has its points; from the line on, its visitor has to confirm it. */
import { withoutLinks } from "@/lib/format/clean-name";
import { mailboxKey } from "@/lib/input/addresses";
import type { BlockKind } from "@/lib/shield/block-value";
import type { FoundBlock } from "@/lib/shield/blocks";
import { isDisposable } from "@/lib/shield/disposable";
import type { MailDomain } from "@/lib/shield/mail-domain";
import { busyOrganizer, guessingNetwork, type Recent } from "@/lib/shield/recent";

export const suspicionLine = 100;

export const suspicions = [
  /** Its organizer has blocked its address. */
  "blocked_address",
  /** Its organizer has blocked its address's domain. */
  "blocked_domain",
  /** Its organizer has blocked the network it comes from. */
  "blocked_network",
  /** A platform admin has blocked its address, domain or network. */
  "blocked_by_admin",
  /** The name has something in it that mail programs make a link of. */
  "link_in_name",
  /** A field was filled in that people don't see. */
  "hidden_field",
  /** Its address is one for some minutes. */
  "disposable_address",
  /** Its address is at a domain that takes no mail. */
  "no_mail_domain",
  /** Its form was sent faster than people type. */
  "filled_in_fast",
  /** It names very many guests. */
  "many_guests",
  /** Several guests are one mailbox. */
  "same_mailbox",
  /** Its sender has cancelled one booking after another. */
  "cancelled_before",
  /** Its network has named very many people. */
  "busy_network",
  /** Its organizer gets very many bookings. */
  "busy_organizer",
  /** Much is going on, and its browser has solved no puzzle. */
  "no_proof",
  /** Its network has asked for many bookings or organizers that there aren't. */
  "guessing",
] as const;

export type Suspicion = (typeof suspicions)[number];

export interface Reason {
  code: Suspicion;
  points: number;
}

export interface Evidence {
  name: string;
  email: string;
  guests: readonly string[];
  recent: Recent;
  /** What its sender is blocked by. */
  blocks: readonly FoundBlock[];
  /** A field of the form was filled in that people don't see. */
  hasHiddenField: boolean;
  /** How long its form was open, in milliseconds; null: unknown, as for all that comes by the API. */
  formAgeMs: number | null;
  /** It brought a proof of work that no booking has used before. */
  hasProof: boolean;
  mailDomain: MailDomain;
  /** Nothing is known of the sender's network: what happens there says little. */
  isNetworkUnknown: boolean;
}

/** From how many people named by one network on much is going on. */
const busyNetwork = 40;

/** Much is going on where a booking comes from or goes to: browsers show then that they are worth their visitor's time. */
export function needsProof({
  recent,
  isNetworkUnknown,
}: Pick<Evidence, "recent" | "isNetworkUnknown">): boolean {
  return !isNetworkUnknown && (recent.network >= busyNetwork || recent.organizer >= busyOrganizer);
}

/** Half as much: puzzles are handed out before they are asked for, since a form stays open for a while. */
export function mayNeedProof({ network, organizer }: Recent): boolean {
  return network >= busyNetwork / 2 || organizer >= busyOrganizer / 2;
}

/** No one who types a name and an address is faster, in milliseconds. */
const fastest = 2_000;

/** The reasons that apply, with their points. */
export function suspect(evidence: Evidence): Reason[] {
  const reasons: Reason[] = [];
  for (const code of suspicions) {
    const found = points[code](evidence);
    if (found > 0) reasons.push({ code, points: found });
  }
  return reasons;
}

export function scoreOf(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, reason) => sum + reason.points, 0);
}

/** The points for a number: those of the last step that it reaches. */
function step(number: number, ...steps: [from: number, points: number][]): number {
  return steps.findLast(([from]) => number >= from)?.[1] ?? 0;
}

const isBlocked = (blocks: readonly FoundBlock[], kind: BlockKind) =>
  blocks.some((block) => block.kind === kind && !block.isEveryones);

const points: Record<Suspicion, (evidence: Evidence) => number> = {
  blocked_address: ({ blocks }) => (isBlocked(blocks, "address") ? 100 : 0),
  blocked_domain: ({ blocks }) => (isBlocked(blocks, "domain") ? 100 : 0),
  blocked_network: ({ blocks }) => (isBlocked(blocks, "network") ? 100 : 0),
  blocked_by_admin: ({ blocks }) => (blocks.some(({ isEveryones }) => isEveryones) ? 100 : 0),
  link_in_name: ({ name }) => (hasLink(name) ? 100 : 0),
  hidden_field: ({ hasHiddenField }) => (hasHiddenField ? 100 : 0),
  disposable_address: ({ email }) => (isDisposable(email) ? 100 : 0),
  many_guests: ({ guests }) => step(guests.length, [6, 40], [11, 100]),
  same_mailbox: ({ email, guests }) => step(mostAlike([email, ...guests]), [3, 100]),
  cancelled_before: ({ recent, isNetworkUnknown }) =>
    step(recent.cancelled, [isNetworkUnknown ? 15 : 6, 100]),
  busy_network: ({ recent, isNetworkUnknown }) =>
    isNetworkUnknown ? 0 : step(recent.network, [busyNetwork, 60], [100, 100]),
  busy_organizer: ({ recent, isNetworkUnknown }) =>
    isNetworkUnknown ? 0 : step(recent.organizer, [busyOrganizer, 40], [100, 100]),
  no_mail_domain: ({ mailDomain }) => (mailDomain === "takes_none" ? 60 : 0),
  filled_in_fast: ({ formAgeMs }) => (formAgeMs !== null && formAgeMs < fastest ? 40 : 0),
  no_proof: (evidence) => (needsProof(evidence) && !evidence.hasProof ? 60 : 0),
  guessing: ({ recent, isNetworkUnknown }) =>
    isNetworkUnknown ? 0 : step(recent.lookups, [guessingNetwork, 50], [60, 100]),
};

/** A domain such as `win-now.example`; one capital after the dot is a name's (`Prof.Smith`). */
const domain = /[\p{L}\p{M}\p{N}_-]{3,}[.\u3002](?:[\p{Ll}\p{Lo}\p{M}]{2,}|\p{Lu}{2,})(?![\p{L}\p{M}])/u;

/** Letters and what stands between them in most names: nothing that a link is made of. */
const plainName = /^[\p{L}\p{M}' -]*$/u;

/** A name that loses words with its links, or has a domain in it. */
function hasLink(name: string): boolean {
  if (plainName.test(name) && !/www/i.test(name)) return false;
  if (domain.test(name.normalize("NFKC"))) return true;
  const rest = withoutLinks(name);
  if (rest === name) return false;
  const letters = (text: string) => text.normalize("NFC").replace(/[\s.]|\p{Cf}/gu, "");
  return letters(rest) !== letters(name);
}

/** How many of these addresses are one mailbox at most. */
function mostAlike(addresses: readonly string[]): number {
  if (addresses.length < 2) return addresses.length;
  const counts = new Map<string, number>();
  for (const key of addresses.map(mailboxKey)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
