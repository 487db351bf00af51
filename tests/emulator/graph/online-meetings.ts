import type { OnlineMeeting } from "@microsoft/microsoft-graph-types";
import { z } from "zod";
import { badRequest, GraphRefusal } from "@/tests/emulator/graph/errors";
import { parseBody } from "@/tests/emulator/graph/event-input";
import { contextUrl, type GraphContext, type GraphReply, type Route } from "@/tests/emulator/graph/route";
import { newOnlineMeeting } from "@/tests/emulator/graph/teams-meeting";
import type { Account } from "@/tests/emulator/state";
import { findAccount, requireTenantOf } from "@/tests/emulator/world";

const READ = ["OnlineMeetings.Read", "OnlineMeetings.ReadWrite"];
const WRITE = ["OnlineMeetings.ReadWrite"];
const LIST = "/me/onlineMeetings";
const ITEM = "/me/onlineMeetings/{onlineMeeting-id}";

export const onlineMeetingRoutes: Route[] = [
  {
    method: "GET",
    template: LIST,
    scopes: READ,
    service: "teams",
    options: ["$filter"],
    handle: findMeeting,
  },
  {
    method: "POST",
    template: LIST,
    scopes: WRITE,
    service: "teams",
    options: [],
    body: "required",
    handle: createMeeting,
  },
  { method: "GET", template: ITEM, scopes: READ, service: "teams", options: [], handle: getMeeting },
  {
    method: "PATCH",
    template: ITEM,
    scopes: WRITE,
    service: "teams",
    options: [],
    body: "required",
    handle: patchMeeting,
  },
  { method: "DELETE", template: ITEM, scopes: WRITE, service: "teams", options: [], handle: deleteMeeting },
];

const participant = z.strictObject({
  upn: z.string().nullish(),
  role: z.enum(["attendee", "presenter", "producer", "coorganizer"]).nullish(),
  identity: z.record(z.string(), z.unknown()).nullish(),
});

/** What a PATCH may change. `joinMeetingIdSettings` (the passcode) is fixed at creation. */
const changesSchema = z
  .strictObject({
    subject: z.string().nullable(),
    startDateTime: z.iso.datetime({ offset: true }),
    endDateTime: z.iso.datetime({ offset: true }),
    participants: z.strictObject({ attendees: z.array(participant) }),
    lobbyBypassSettings: z.strictObject({
      scope: z
        .enum([
          "organizer",
          "organization",
          "organizationAndFederated",
          "organizationExcludingGuests",
          "invited",
          "everyone",
        ])
        .optional(),
      isDialInBypassEnabled: z.boolean().optional(),
    }),
    allowedPresenters: z.enum(["everyone", "organization", "roleIsPresenter", "organizer"]),
    allowedLobbyAdmitters: z.enum(["organizerAndCoOrganizersAndPresenters", "organizerAndCoOrganizers"]),
    allowMeetingChat: z.enum(["enabled", "disabled", "limited"]),
    allowLiveShare: z.enum(["enabled", "disabled"]),
    isEntryExitAnnounced: z.boolean(),
    recordAutomatically: z.boolean(),
    allowRecording: z.boolean(),
    allowTranscription: z.boolean(),
    allowTeamworkReactions: z.boolean(),
    allowAttendeeToEnableCamera: z.boolean(),
    allowAttendeeToEnableMic: z.boolean(),
    allowBreakoutRooms: z.boolean(),
    allowPowerPointSharing: z.boolean(),
    allowWhiteboard: z.boolean(),
    allowCopyingAndSharingMeetingContent: z.boolean(),
    isEndToEndEncryptionEnabled: z.boolean(),
    meetingSpokenLanguageTag: z.string(),
    watermarkProtection: z.strictObject({
      isEnabledForContentSharing: z.boolean().optional(),
      isEnabledForVideo: z.boolean().optional(),
    }),
    "@odata.type": z.string(),
  })
  .partial();
const newMeetingSchema = changesSchema.extend({
  joinMeetingIdSettings: z.strictObject({ isPasscodeRequired: z.boolean() }).optional(),
});

/** These need licences the emulator's tenants do not have: accepted and not applied. */
const UNLICENSED = ["isEndToEndEncryptionEnabled", "watermarkProtection"] as const;

function findMeeting(context: GraphContext): GraphReply {
  const { filter } = context.options;
  if (!filter) {
    throw badRequest(
      "InvalidArgument",
      "Filter expression expected - /onlineMeetings?$filter=JoinWebUrl eq '{joinWebUrl}'.",
    );
  }
  const match = /^(JoinWebUrl|joinMeetingIdSettings\/joinMeetingId) eq '((?:[^']|'')*)'$/i.exec(filter);
  if (!match)
    throw badRequest("InvalidArgument", `The filter '${filter}' is not supported for online meetings.`);
  const value = (match[2] ?? "").replaceAll("''", "'");
  const isByUrl = match[1]?.toLowerCase() === "joinweburl";
  const found = Object.values(context.mailbox.onlineMeetings).filter((meeting) =>
    isByUrl ? meeting.joinWebUrl === value : meeting.joinMeetingIdSettings?.joinMeetingId === value,
  );
  if (found.length === 0) {
    throw badRequest(
      "BadRequest",
      "1026: The meeting was not found, or the signed-in user is not its organizer.",
    );
  }
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(context, `users('${context.account.id}')/onlineMeetings`),
      value: found.map((meeting) => asAsked(context, meeting)),
    },
  };
}

/** A meeting on its own: on no calendar, and no one is invited. */
function createMeeting(context: GraphContext): GraphReply {
  const input = parseBody(newMeetingSchema, context.body, "onlineMeeting");
  checkChanges(input, null);
  const { joinMeetingIdSettings, ...changes } = input;
  const meeting = newOnlineMeeting(context.world, context.account, {});
  if (joinMeetingIdSettings && meeting.joinMeetingIdSettings && !joinMeetingIdSettings.isPasscodeRequired) {
    Object.assign(meeting.joinMeetingIdSettings, { isPasscodeRequired: false, passcode: null });
  }
  apply(context, meeting, changes);
  return { status: 201, body: entity(context, meeting) };
}

function getMeeting(context: GraphContext): GraphReply {
  return { status: 200, body: entity(context, requireMeeting(context)) };
}

/** Answers with what the meeting is now, which may not be what was asked: the tenant's policy wins silently. */
function patchMeeting(context: GraphContext): GraphReply {
  const meeting = requireMeeting(context);
  const input = parseBody(changesSchema, context.body, "onlineMeeting");
  checkChanges(input, meeting);
  refuseByPolicy(context, input);
  apply(context, meeting, input);
  return { status: 200, body: entity(context, meeting) };
}

function deleteMeeting(context: GraphContext): GraphReply {
  const meeting = requireMeeting(context);
  delete context.mailbox.onlineMeetings[meeting.id ?? ""];
  return { status: 204 };
}

export function requireMeeting(context: GraphContext): OnlineMeeting {
  const meeting = context.mailbox.onlineMeetings[context.ids[0] ?? ""];
  if (!meeting) throw new GraphRefusal(404, "NotFound", "The meeting was not found.");
  return meeting;
}

/** Personal accounts have no such API, and an account without Teams is turned away, whatever its token says. */
export function refuseWithoutTeams(account: Account): void {
  if (account.kind === "personal") {
    throw badRequest(
      "BadRequest",
      `This API is not supported for MSA accounts (no addressUrl for ${account.email}).`,
    );
  }
  if (!account.hasTeams) throw new GraphRefusal(403, "Forbidden", "User does not have a Teams license.");
}

function checkChanges(input: z.output<typeof changesSchema>, meeting: OnlineMeeting | null): void {
  if (input.participants && Object.keys(input).length > 1) {
    throw badRequest("InvalidArgument", "participants are changed alone.");
  }
  if ((input.startDateTime === undefined) !== (input.endDateTime === undefined)) {
    throw badRequest("InvalidArgument", "startDateTime and endDateTime are changed together.");
  }
  if (
    input.startDateTime &&
    input.endDateTime &&
    Date.parse(input.endDateTime) <= Date.parse(input.startDateTime)
  ) {
    throw badRequest("InvalidArgument", "endDateTime is not after startDateTime.");
  }
  const attendees = input.participants?.attendees ?? meeting?.participants?.attendees ?? [];
  const hasPresenter = attendees.some((attendee) => attendee.role === "presenter");
  if (input.allowedPresenters === "roleIsPresenter" && !hasPresenter) {
    throw badRequest(
      "InvalidArgument",
      "allowedPresenters roleIsPresenter needs attendees with the presenter role.",
    );
  }
}

function refuseByPolicy(context: GraphContext, input: z.output<typeof changesSchema>): void {
  const { meetingOptionRefusals = [] } = requireTenantOf(context.world.state, context.account);
  const refused = Object.keys(input).find((name) => meetingOptionRefusals.includes(name));
  if (refused) throw new GraphRefusal(403, "Forbidden", `The meeting policy does not allow '${refused}'.`);
}

function apply(context: GraphContext, meeting: OnlineMeeting, changes: z.output<typeof changesSchema>): void {
  const { participants, lobbyBypassSettings, ...rest } = changes;
  for (const name of UNLICENSED) delete rest[name];
  delete rest["@odata.type"];
  Object.assign(meeting, rest);
  if (lobbyBypassSettings) {
    meeting.lobbyBypassSettings = Object.assign(meeting.lobbyBypassSettings ?? {}, lobbyBypassSettings);
  }
  if (participants) {
    const present = meeting.participants?.attendees ?? [];
    const attendees = participants.attendees.map((one) => withRole(context, one, present));
    Object.assign(meeting.participants ?? {}, { attendees });
  }
  const { meetingOptionOverrides } = requireTenantOf(context.world.state, context.account);
  Object.assign(meeting, structuredClone(meetingOptionOverrides));
}

/**
 * Whoever isn't in the meeting yet comes into it as an attendee: `coorganizer` is given in a second step, and to people of the organization
 * alone.
 */
function withRole(
  { world: { state }, account }: GraphContext,
  one: z.output<typeof participant>,
  present: NonNullable<NonNullable<OnlineMeeting["participants"]>["attendees"]>,
): z.output<typeof participant> {
  const isThere = present.some(({ upn }) => upn?.toLowerCase() === one.upn?.toLowerCase());
  const isColleague = findAccount(state, one.upn ?? "")?.tenantId === account.tenantId;
  return one.role === "coorganizer" && !(isThere && isColleague) ? { ...one, role: "attendee" } : one;
}

function entity(context: GraphContext, meeting: OnlineMeeting): object {
  return {
    "@odata.context": contextUrl(context, `users('${context.account.id}')/onlineMeetings/$entity`),
    ...asAsked(context, meeting),
  };
}

/** The role `coorganizer` is named only to who asks for it: it came after v1.0. */
function asAsked({ request }: GraphContext, meeting: OnlineMeeting): OnlineMeeting {
  const isNamed = (request.headers.prefer ?? "").includes("include-unknown-enum-members");
  const attendees = meeting.participants?.attendees ?? [];
  if (isNamed || attendees.length === 0) return meeting;
  const seen = attendees.map((one) =>
    (one.role as string) === "coorganizer" ? { ...one, role: "unknownFutureValue" as const } : one,
  );
  return { ...meeting, participants: { ...meeting.participants, attendees: seen } };
}
