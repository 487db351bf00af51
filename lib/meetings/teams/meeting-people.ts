/**
 * Who has a role in the Teams meeting behind a calendar event: co-organizers, who may let people in and end it, and presenters. They are set on
 * the meeting once its event is there (msgraph-sdk-java#1937), by a PATCH that carries all participants and nothing else.
 */
import {
  addressesByOption,
  type MeetingPerson,
  type UntakenOption,
  type WantedOptions,
} from "@/lib/meetings/conference-port";
import { ProviderError } from "@/lib/meetings/provider";
import type { GraphClient } from "@/lib/meetings/teams/graph";
import { GraphError, readBody } from "@/lib/meetings/teams/graph-answer";
import {
  type GraphOnlineMeeting,
  type GraphParticipant,
  onlineMeetingSchema,
} from "@/lib/meetings/teams/graph-schema";

const path = "/me/onlineMeetings/{meeting}";

interface PeopleStep {
  untaken: UntakenOption[];
  /** Whether anyone in the meeting is a presenter by name. */
  hasPresenter: boolean;
}

/** Gives them their roles as far as they lack them, takes those of `former`, reads it back, and returns what is not so. Runs any number of times. */
export async function bringPeople(
  graph: GraphClient,
  { id }: Pick<GraphOnlineMeeting, "id">,
  { people: { wanted, former }, isLastTry = false }: Pick<WantedOptions, "people" | "isLastTry">,
): Promise<PeopleStep> {
  if (wanted.length === 0 && former.length === 0) return { untaken: [], hasPresenter: false };
  let present = await readParticipants(graph, id);
  const stepSays = (why: UntakenOption["why"]): PeopleStep => ({
    untaken: untakenOf(wanted, present, why),
    hasPresenter: present.some(({ role }) => role === "presenter"),
  });
  for (let step = 0; step < stepsMax; step += 1) {
    const others = present
      .filter((one) => !wanted.some((person) => isSame(one, person)))
      .filter((one) => !former.some((person) => holds(one, person)));
    const isSettled =
      others.length + wanted.length === present.length && wanted.every((person) => isGiven(present, person));
    if (isSettled) break;
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
      return stepSays("refused");
    }
    present = await readParticipants(graph, id);
    // Someone who came in with another role than they were given gets it once they are there.
    if (!wanted.some((person) => isIn(present, person) && !isGiven(present, person))) break;
  }
  return stepSays("overruled");
}

/** The first brings people into the meeting, the second gives them their role (msgraph-sdk-java#1937). */
const stepsMax = 2;

/** Without being asked for, the role has the name `unknownFutureValue`. */
async function readParticipants(graph: GraphClient, meeting: string): Promise<GraphParticipant[]> {
  const answer = await graph.call({ method: "GET", path, ids: { meeting }, allRoles: true });
  return readBody(onlineMeetingSchema, answer).participants?.attendees ?? [];
}

/** By account where both are known: an address can be written in several ways. */
function isSame({ upn, identity }: GraphParticipant, { accountId, email }: MeetingPerson): boolean {
  const id = identity?.user?.id;
  return id && accountId ? id === accountId : upn?.toLowerCase() === email.toLowerCase();
}

const holds = (one: GraphParticipant, person: MeetingPerson) =>
  one.role === person.role && isSame(one, person);

const isIn = (participants: readonly GraphParticipant[], person: MeetingPerson) =>
  participants.some((one) => isSame(one, person));

const isGiven = (participants: readonly GraphParticipant[], person: MeetingPerson) =>
  participants.some((one) => holds(one, person));

const toParticipant = ({ accountId, email, role }: MeetingPerson): GraphParticipant => ({
  upn: email,
  role,
  ...(accountId ? { identity: { user: { id: accountId } } } : {}),
});

function untakenOf(
  wanted: readonly MeetingPerson[],
  seen: readonly GraphParticipant[],
  why: UntakenOption["why"],
): UntakenOption[] {
  const missing = wanted.filter((person) => !isGiven(seen, person));
  return addressesByOption(missing).map(({ option, addresses }) => ({
    option,
    wanted: addresses,
    actual: null,
    why,
  }));
}

function isRefusal(error: unknown, isLastTry: boolean): boolean {
  const isClear =
    error instanceof ProviderError && (error.code === "refused" || error.code === "access_denied");
  const isUnclear =
    error instanceof GraphError && error.more.isFromGraph && [400, 403, 422].includes(error.status);
  return isClear || (isLastTry && isUnclear);
}
