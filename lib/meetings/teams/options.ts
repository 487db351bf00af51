/**
 * Options of the Teams meeting behind a calendar event. They belong to Graph's onlineMeeting, which is found by its link;
 * subject and times of it are left alone, since the event is their master.
 */

import type { UntakenOption, WantedOptions } from "@/lib/meetings/conference-port";
import type { MeetingOptionName, MeetingOptions } from "@/lib/meetings/option-choices";
import { ProviderError } from "@/lib/meetings/provider";
import type { GraphClient } from "@/lib/meetings/teams/graph";
import { GraphError, readBody } from "@/lib/meetings/teams/graph-answer";
import {
  type GraphOnlineMeeting,
  onlineMeetingListSchema,
  onlineMeetingSchema,
} from "@/lib/meetings/teams/graph-schema";
import { bringPeople } from "@/lib/meetings/teams/meeting-people";

type Value = string | boolean;

interface RequestedOption {
  option: MeetingOptionName;
  wanted: Value;
  /** The same in Graph's terms. */
  graphValue: Value;
}

const properties = {
  recordAutomatically: "recordAutomatically",
  allowedPresenters: "allowedPresenters",
  transcription: "allowTranscription",
  chat: "allowMeetingChat",
  entryExitTones: "isEntryExitAnnounced",
  attendeeMic: "allowAttendeeToEnableMic",
  attendeeCamera: "allowAttendeeToEnableCamera",
  spokenLanguage: "meetingSpokenLanguageTag",
} as const satisfies Record<Exclude<MeetingOptionName, "lobby">, keyof GraphOnlineMeeting>;

/** What is to be so. Where presenters are named, "only the organizer" means those beside them, for whom Graph has a word of its own. PURE. */
function requestedOptions(options: MeetingOptions, hasPresenter: boolean): RequestedOption[] {
  const names = ["lobby", ...Object.keys(properties)] as MeetingOptionName[];
  return names.flatMap((option) => {
    const wanted = options[option];
    if (wanted === undefined || wanted === "default") return [];
    if (option === "allowedPresenters" && wanted === "organizer" && hasPresenter) {
      return [{ option, wanted: "roleIsPresenter", graphValue: "roleIsPresenter" }];
    }
    return [{ option, wanted, graphValue: option === "transcription" ? wanted === "allowed" : wanted }];
  });
}

function bodyOf({ option, graphValue }: RequestedOption): object {
  return option === "lobby"
    ? { lobbyBypassSettings: { scope: graphValue } }
    : { [properties[option]]: graphValue };
}

function valueIn(meeting: GraphOnlineMeeting, { option }: RequestedOption): Value | null | undefined {
  return option === "lobby" ? meeting.lobbyBypassSettings?.scope : meeting[properties[option]];
}

/** A language's tag is the same in capitals and without. */
function isAsked(value: Value | null | undefined, { option, graphValue }: RequestedOption): boolean {
  const isTag = option === "spokenLanguage" && typeof value === "string";
  return isTag ? value.toLowerCase() === String(graphValue).toLowerCase() : value === graphValue;
}

/** Sets what differs, reads it back, and returns what is not as requested. Run again, it finds nothing to do. */
export async function applyOptions(
  graph: GraphClient,
  wanted: WantedOptions,
): Promise<{ onlineMeetingId: string; untaken: UntakenOption[] }> {
  const meeting = await findMeeting(graph, wanted.joinUrl);
  // Presenters by name can be all who present only once there are any.
  const people = await bringPeople(graph, meeting, wanted);
  const { options, isLastTry = false } = wanted;
  const hasPresenter = people.hasPresenter && (options?.presenters ?? []).length > 0;
  const untaken = options
    ? await setWhatDiffers(graph, meeting, requestedOptions(options, hasPresenter), isLastTry)
    : [];
  return { onlineMeetingId: meeting.id, untaken: [...untaken, ...people.untaken] };
}

async function setWhatDiffers(
  graph: GraphClient,
  meeting: GraphOnlineMeeting,
  requests: RequestedOption[],
  isLastTry: boolean,
): Promise<UntakenOption[]> {
  const open = requests.filter((request) => !isAsked(valueIn(meeting, request), request));
  if (open.length === 0) return [];
  const refused = await set(graph, meeting.id, open, isLastTry);
  const path = "/me/onlineMeetings/{meeting}";
  const seen = readBody(
    onlineMeetingSchema,
    await graph.call({ method: "GET", path, ids: { meeting: meeting.id } }),
  );
  return open.flatMap((request): UntakenOption[] => {
    const { option, wanted } = request;
    const actual = valueIn(seen, request);
    if (refused.has(option)) return [{ option, wanted, actual: inOurWords(option, actual), why: "refused" }];
    // What Graph does not show proves nothing.
    if (actual === undefined || isAsked(actual, request)) return [];
    return [{ option, wanted, actual: inOurWords(option, actual), why: "overruled" }];
  });
}

/** Transcription is a switch at Graph's and has a name of its own with us. */
function inOurWords(option: MeetingOptionName, actual: Value | null | undefined): Value | null {
  if (option === "transcription" && typeof actual === "boolean") return actual ? "allowed" : "off";
  return actual ?? null;
}

/**
 * The meeting behind a link. Graph answers 400 (not an empty list) when it finds none, which a meeting made a moment ago may
 * meet: then it can be asked for again.
 */
export async function findMeeting(graph: GraphClient, joinUrl: string): Promise<GraphOnlineMeeting> {
  const query = { $filter: `JoinWebUrl eq '${joinUrl.replaceAll("'", "''")}'` };
  try {
    const answer = await graph.call({ method: "GET", path: "/me/onlineMeetings", query });
    const [meeting] = readBody(onlineMeetingListSchema, answer).value;
    if (meeting) return meeting;
  } catch (error) {
    if (!(error instanceof GraphError && (error.status === 400 || error.isNotFound))) throw error;
  }
  throw new ProviderError("unavailable", "Graph does not find the meeting of this link.", {
    vendorCode: "meeting_not_found",
  });
}

/** Sets all options in one call; if that is refused, one by one, so that a forbidden option doesn't block the others. */
async function set(
  graph: GraphClient,
  meetingId: string,
  requests: RequestedOption[],
  isLastTry: boolean,
): Promise<Set<MeetingOptionName>> {
  try {
    await patch(graph, meetingId, Object.assign({}, ...requests.map(bodyOf)));
    return new Set();
  } catch (error) {
    if (!mayBeRefusal(error)) throw error;
    if (requests.length === 1 && isRefusal(error, isLastTry))
      return new Set(requests.map(({ option }) => option));
    if (requests.length === 1) throw error;
  }
  const refused = new Set<MeetingOptionName>();
  let unclear: unknown = null;
  for (const request of requests) {
    try {
      await patch(graph, meetingId, bodyOf(request));
    } catch (error) {
      if (!mayBeRefusal(error)) throw error;
      if (isRefusal(error, isLastTry)) refused.add(request.option);
      else unclear = error;
    }
  }
  if (unclear !== null) throw unclear;
  return refused;
}

function patch(graph: GraphClient, meetingId: string, body: object) {
  return graph.call({
    method: "PATCH",
    path: "/me/onlineMeetings/{meeting}",
    ids: { meeting: meetingId },
    body,
  });
}

/** Which refusals of an option are final is documented nowhere: one whose code says nothing is believed at the last try. */
function isRefusal(error: unknown, isLastTry: boolean): boolean {
  const isClear =
    error instanceof ProviderError && (error.code === "refused" || error.code === "access_denied");
  return isClear || (isLastTry && mayBeRefusal(error));
}

function mayBeRefusal(error: unknown): boolean {
  return error instanceof GraphError && error.more.isFromGraph && [400, 403, 422].includes(error.status);
}
