/**
 * Sets the options that a meeting's event type asks for, and makes the other hosts and the people it names co-organizers or presenters, once
 * its link is verified. Never delays the link for long.
 */

import { db } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import type { FlightNote } from "@/lib/flight-recorder/flight-recorder";
import { addressKey, distinctAddresses } from "@/lib/input/addresses";
import { pauseSeconds } from "@/lib/jobs/backoff";
import {
  addressesByOption,
  type MeetingPerson,
  type UntakenOption,
  type WantedOptions,
} from "@/lib/meetings/conference-port";
import { attending, type LeasedMeeting, renewLease } from "@/lib/meetings/meeting-lease";
import type { MeetingOptions } from "@/lib/meetings/option-choices";
import { type OptionsOutcome, readOptionsOutcome, readWantedOptions } from "@/lib/meetings/options";
import { type CallContext, ProviderError } from "@/lib/meetings/provider";
import { conferencePort } from "@/lib/meetings/registry-conference";

/** How long a verified link may wait for its options; after that they are set later. */
const patienceMs = 4_000;

/** A meeting made a moment ago may not be found at first: pauses before looking again, in milliseconds. */
const findPauses = [300, 900];

/** After this many failures the options are given up, until the organizer asks for them. */
const triesMax = 6;

export interface OptionsStep {
  changes: Prisma.MeetingUpdateInput;
  lines: FlightNote[];
  /** Null: nothing is left to do. */
  againInSeconds: number | null;
}

/** Sets options and people of the meeting behind `joinUrl`; null where nothing has to be set or all was settled before. */
export async function setOptions(
  meeting: LeasedMeeting,
  context: CallContext,
  joinUrl: string,
): Promise<OptionsStep | null> {
  const options = readWantedOptions(meeting.options, meeting.id);
  if (meeting.kind !== "teams") return null;
  const people = peopleOf(meeting, options);
  const earlier = meeting.joinUrl === null || meeting.joinUrl === joinUrl ? meeting.optionsOutcome : null;
  const before = readOptionsOutcome(earlier, meeting.id);
  const former = before ? [...before.coOrganizers, ...before.former] : [];
  const isNothing = options === null && people.length === 0 && former.length === 0;
  const isSamePeople = keysOf(people) === keysOf(before?.coOrganizers ?? []);
  if (isNothing || (before && before.state !== "waiting" && isSamePeople)) return null;
  const wanted = { joinUrl, options, people: { wanted: await withAccounts(meeting, people), former } };
  // The meeting belongs to whoever's calendar its event is in, and they alone can set its options.
  if (context.sharedCalendar !== undefined) return giveUp(wanted, "not_found", 0);
  await renewLease(meeting.id);
  const tries = (isSamePeople ? (before?.tries ?? 0) : 0) + 1;
  try {
    const { onlineMeetingId, untaken } = await apply(context, { ...wanted, isLastTry: tries >= triesMax });
    const outcome = { tries: 0, coOrganizers: people, former: [], untaken: untaken.map(toStored) };
    return settle({ state: "applied", ...outcome }, onlineMeetingId);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return setBack(error, wanted, tries);
  }
}

/**
 * The other hosts who have connected an account of the meeting's own organization (Teams knows no co-organizers from elsewhere), and whom the
 * event type names. Each once, and never the organizer.
 */
function peopleOf(meeting: LeasedMeeting, options: MeetingOptions | null): MeetingPerson[] {
  const hosts = otherHosts(meeting);
  const organizer = meeting.host.connections.map(({ accountEmail }) => accountEmail);
  const taken = [...organizer, ...hosts.map(({ email }) => email)];
  const coOrganizers = distinctAddresses(options?.coOrganizers ?? [], taken);
  const presenters = distinctAddresses(options?.presenters ?? [], [...taken, ...coOrganizers]);
  return [
    ...hosts,
    ...coOrganizers.map((email) => ({ email, role: "coorganizer" as const })),
    ...presenters.map((email) => ({ email, role: "presenter" as const })),
  ];
}

function otherHosts(meeting: LeasedMeeting): MeetingPerson[] {
  const [first] = attending(meeting);
  const tenantId = meeting.host.connections[0]?.tenantId;
  const others = (first?.hosts ?? []).filter(({ user }) => user.id !== meeting.hostId);
  return others.flatMap(({ user: { connections } }) => {
    const [account] = connections;
    const isColleague = account?.accountKind === "work" && account.tenantId === tenantId;
    const role = "coorganizer" as const;
    return account && isColleague
      ? [{ accountId: account.accountId, email: account.accountEmail, role }]
      : [];
  });
}

const keysOf = (people: readonly MeetingPerson[]) =>
  people.map(({ email, role }) => `${role} ${addressKey(email)}`).join();

/** With the account of whoever has connected it here. The directory isn't asked: that takes a permission that no one else needs. */
async function withAccounts(
  meeting: LeasedMeeting,
  people: readonly MeetingPerson[],
): Promise<MeetingPerson[]> {
  const [own] = meeting.host.connections;
  const open = people.filter(({ accountId }) => accountId === undefined).map(({ email }) => email);
  if (!own || open.length === 0) return [...people];
  const known = await db().meetingProviderConnection.findMany({
    where: {
      provider: "teams",
      tenantId: own.tenantId,
      accountKind: "work",
      accountEmail: { in: open, mode: "insensitive" },
    },
    select: { accountId: true, accountEmail: true },
  });
  const accounts = new Map(known.map(({ accountEmail, accountId }) => [addressKey(accountEmail), accountId]));
  return people.map((one) => ({ ...one, accountId: one.accountId ?? accounts.get(addressKey(one.email)) }));
}

async function apply(context: CallContext, wanted: WantedOptions) {
  const deadline = Date.now() + patienceMs;
  for (const pause of findPauses) {
    try {
      return await applyBefore(deadline, context, wanted);
    } catch (error) {
      const isNew = error instanceof ProviderError && error.details.vendorCode === "meeting_not_found";
      if (!isNew || Date.now() + pause >= deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return applyBefore(deadline, context, wanted);
}

function applyBefore(deadline: number, context: CallContext, wanted: WantedOptions) {
  const timeoutMs = Math.max(1, deadline - Date.now());
  return conferencePort("teams").applyOptions({ ...context, timeoutMs }, wanted);
}

/** The link stays valid whatever happens to the options. */
function setBack(error: ProviderError, wanted: WantedOptions, tries: number): OptionsStep {
  const people = keptOf(wanted);
  const mayHeal = error.retryable || error.code === "reconnect_needed" || error.code === "misconfigured";
  if (mayHeal && tries < triesMax) {
    return {
      changes: {
        optionsOutcome: { state: "waiting", tries, ...people, untaken: [] } satisfies OptionsOutcome,
      },
      lines: [{ step: "options_wait", outcome: "waiting", facts: { problem: error.code } }],
      againInSeconds: pauseSeconds(tries, error.details.retryAfterSeconds),
    };
  }
  const isNotFound = error.details.vendorCode === "meeting_not_found";
  return giveUp(wanted, isNotFound ? "not_found" : error.code, tries);
}

function giveUp(wanted: WantedOptions, why: string, tries: number): OptionsStep {
  const { coOrganizers: _, presenters: __, ...settings } = wanted.options ?? {};
  const open = Object.entries(settings).flatMap(([option, value]): [string, string | boolean][] =>
    value === undefined || value === "default" ? [] : [[option, value]],
  );
  for (const { option, addresses } of addressesByOption(wanted.people.wanted)) open.push([option, addresses]);
  const untaken = open.map(([option, value]) => ({ option, wanted: value, actual: null, why }));
  return settle({ state: "given_up", tries, ...keptOf(wanted), untaken }, null);
}

/** Who is kept in mind until it has been settled. */
function keptOf({ people: { wanted, former } }: WantedOptions) {
  return { coOrganizers: [...wanted], former: [...former] };
}

function settle(outcome: OptionsOutcome, onlineMeetingId: string | null): OptionsStep {
  const names = outcome.untaken.map(({ option }) => option).join(",");
  return {
    changes: { optionsOutcome: outcome, ...(onlineMeetingId ? { onlineMeetingId } : {}) },
    lines: [
      names === ""
        ? { step: "options_set", outcome: "ok" }
        : {
            step: "options_untaken",
            outcome: "failed",
            facts: { options: names, why: outcome.untaken[0]?.why ?? null },
          },
    ],
    againInSeconds: null,
  };
}

function toStored({ option, wanted, actual, why }: UntakenOption) {
  return { option, wanted, actual, why };
}
