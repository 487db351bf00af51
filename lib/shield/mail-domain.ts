/**
 * Whether a domain takes mail at all, as DNS says (RFC 5321 5.1, RFC 7505). No booking waits for it: the look-up begins when a request
 * comes, and counts where its answer is there in time or is known from before.
 */
import { Resolver } from "node:dns/promises";
import { env } from "@/lib/config/env";

const patienceMs = 500;
const minuteMs = 60_000;

/** How long an answer is believed; none, because no server answered, is asked for again soon. */
const keptMs = { takes_mail: 24 * 60 * minuteMs, takes_none: 10 * minuteMs, unknown: minuteMs };

/** Whoever makes up domains makes no more look-ups than this at once, and fills no more memory. */
const mostAtOnce = 20;
const mostKept = 5_000;

export type MailDomain = keyof typeof keptMs;

/** Names that belong to no one and have no servers (RFC 2606, RFC 6761): what they take says nothing. */
const reserved = /(?:^|\.)(?:example|test|invalid|localhost|local|internal|example\.(?:com|net|org))$/;

const known = new Map<string, { state: MailDomain; until: number }>();
const underWay = new Map<string, Promise<void>>();

/** What is known of the domain of an address by now. `now` is epoch milliseconds. */
export function mailDomainOf(email: string, now = Date.now()): MailDomain {
  const answer = known.get(domainOf(email));
  return answer && answer.until > now ? answer.state : "unknown";
}

/** Begins to ask, unless the answer is known. The promise is for tests: it never fails, and nothing waits for it. */
export function askMailDomain(email: string, now = Date.now()): Promise<void> {
  const domain = domainOf(email);
  const answer = known.get(domain);
  const isOff = env().DNS_SERVERS === "off" || reserved.test(domain);
  if (isOff || (answer && answer.until > now)) return Promise.resolve();
  const asked = underWay.get(domain);
  if (asked || underWay.size >= mostAtOnce) return asked ?? Promise.resolve();
  const asking = ask(domain).then((state) => {
    underWay.delete(domain);
    if (known.size >= mostKept) for (const old of [...known.keys()].slice(0, mostKept / 2)) known.delete(old);
    known.set(domain, { state, until: Date.now() + keptMs[state] });
  });
  underWay.set(domain, asking);
  return asking;
}

async function ask(domain: string): Promise<MailDomain> {
  const resolver = new Resolver({ timeout: patienceMs, tries: 1 });
  const servers = env().DNS_SERVERS;
  if (Array.isArray(servers)) resolver.setServers(servers);
  const records = await answerOf(resolver.resolveMx(domain));
  if (records === "failed") return "unknown";
  // A single dot stands for no server at all.
  if (records.length > 0)
    return records.some(({ exchange }) => exchange !== "") ? "takes_mail" : "takes_none";
  // Without any, mail goes to the host of that name.
  const hosts = await Promise.all([answerOf(resolver.resolve4(domain)), answerOf(resolver.resolve6(domain))]);
  if (hosts.some((found) => found !== "failed" && found.length > 0)) return "takes_mail";
  return hosts.includes("failed") ? "unknown" : "takes_none";
}

/** No records of that kind, or no such domain, is an answer too; `failed`: none came. */
async function answerOf<Entry>(answer: Promise<Entry[]>): Promise<Entry[] | "failed"> {
  try {
    return await answer;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    return code === "ENODATA" || code === "ENOTFOUND" ? [] : "failed";
  }
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1).toLowerCase();
}
