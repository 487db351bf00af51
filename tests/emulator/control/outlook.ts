import { z } from "zod";
import {
  type ControlCall,
  ControlRefusal,
  type ControlRoute,
  parse,
  requireAccount,
} from "@/tests/emulator/control/route";
import { calendarId } from "@/tests/emulator/graph/calendars";
import { changedEventSchema, newEventSchema, parseBody } from "@/tests/emulator/graph/event-input";
import { type GraphEvent, toGraphEvent } from "@/tests/emulator/graph/event-shape";
import { type Instance, requireInstance, wholeEvent } from "@/tests/emulator/graph/instances";
import {
  createEvent,
  giveNewId,
  noteChange,
  removeEvent,
  stripTeams,
  updateEvent,
} from "@/tests/emulator/graph/mailbox";
import type { Preferences } from "@/tests/emulator/graph/prefer";
import { guid } from "@/tests/emulator/ids";
import {
  type Account,
  attendanceReportSchema,
  type Mailbox,
  type StoredCalendar,
} from "@/tests/emulator/state";
import { requireMailbox, type World } from "@/tests/emulator/world";

/** Acting as the human in Outlook, and looking into a mailbox. Ids may be of either kind. */
export const outlookRoutes: ControlRoute[] = [
  {
    method: "GET",
    template: "/accounts/{account}/mailbox",
    handle: ({ world, ids }) => mailboxView(world, requireAccount(world, ids[0])),
  },
  { method: "POST", template: "/accounts/{account}/events", handle: humanCreates },
  { method: "POST", template: "/accounts/{account}/events/many", handle: humanCreatesMany },
  { method: "POST", template: "/accounts/{account}/calendars", handle: humanAddsCalendar },
  { method: "DELETE", template: "/accounts/{account}/calendars/{calendar}", handle: humanRemovesCalendar },
  { method: "PATCH", template: "/accounts/{account}/events/{event}", handle: humanChanges },
  { method: "DELETE", template: "/accounts/{account}/events/{event}", handle: humanDeletes },
  { method: "POST", template: "/accounts/{account}/events/{event}/strip-teams", handle: humanStripsTeams },
  { method: "POST", template: "/accounts/{account}/events/{event}/respond", handle: attendeeResponds },
  {
    method: "POST",
    template: "/accounts/{account}/events/{event}/new-id",
    handle: ({ world, ids }) => {
      const { account, one } = requireEvent(world, ids);
      return eventView(account, giveNewId(requireMailbox(world.state, account), one));
    },
  },
  { method: "POST", template: "/accounts/{account}/attendance-reports", handle: reportAttendance },
  {
    method: "POST",
    template: "/accounts/{account}/expire-delta",
    handle: ({ world, ids }) => {
      requireMailbox(world.state, requireAccount(world, ids[0])).deltaRounds = [];
      return {};
    },
  },
];

/** How the control port shows events: immutable ids, UTC. */
const VIEW: Preferences = {
  timeZone: null,
  bodyType: "html",
  idKind: "immutable",
  maxPageSize: null,
  applied: [],
};

export function mailboxView(world: World, account: Account) {
  const mailbox = requireMailbox(world.state, account);
  const { maxConcurrent, refused } = world.throttle.figures(account.id);
  const all = Object.values(mailbox.events);
  const shown = (folder: "calendar" | "deleted") =>
    all
      .filter((event) => event.folder === folder && event.type !== "exception")
      .map((event) => eventView(account, wholeEvent(event)));
  return {
    events: shown("calendar"),
    deletedEvents: shown("deleted"),
    sentInvitations: mailbox.sentInvitations,
    onlineMeetings: Object.values(mailbox.onlineMeetings),
    idKindsUsed: mailbox.idKindsUsed,
    idKindsAsked: mailbox.idKindsAsked,
    maxConcurrent,
    throttled: refused,
  };
}
export type MailboxView = ReturnType<typeof mailboxView>;

/** An event with both its ids and its extended properties, which Graph itself does not show. */
export type EventView = GraphEvent & {
  id: string;
  mutableId: string;
  extendedProperties: Record<string, string>;
};

export function eventView(account: Account, one: Instance): EventView {
  const shape = toGraphEvent(account, one, VIEW);
  return {
    ...shape,
    id: shape.id ?? "",
    mutableId: toGraphEvent(account, one, { ...VIEW, idKind: "mutable" }).id ?? "",
    extendedProperties: one.event.extendedProperties,
  };
}

const invitedSchema = z.strictObject({
  organizer: z.strictObject({ address: z.email(), name: z.string() }).optional(),
  myResponse: z.enum(["none", "tentativelyAccepted", "accepted", "declined", "notResponded"]).optional(),
});

const newCalendarSchema = z.strictObject({
  name: z.string().min(1),
  hexColor: z.string().default("#a1c4fd"),
  canEdit: z.boolean().default(true),
  hasTeams: z.boolean().default(false),
});
export type NewCalendar = z.input<typeof newCalendarSchema>;

function humanAddsCalendar({ world, ids, body }: ControlCall): { id: string } {
  const account = requireAccount(world, ids[0]);
  const mailbox = requireMailbox(world.state, account);
  const calendar = { key: guid(), ...parse(newCalendarSchema, body) };
  mailbox.calendars = [...(mailbox.calendars ?? []), calendar];
  return { id: calendarId(account, calendar.key) };
}

function humanRemovesCalendar({ world, ids }: ControlCall): object {
  const account = requireAccount(world, ids[0]);
  const mailbox = requireMailbox(world.state, account);
  const { key } = requireCalendar(account, mailbox, ids[1]);
  mailbox.calendars = mailbox.calendars?.filter((calendar) => calendar.key !== key) ?? [];
  for (const event of Object.values(mailbox.events)) {
    if (event.calendarKey === key) event.folder = "deleted";
  }
  return {};
}

function requireCalendar(account: Account, mailbox: Mailbox, id: string | undefined): StoredCalendar {
  const found = mailbox.calendars?.find((calendar) => calendarId(account, calendar.key) === id);
  if (!found) throw new ControlRefusal(404, "there is no such calendar");
  return found;
}

/** As many events as a busy person has in years, in one call. */
function humanCreatesMany(call: ControlCall): { created: number } {
  const events = parse(z.array(z.unknown()), call.body);
  for (const body of events) humanCreates({ ...call, body });
  return { created: events.length };
}

function humanCreates({ world, ids, body }: ControlCall): EventView {
  const account = requireAccount(world, ids[0]);
  const { organizer, myResponse, calendar, ...event } = Object(body);
  const invited = parse(invitedSchema, { organizer, myResponse });
  const input = refusing(() => parseBody(newEventSchema.omit({ transactionId: true }), event, "Event"));
  if (!input.start || !input.end) throw new ControlRefusal(400, "start and end are required");
  const calendarKey = calendar
    ? requireCalendar(account, requireMailbox(world.state, account), String(calendar)).key
    : null;
  const author = { organizer: invited.organizer, calendarKey };
  const stored = refusing(() => createEvent(world, account, input, author));
  if (invited.myResponse) stored.ownResponse = { response: invited.myResponse, at: Date.now() };
  return eventView(account, wholeEvent(stored));
}

function humanChanges({ world, ids, body }: ControlCall): EventView {
  const { account, one } = requireEvent(world, ids);
  const input = refusing(() => parseBody(changedEventSchema, body, "Event"));
  return eventView(
    account,
    refusing(() => updateEvent(world, account, one, input)),
  );
}

function humanDeletes({ world, ids }: ControlCall): object {
  const { account, one } = requireEvent(world, ids);
  removeEvent(world, account, one, { comment: null, isCancelled: false });
  return {};
}

function humanStripsTeams({ world, ids }: ControlCall): EventView {
  const { account, one } = requireEvent(world, ids);
  return eventView(account, stripTeams(world, account, one));
}

const newReportSchema = attendanceReportSchema.extend({ joinUrl: z.string() });
export type NewAttendanceReport = z.input<typeof attendanceReportSchema>;

function reportAttendance({ world, ids, body }: ControlCall): { id: string } {
  const { joinUrl, people } = parse(newReportSchema, body);
  const mailbox = requireMailbox(world.state, requireAccount(world, ids[0]));
  const meeting = Object.values(mailbox.onlineMeetings).find((one) => one.joinWebUrl === joinUrl);
  if (!meeting?.id) throw new ControlRefusal(404, "no meeting has that link");
  mailbox.attendance ??= {};
  const reports = mailbox.attendance[meeting.id] ?? [];
  const id = guid();
  mailbox.attendance[meeting.id] = [...reports, { id, people }];
  return { id };
}

const responseSchema = z.strictObject({
  attendee: z
    .email()
    .optional()
    .describe("left out: the owner of the mailbox answers someone else's invitation"),
  response: z.enum(["accepted", "declined", "tentativelyAccepted", "none"]),
  proposedNewTime: z.strictObject({ startAt: z.number(), endAt: z.number() }).optional(),
});
export type AttendeeResponse = z.input<typeof responseSchema>;

function attendeeResponds({ world, ids, body }: ControlCall): EventView {
  const { account, one } = requireEvent(world, ids);
  respond(world, account, one, parse(responseSchema, body));
  return eventView(account, one);
}

export function respond(
  world: World,
  account: Account,
  one: Instance,
  answer: z.output<typeof responseSchema>,
): void {
  const { event } = one;
  if (!answer.attendee) {
    if (!event.foreignOrganizer)
      throw new ControlRefusal(400, "the owner of the mailbox organizes this event");
    event.ownResponse = { response: answer.response, at: Date.now() };
    event.showAs =
      answer.response === "accepted" ? "busy" : answer.response === "declined" ? "free" : "tentative";
  } else {
    const wanted = answer.attendee.toLowerCase();
    const attendee = event.attendees.find((other) => other.address.toLowerCase() === wanted);
    if (!attendee) throw new ControlRefusal(404, `${answer.attendee} is not invited`);
    if (answer.proposedNewTime && !event.allowNewTimeProposals) {
      throw new ControlRefusal(409, "the organizer does not allow new time proposals");
    }
    Object.assign(attendee, {
      response: answer.response,
      respondedAt: Date.now(),
      proposedNewTime: answer.proposedNewTime ?? null,
    });
  }
  noteChange(world, account, one);
}

export function requireEvent(world: World, ids: string[]): { account: Account; one: Instance } {
  const account = requireAccount(world, ids[0]);
  return {
    account,
    one: refusing(() => requireInstance(account, requireMailbox(world.state, account), ids[1] ?? "")),
  };
}

/** Turns a refusal of the calendar into one of the control port. */
function refusing<Value>(act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    throw new ControlRefusal(400, error instanceof Error ? error.message : String(error));
  }
}
