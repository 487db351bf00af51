/**
 * Sets the options that a meeting's event type asks for, and makes the other hosts co-organizers, once its link is verified. Never delays
 * the link for long.
 */

import type { Prisma } from "@/lib/database/generated/client";
import type { FlightNote } from "@/lib/flight-recorder/flight-recorder";
import { pauseSeconds } from "@/lib/jobs/backoff";
import type { CoOrganizer, UntakenOption, WantedOptions } from "@/lib/meetings/conference-port";
import { attending, type LeasedMeeting, renewLease } from "@/lib/meetings/meeting-lease";
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

/** Sets options and co-organizers of the meeting behind `joinUrl`; null where nothing has to be set or all was settled before. */
export async function setOptions(
  meeting: LeasedMeeting,
  context: CallContext,
  joinUrl: string,
): Promise<OptionsStep | null> {
  const options = readWantedOptions(meeting.options, meeting.id);
  if (meeting.kind !== "teams") return null;
  const coOrganizers = coOrganizersOf(meeting);
  const earlier = meeting.joinUrl === null || meeting.joinUrl === joinUrl ? meeting.optionsOutcome : null;
  const before = readOptionsOutcome(earlier, meeting.id);
  const former = before ? [...before.coOrganizers, ...before.former] : [];
  const isNothing = options === null && coOrganizers.length === 0 && former.length === 0;
  const isSameHosts = idsOf(coOrganizers) === idsOf(before?.coOrganizers ?? []);
  if (isNothing || (before && before.state !== "waiting" && isSameHosts)) return null;
  await renewLease(meeting.id);
  const tries = (isSameHosts ? (before?.tries ?? 0) : 0) + 1;
  const wanted = { joinUrl, options, coOrganizers: { wanted: coOrganizers, former } };
  try {
    const { onlineMeetingId, untaken } = await apply(context, { ...wanted, isLastTry: tries >= triesMax });
    const outcome = { tries: 0, coOrganizers, former: [], untaken: untaken.map(toStored) };
    return settle({ state: "applied", ...outcome }, onlineMeetingId);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return setBack(error, wanted, tries);
  }
}

/** The other hosts who have connected an account of the meeting's own organization: Teams knows no co-organizers from elsewhere. */
function coOrganizersOf(meeting: LeasedMeeting): CoOrganizer[] {
  const [first] = attending(meeting);
  const tenantId = meeting.host.connections[0]?.tenantId;
  const others = (first?.hosts ?? []).filter(({ user }) => user.id !== meeting.hostId);
  return others.flatMap(({ user: { connections } }) => {
    const [account] = connections;
    const isColleague = account?.accountKind === "work" && account.tenantId === tenantId;
    return account && isColleague ? [{ accountId: account.accountId, email: account.accountEmail }] : [];
  });
}

const idsOf = (hosts: readonly CoOrganizer[]) => hosts.map(({ accountId }) => accountId).join();

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
function setBack(
  error: ProviderError,
  { options, coOrganizers: { wanted: hosts, former } }: Omit<WantedOptions, "isLastTry">,
  tries: number,
): OptionsStep {
  const people = { coOrganizers: [...hosts], former: [...former] };
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
  const why = isNotFound ? "not_found" : error.code;
  const wanted = Object.entries(options ?? {}).filter(([, value]) => value !== "default");
  if (hosts.length > 0) wanted.push(["coOrganizers", hosts.map(({ email }) => email).join(", ")]);
  const untaken = wanted.map(([option, value]) => ({ option, wanted: value, actual: null, why }));
  return settle({ state: "given_up", tries, ...people, untaken }, null);
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
