/**
 * Co-organizers of the Teams meeting behind a calendar event: the other hosts of a booking, who may then let people in and end it. They are
 * set on the meeting once its event is there (msgraph-sdk-java#1937), by a PATCH that carries all participants and nothing else.
 */
import type { CoOrganizer, UntakenOption, WantedOptions } from "@/lib/meetings/conference-port";
import { ProviderError } from "@/lib/meetings/provider";
import type { GraphClient } from "@/lib/meetings/teams/graph";
import { GraphError, readBody } from "@/lib/meetings/teams/graph-answer";
import {
  type GraphOnlineMeeting,
  type GraphParticipant,
  onlineMeetingSchema,
} from "@/lib/meetings/teams/graph-schema";

const role = "coorganizer";
const path = "/me/onlineMeetings/{meeting}";

/** Makes them co-organizers as far as they aren't, takes it from `former`, reads it back, and returns what is not so. Runs any number of times. */
export async function bringCoOrganizers(
  graph: GraphClient,
  { id }: Pick<GraphOnlineMeeting, "id">,
  { coOrganizers: { wanted, former }, isLastTry = false }: Pick<WantedOptions, "coOrganizers" | "isLastTry">,
): Promise<UntakenOption[]> {
  if (wanted.length === 0 && former.length === 0) return [];
  const isWanted = (one: GraphParticipant) => wanted.some((host) => isSame(one, host));
  let present = await readParticipants(graph, id);
  for (let step = 0; step < stepsMax; step += 1) {
    const others = present
      .filter((one) => !isWanted(one))
      .filter((one) => one.role !== role || !former.some((host) => isSame(one, host)));
    const isSettled =
      others.length + wanted.length === present.length && wanted.every((host) => leads(present, host));
    if (isSettled) return [];
    const attendees = [...others, ...wanted.map(toParticipant)];
    try {
      await graph.call({
        method: "PATCH",
        path,
        ids: { meeting: id },
        body: { participants: { attendees } },
      });
    } catch (error) {
      if (!isRefusal(error, isLastTry)) throw error;
      return wanted.length > 0 ? [untaken(wanted, present, "refused")] : [];
    }
    present = await readParticipants(graph, id);
    // Someone who came in with another role than they were given gets it once they are there.
    if (!wanted.some((host) => isIn(present, host) && !leads(present, host))) break;
  }
  return wanted.every((host) => leads(present, host)) ? [] : [untaken(wanted, present, "overruled")];
}

/** The first brings people into the meeting, the second gives them their role (msgraph-sdk-java#1937). */
const stepsMax = 2;

/** Without being asked for, the role has the name `unknownFutureValue`. */
async function readParticipants(graph: GraphClient, meeting: string): Promise<GraphParticipant[]> {
  const answer = await graph.call({ method: "GET", path, ids: { meeting }, allRoles: true });
  return readBody(onlineMeetingSchema, answer).participants?.attendees ?? [];
}

function isSame({ upn, identity }: GraphParticipant, { accountId, email }: CoOrganizer): boolean {
  const id = identity?.user?.id;
  return id ? id === accountId : upn?.toLowerCase() === email.toLowerCase();
}

const isIn = (participants: readonly GraphParticipant[], host: CoOrganizer) =>
  participants.some((one) => isSame(one, host));

const leads = (participants: readonly GraphParticipant[], host: CoOrganizer) =>
  participants.some((one) => one.role === role && isSame(one, host));

const toParticipant = ({ accountId, email }: CoOrganizer): GraphParticipant => ({
  upn: email,
  role,
  identity: { user: { id: accountId } },
});

function untaken(
  wanted: readonly CoOrganizer[],
  seen: readonly GraphParticipant[],
  why: UntakenOption["why"],
): UntakenOption {
  const missing = wanted.filter((host) => !leads(seen, host)).map(({ email }) => email);
  return { option: "coOrganizers", wanted: missing.join(", "), actual: null, why };
}

function isRefusal(error: unknown, isLastTry: boolean): boolean {
  const isClear =
    error instanceof ProviderError && (error.code === "refused" || error.code === "access_denied");
  const isUnclear =
    error instanceof GraphError && error.more.isFromGraph && [400, 403, 422].includes(error.status);
  return isClear || (isLastTry && isUnclear);
}
