import type { OnlineMeeting } from "@microsoft/microsoft-graph-types";
import { instantOf, timestamp } from "@/tests/emulator/graph/time-zones";
import { newOnlineMeetingId, newTeamsAddress, randomBetween, randomToken } from "@/tests/emulator/ids";
import type { Account, StoredEvent, StoredTeamsMeeting } from "@/tests/emulator/state";
import { requireMailbox, requireTenantOf, type World } from "@/tests/emulator/world";

/** Makes the Teams meeting of a calendar event; its options live apart from the event from then on. */
export function newTeamsMeeting(world: World, account: Account, event: StoredEvent): StoredTeamsMeeting {
  const meeting = newOnlineMeeting(world, account, {
    subject: event.subject,
    startDateTime: timestamp(instantOf(event.start)),
    endDateTime: timestamp(instantOf(event.end)),
  });
  return {
    meetingId: meeting.id ?? "",
    joinUrl: meeting.joinWebUrl ?? "",
    conferenceId: String(randomBetween(100_000_000, 999_999_999)),
    hiddenReads: account.joinUrlAfterReads,
  };
}

export function newOnlineMeeting(
  world: World,
  account: Account,
  given: Pick<OnlineMeeting, "subject" | "startDateTime" | "endDateTime">,
): OnlineMeeting {
  const { joinUrl, threadId } = newTeamsAddress(account.tenantId, account.id);
  const joinMeetingId = String(randomBetween(100_000_000_000, 999_999_999_999));
  const meeting: OnlineMeeting = {
    id: newOnlineMeetingId(account.id, threadId),
    creationDateTime: timestamp(Date.now()),
    ...given,
    joinWebUrl: joinUrl,
    isBroadcast: false,
    lobbyBypassSettings: { scope: "organization", isDialInBypassEnabled: false },
    allowedPresenters: "everyone",
    allowMeetingChat: "enabled",
    allowTeamworkReactions: true,
    allowAttendeeToEnableCamera: true,
    allowAttendeeToEnableMic: true,
    allowRecording: true,
    allowTranscription: true,
    recordAutomatically: false,
    isEntryExitAnnounced: false,
    joinMeetingIdSettings: { isPasscodeRequired: true, joinMeetingId, passcode: randomToken(6).slice(0, 6) },
    chatInfo: { threadId, messageId: "0", replyChainMessageId: null },
    participants: {
      organizer: {
        upn: account.email,
        role: "presenter",
        identity: { user: { id: account.id, displayName: account.name } },
      },
      attendees: [],
    },
  };
  Object.assign(meeting, structuredClone(requireTenantOf(world.state, account).meetingOptionOverrides));
  requireMailbox(world.state, account).onlineMeetings[meeting.id ?? ""] = meeting;
  return meeting;
}
