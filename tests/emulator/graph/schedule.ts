import type { FreeBusyStatus, ScheduleInformation, ScheduleItem } from "@microsoft/microsoft-graph-types";
import { z } from "zod";
import { badRequest, noMailbox } from "@/tests/emulator/graph/errors";
import { parseBody, readTime } from "@/tests/emulator/graph/event-input";
import { clock } from "@/tests/emulator/graph/event-shape";
import { type Instance, instancesBetween } from "@/tests/emulator/graph/instances";
import { contextUrl, type GraphContext, type GraphReply, type Route } from "@/tests/emulator/graph/route";
import { instantOf } from "@/tests/emulator/graph/time-zones";
import type { Account } from "@/tests/emulator/state";
import { findAccount, requireMailbox } from "@/tests/emulator/world";

const MINUTE_MS = 60_000;
const LONGEST_PERIOD_MS = 62 * 24 * 60 * MINUTE_MS;
const MAX_SCHEDULES = 20;
const MAX_ENTRIES = 1000;

export const scheduleRoutes: Route[] = [
  {
    method: "POST",
    template: "/me/calendar/getSchedule",
    scopes: ["Calendars.ReadBasic", "Calendars.Read", "Calendars.ReadWrite"],
    service: "outlook",
    options: [],
    body: "required",
    handle: getSchedule,
  },
];

const time = z.strictObject({
  dateTime: z.string(),
  timeZone: z.string(),
  "@odata.type": z.string().optional(),
});
const requestSchema = z.strictObject({
  schedules: z.array(z.string()).min(1),
  startTime: time,
  endTime: time,
  availabilityViewInterval: z.number().int().min(5).max(1440).default(30),
});

interface Period {
  startAt: number;
  endAt: number;
  intervalMinutes: number;
}

function getSchedule(context: GraphContext): GraphReply {
  if (context.account.kind === "personal") throw noMailbox();
  const input = parseBody(requestSchema, withLowerFirst(context.body), "getSchedule");
  const period = readPeriod(input);
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(context, "Collection(microsoft.graph.scheduleInformation)"),
      value: input.schedules.map((address) => scheduleOf(context, address, period)),
    },
  };
}

function readPeriod(input: z.output<typeof requestSchema>): Period {
  const startAt = instantOf(readTime(input.startTime, "startTime"));
  const endAt = instantOf(readTime(input.endTime, "endTime"));
  const intervalMinutes = input.availabilityViewInterval;
  if (input.schedules.length > MAX_SCHEDULES) {
    throw badRequest(
      "ErrorInvalidParameter",
      `At most ${MAX_SCHEDULES} schedules can be asked for at a time.`,
    );
  }
  if (endAt - startAt >= LONGEST_PERIOD_MS) {
    throw badRequest(
      "ErrorTimeIntervalTooBig",
      "The requested time duration specified for FreeBusyViewOptions.TimeWindow is too long. The allowed limit is 62 days.",
    );
  }
  if (endAt - startAt < intervalMinutes * MINUTE_MS) {
    throw badRequest(
      "ErrorInvalidParameter",
      "The requested time period is shorter than the availability view interval.",
    );
  }
  return { startAt, endAt, intervalMinutes };
}

function scheduleOf(context: GraphContext, address: string, period: Period): object {
  const { state } = context.world;
  const account = findAccount(state, address);
  if (!account || !isReadable(context, account)) {
    return withError(address, "5016", "Mailbox was not found or is not accessible in this organization.");
  }
  const busy = instancesBetween(requireMailbox(state, account), period.startAt, period.endAt).filter(
    (one) => !one.event.isCancelled,
  );
  if (busy.length > MAX_ENTRIES) {
    return withError(
      address,
      "5006",
      "The result set contains too many calendar entries. The allowed size = 1000.",
    );
  }
  const shown: ScheduleInformation = {
    scheduleId: address,
    availabilityView: digits(busy, period),
    scheduleItems: busy.map((one, at) => itemOf(context, account, one, at)),
    workingHours: {
      daysOfWeek: ["monday", "tuesday", "wednesday", "thursday", "friday"],
      startTime: "08:00:00.0000000",
      endTime: "17:00:00.0000000",
      timeZone: { name: account.timeZone },
    },
  };
  return shown;
}

function isReadable(context: GraphContext, account: Account): boolean {
  return account.tenantId === context.account.tenantId && account.hasMailbox && account.status === "active";
}

function withError(scheduleId: string, responseCode: string, message: string): object {
  return { scheduleId, availabilityView: "", scheduleItems: null, error: { message, responseCode } };
}

/** `status` comes as "Busy" or "busy" without a rule, so the emulator alternates. */
function itemOf(context: GraphContext, owner: Account, one: Instance, at: number): ScheduleItem {
  const { showAs, subject, location, sensitivity } = one.event;
  const spelled = at % 2 === 0 ? showAs : `${showAs.charAt(0).toUpperCase()}${showAs.slice(1)}`;
  const isOwn = owner.id === context.account.id;
  return {
    // Boundary: the service itself does not keep to the spelling of its type.
    status: spelled as FreeBusyStatus,
    start: clock(one, one.startAt, context.prefer.timeZone),
    end: clock(one, one.endAt, context.prefer.timeZone),
    ...(isOwn ? { isPrivate: sensitivity === "private", subject, location: location.displayName ?? "" } : {}),
  };
}

/** Working elsewhere counts as free here, for the sake of old clients. */
const DIGITS: Record<Instance["event"]["showAs"], number> = {
  free: 0,
  workingElsewhere: 0,
  unknown: 0,
  tentative: 1,
  busy: 2,
  oof: 3,
};

function digits(busy: Instance[], period: Period): string {
  const step = period.intervalMinutes * MINUTE_MS;
  const count = Math.ceil((period.endAt - period.startAt) / step);
  return Array.from({ length: count }, (_, at) => {
    const from = period.startAt + at * step;
    const within = busy.filter((one) => one.startAt < from + step && one.endAt > from);
    return Math.max(0, ...within.map((one) => DIGITS[one.event.showAs]));
  }).join("");
}

/** Parameter names of an action are read without regard to the case of their first letter. */
function withLowerFirst(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
  );
}
