import { findCalendar } from "@/tests/emulator/graph/calendars";
import { deliver } from "@/tests/emulator/graph/delivery";
import { hasTeamsBlock, withTeamsBlock } from "@/tests/emulator/graph/event-body";
import { type ChangedEvent, checkTimes, readChanges } from "@/tests/emulator/graph/event-input";
import { findInstance, type Instance, instanceKey, wholeEvent } from "@/tests/emulator/graph/instances";
import { newTeamsMeeting } from "@/tests/emulator/graph/teams-meeting";
import { touch } from "@/tests/emulator/graph/touch";
import { guid, newChangeKey, newICalUId } from "@/tests/emulator/ids";
import type {
  Account,
  Mailbox,
  SentInvitation,
  StoredAttendee,
  StoredCalendar,
  StoredEvent,
} from "@/tests/emulator/state";
import { requireMailbox, type World } from "@/tests/emulator/world";

/** Changes that make Exchange mail an update to everyone invited. */
const ANNOUNCED = [
  "subject",
  "start",
  "end",
  "isAllDay",
  "location",
  "bodyHtml",
  "recurrence",
  "teams",
] as const;

export interface Author {
  /** Someone else organizes; the mailbox owner was only invited. */
  organizer?: { address: string; name: string } | undefined;
  transactionId?: string | null | undefined;
  /** Another calendar than the account's own. */
  calendarKey?: string | null | undefined;
}

/** Writes a new event into a mailbox: ids, Teams meeting, invitations, notifications. */
export function createEvent(
  world: World,
  account: Account,
  input: ChangedEvent,
  author: Author = {},
): StoredEvent {
  const mailbox = requireMailbox(world.state, account);
  const blank = blankEvent(author);
  const event: StoredEvent = { ...blank, ...readChanges(input, blank) };
  checkTimes(event);
  if (event.recurrence) event.type = "seriesMaster";
  const calendar = author.calendarKey ? findCalendar(mailbox, author.calendarKey) : null;
  if (wantsTeams(account, input, calendar)) addTeams(world, account, event);
  mailbox.events[event.key] = event;
  touch(mailbox, event);
  if (!author.organizer) invite(world, account, event, event.attendees, "invitation");
  world.notifier.changed(account, "created", wholeEvent(event));
  // Teams writes its block a moment later, which Exchange reports as a change of its own.
  if (event.teams) world.notifier.changed(account, "updated", wholeEvent(event));
  return event;
}

/** Applies a change to an event, or to one occurrence of a series, which then becomes an exception. */
export function updateEvent(world: World, account: Account, one: Instance, input: ChangedEvent): Instance {
  const mailbox = requireMailbox(world.state, account);
  const before = ownEvent(one);
  const event: StoredEvent = { ...structuredClone(before), ...readChanges(input, before) };
  checkTimes(event);
  if (event.recurrence && event.type === "singleInstance") event.type = "seriesMaster";
  if (input.body) keepOrLoseTeams(event);
  if (!event.teams && wantsTeams(account, input)) addTeams(world, account, event);
  if (movedFrom(before, event)) resetResponses(event);
  mailbox.events[event.key] = event;
  touch(mailbox, event);
  if (!event.foreignOrganizer) announce(world, account, before, event);
  const changed = findInstance(mailbox, instanceKey(one)) ?? wholeEvent(event);
  world.notifier.changed(account, "updated", changed);
  return changed;
}

/** Something happened to an event that needs no mail from the organizer, such as an answer to the invitation. */
export function noteChange(world: World, account: Account, one: Instance): void {
  touch(requireMailbox(world.state, account), one.event);
  world.notifier.changed(account, "updated", one);
}

/** Moves an event to Deleted Items and mails cancellations when the owner organizes it. */
export function removeEvent(
  world: World,
  account: Account,
  one: Instance,
  how: { comment: string | null; isCancelled: boolean },
): void {
  const mailbox = requireMailbox(world.state, account);
  const { event } = one;
  // Announced first: in Deleted Items it has another mutable id, which no subscriber has seen.
  world.notifier.changed(account, "deleted", one);
  if (one.series) {
    removeOccurrence(mailbox, one, one.series);
  } else {
    Object.assign(event, { folder: "deleted", isCancelled: how.isCancelled });
    touch(mailbox, event);
  }
  if (!event.foreignOrganizer) invite(world, account, event, event.attendees, "cancellation", how.comment);
}

/** What may happen when a mailbox is restored elsewhere: the same event, by iCalUId and properties, under other ids. */
export function giveNewId(mailbox: Mailbox, { event }: Instance): Instance {
  const moved = { ...event, key: guid() };
  delete mailbox.events[event.key];
  mailbox.events[moved.key] = moved;
  for (const made of Object.values(mailbox.transactions)) {
    if (made.eventKey === event.key) made.eventKey = moved.key;
  }
  touch(mailbox, moved);
  return wholeEvent(moved);
}

/** What overwriting the body does in Outlook: the link is gone and the event is no longer online. */
export function stripTeams(world: World, account: Account, one: Instance): Instance {
  const { bodyHtml } = one.event;
  const content = bodyHtml.replace(/<br>\r\n<div style="width:100%">[\s\S]*?(?=<\/body>)/, "");
  return updateEvent(world, account, one, { body: { contentType: "html", content } });
}

/** The event a change is made to: its own for an occurrence, which leaves the rest of the series alone. */
function ownEvent(one: Instance): StoredEvent {
  const { event, series } = one;
  if (one.type !== "occurrence" || !series) return event;
  return {
    ...structuredClone(series),
    key: guid(),
    type: "exception",
    exceptionOf: { seriesKey: series.key, originalWall: one.startWall },
    start: { ...series.start, wall: one.startWall },
    end: { ...series.end, wall: one.endWall },
    recurrence: null,
  };
}

function blankEvent(author: Author): StoredEvent {
  const now = Date.now();
  return {
    key: guid(),
    type: "singleInstance",
    exceptionOf: null,
    folder: "calendar",
    ...(author.calendarKey ? { calendarKey: author.calendarKey } : {}),
    changeKey: newChangeKey(),
    changeNumber: 0,
    createdAt: now,
    modifiedAt: now,
    iCalUId: newICalUId(),
    subject: "",
    bodyHtml: "",
    start: { wall: "0001-01-01T00:00:00", timeZone: "UTC" },
    end: { wall: "0001-01-01T00:00:00", timeZone: "UTC" },
    isAllDay: false,
    isCancelled: false,
    showAs: author.organizer ? "tentative" : "busy",
    importance: "normal",
    sensitivity: "normal",
    isReminderOn: true,
    reminderMinutesBeforeStart: 15,
    categories: [],
    location: { displayName: "", locationType: "default", uniqueIdType: "unknown" },
    allowNewTimeProposals: true,
    responseRequested: true,
    hideAttendees: false,
    attendees: [],
    foreignOrganizer: author.organizer ?? null,
    ownResponse: null,
    teams: null,
    transactionId: author.transactionId ?? null,
    extendedProperties: {},
    recurrence: null,
    deletedOccurrences: [],
  };
}

/** Without Teams in the mailbox or in the calendar the request is ignored silently: 201, and no link. */
function wantsTeams(account: Account, input: ChangedEvent, calendar: StoredCalendar | null = null): boolean {
  if (calendar && !calendar.hasTeams) return false;
  if (!input.isOnlineMeeting || account.kind === "personal" || !account.hasTeams) return false;
  const provider = input.onlineMeetingProvider ?? "unknown";
  return provider === "teamsForBusiness" || provider === "unknown";
}

function addTeams(world: World, account: Account, event: StoredEvent): void {
  event.teams = newTeamsMeeting(world, account, event);
  event.bodyHtml = withTeamsBlock(event.bodyHtml || emptyBody(), event.teams);
}

function emptyBody(): string {
  return "<html>\r\n<body>\r\n</body>\r\n</html>\r\n";
}

function keepOrLoseTeams(event: StoredEvent): void {
  if (event.teams && !hasTeamsBlock(event.bodyHtml, event.teams)) event.teams = null;
}

function removeOccurrence(mailbox: Mailbox, one: Instance, series: StoredEvent): void {
  series.deletedOccurrences.push(one.event.exceptionOf?.originalWall ?? one.startWall);
  if (one.type === "exception") delete mailbox.events[one.event.key];
  touch(mailbox, series);
}

function movedFrom(before: StoredEvent, after: StoredEvent): boolean {
  return before.start.wall !== after.start.wall || before.end.wall !== after.end.wall;
}

function resetResponses(event: StoredEvent): void {
  for (const attendee of event.attendees) {
    Object.assign(attendee, { response: "none", respondedAt: null, proposedNewTime: null });
  }
}

/** New people are invited, removed ones get a cancellation, the others hear only of a change that matters. */
function announce(world: World, account: Account, before: StoredEvent, after: StoredEvent): void {
  const isIn = (list: StoredAttendee[], one: StoredAttendee) =>
    list.some((other) => other.address.toLowerCase() === one.address.toLowerCase());
  invite(
    world,
    account,
    after,
    after.attendees.filter((one) => !isIn(before.attendees, one)),
    "invitation",
  );
  invite(
    world,
    account,
    after,
    before.attendees.filter((one) => !isIn(after.attendees, one)),
    "cancellation",
  );
  const isAnnounced = ANNOUNCED.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  if (isAnnounced)
    invite(
      world,
      account,
      after,
      after.attendees.filter((one) => isIn(before.attendees, one)),
      "update",
    );
}

function invite(
  world: World,
  account: Account,
  event: StoredEvent,
  to: StoredAttendee[],
  kind: SentInvitation["kind"],
  comment: string | null = null,
): void {
  const mailbox = requireMailbox(world.state, account);
  const { startAt, endAt } = wholeEvent(event);
  for (const attendee of to) {
    mailbox.sentInvitations.push({
      kind,
      to: attendee.address,
      subject: event.subject,
      comment,
      iCalUId: event.iCalUId,
      eventKey: event.key,
      startAt,
      endAt,
      joinUrl: event.teams?.joinUrl ?? null,
      at: Date.now(),
    });
    deliver(world, account, event, attendee, kind);
  }
}
