/** Finds what the picker of days and times shows: the month, the day, the times, and where to look when there are none. */

import {
  addDays,
  addMonths,
  lastDateOf,
  type MonthDay,
  monthOf,
  type Weekday,
  weekOf,
  weeksOf,
} from "@/lib/booking-page/month";
import type { PickerQuery } from "@/lib/booking-page/picker-query";
import type { Clock } from "@/lib/format/spoken-time";
import type { Offer } from "@/lib/offers/offer";
import { listOfferedSlots } from "@/lib/offers/slots";
import { toDate } from "@/lib/slot-engine/calendar-date";
import { bookingHorizon } from "@/lib/slot-engine/horizon";
import type { Interval } from "@/lib/slot-engine/rules";
import { prepareSchedule } from "@/lib/slot-engine/schedule";
import { localDateOf } from "@/lib/slot-engine/zone";

/** Where the zone is known from; `place`: all meet there, and no other is shown. */
export type ZoneSource = "chosen" | "browser" | "organizer" | "place";

export interface Picker {
  timeZone: string;
  zoneFrom: ZoneSource;
  clock: Clock;
  durationMinutes: number;
  /** The visitor's today. */
  today: string;
  /** `YYYY-MM` */
  month: string;
  weekStartsOn: Weekday;
  /** Those of the month; where little of it is left, those of the next days too. */
  weeks: (MonthDay | null)[][];
  /** Neighbouring months that can have times; null where none can. */
  previousMonth: string | null;
  nextMonth: string | null;
  /** The first and last month that can have times. */
  firstMonth: string;
  lastMonth: string;
  /** How times are laid out; null: the month, and one of its days. */
  view: PickerQuery["view"];
  /** The day that is open, with its times; null in a month without any. */
  day: OpenDay | null;
  /** All days whose times are shown. */
  days: OpenDay[];
  /** The starts that the organizer likes best, epoch milliseconds: all that are shown, and maybe others. */
  preferred: ReadonlySet<number>;
  /** Dates that lead to the days before and after a week or a list; null where there are none. */
  earlier: string | null;
  later: string | null;
  /** The chosen start, if it is offered; epoch milliseconds. */
  startsAt: number | null;
  /** A start was asked for that is not, or no longer, offered. */
  startIsGone: boolean;
  /** The next date with times after the open day, or the first one at all. */
  nextFreeDate: string | null;
  calendarAsOf: Date | null;
  /** The organizer's calendar can't be read: no time is known to be free. */
  isClosed: boolean;
}

/** A date with its times. */
export interface OpenDay {
  date: string;
  slots: Interval[];
}

export interface PickerRequest {
  query: PickerQuery;
  /** The zone that the visitor's browser named on an earlier page. */
  browserZone: string | null;
  /** The clock the visitor chose on an earlier page, or that of their language. */
  usualClock: Clock;
  weekStartsOn: Weekday;
  now: number;
  /** The hash of the visitor's key: what they hold themselves is offered to them. */
  holderHash?: Uint8Array | null;
  /** For a booking that is being moved: its length stays, and its own time counts as free. */
  moving?: { durationMinutes: number; meetingId: string | undefined };
}

/** So many days with times are a page of the list. */
const listedDays = 5;

/** How far the next month is looked into where this one has a day left at most. */
const lookAheadDays = 14;

/** Farther than this no one looks for a first free day. */
const searchMonths = 13;

export async function loadPicker(offer: Offer, request: PickerRequest): Promise<Picker> {
  const { query, now, moving } = request;
  const zone = chooseZone(offer, request);
  const durationMinutes = moving?.durationMinutes ?? chooseDuration(offer, query.durationMinutes);
  const bounds = datesToBook(offer, zone.timeZone, now);
  const today = localDateOf(now, zone.timeZone);
  const diary = new Diary(offer, {
    timeZone: zone.timeZone,
    durationMinutes,
    movingMeetingId: moving?.meetingId,
    holderHash: request.holderHash,
    ...bounds,
    now,
  });

  const requested = query.startsAt === null ? query.date : localDateOf(query.startsAt, zone.timeZone);
  const asked = query.startsAt === null ? query.month : requested && monthOf(requested);
  const firstMonth = monthOf(today);
  const lastMonth = monthOf(bounds.last > today ? bounds.last : today);
  const month = await chooseMonth(diary, asked, { firstMonth, lastMonth });
  const times = await diary.month(month);
  const date = requested && monthOf(requested) === month ? requested : ([...times.keys()][0] ?? null);
  const shown = await chooseDays(diary, query.view, { date, today, ...request, ...bounds });
  const startsAt =
    shown.days.flatMap(({ slots }) => slots).find((slot) => slot.start === query.startsAt)?.start ?? null;
  return {
    ...zone,
    clock: query.clock ?? request.usualClock,
    durationMinutes,
    today,
    month,
    weekStartsOn: request.weekStartsOn,
    weeks: await weeksAround(diary, month, request.weekStartsOn),
    previousMonth: month > firstMonth ? addMonths(month, -1) : null,
    nextMonth: month < lastMonth ? addMonths(month, 1) : null,
    firstMonth,
    lastMonth,
    view: query.view,
    ...shown,
    preferred: diary.preferred,
    startsAt,
    startIsGone: query.startsAt !== null && startsAt === null,
    nextFreeDate: await findNextFreeDate(diary, shown.days.at(-1)?.date ?? `${month}-00`),
    calendarAsOf: !diary.isClosed && isOfToday(diary.calendarAsOf, now) ? diary.calendarAsOf : null,
    isClosed: diary.isClosed,
  };
}

interface ShownDays extends Pick<Picker, "day" | "days" | "earlier" | "later"> {}

interface DaysRequest {
  /** The date that is asked for, or the first one with times; null where there is none. */
  date: string | null;
  today: string;
  /** The first and last date that can have times. */
  first: string;
  last: string;
  weekStartsOn: Weekday;
}

async function chooseDays(diary: Diary, view: Picker["view"], request: DaysRequest): Promise<ShownDays> {
  const { date, today, first, last, weekStartsOn } = request;
  if (view === "week") {
    const dates = weekOf(date ?? today, weekStartsOn);
    const days: OpenDay[] = [];
    for (const one of dates) days.push(await diary.day(one));
    const after = addDays(dates[0], 7);
    return {
      day: days.find((one) => one.date === date) ?? null,
      days,
      earlier: dates[0] > first ? addDays(dates[0], -7) : null,
      later: after <= last ? after : null,
    };
  }
  if (date === null) return { day: null, days: [], earlier: null, later: null };
  if (view === null) {
    const day = await diary.day(date);
    return { day, days: [day], earlier: null, later: null };
  }
  const days: OpenDay[] = [];
  let next = await diary.firstDateAfter(addDays(date, -1));
  for (; next && days.length < listedDays; next = await diary.firstDateAfter(next)) {
    days.push(await diary.day(next));
  }
  const earliest = await diary.firstDateAfter("0000-01-00");
  const isFirst = earliest === null || earliest >= (days[0]?.date ?? date);
  return { day: days[0] ?? null, days, earlier: isFirst ? null : earliest, later: next };
}

/** The weeks of a month; where it has one day with times at most, the next two weeks too, if these have any. */
async function weeksAround(diary: Diary, month: string, weekStartsOn: Weekday): Promise<Picker["weeks"]> {
  const times = await diary.month(month);
  if (times.size > 1) return weeksOf(month, weekStartsOn, times);
  const until = weekOf(addDays(lastDateOf(month), lookAheadDays), weekStartsOn).at(-1) ?? "";
  const next = await diary.month(addMonths(month, 1));
  if (![...next.keys()].some((date) => date <= until)) return weeksOf(month, weekStartsOn, times);
  return weeksOf(month, weekStartsOn, new Map([...times, ...next]), until);
}

/** A reading is shown with its time alone: one of days ago would be misread. */
function isOfToday(at: Date | null, now: number): boolean {
  return at !== null && now - at.getTime() < 12 * 3600_000;
}

function chooseZone(
  offer: Offer,
  { query, browserZone }: PickerRequest,
): Pick<Picker, "timeZone" | "zoneFrom"> {
  // Whoever travels to an appointment keeps it by the clocks of that place.
  if (offer.eventType.location.kind === "in_person") return { timeZone: offer.timeZone, zoneFrom: "place" };
  if (query.timeZone && query.timeZone !== browserZone) {
    return { timeZone: query.timeZone, zoneFrom: "chosen" };
  }
  if (browserZone) return { timeZone: browserZone, zoneFrom: "browser" };
  return { timeZone: offer.timeZone, zoneFrom: "organizer" };
}

function chooseDuration(offer: Offer, requested: number | null): number {
  const { durationsMinutes } = offer.eventType;
  return durationsMinutes.find((minutes) => minutes === requested) ?? durationsMinutes[0] ?? 0;
}

/** The asked-for month where it can have times, or else the first that has some. */
async function chooseMonth(
  diary: Diary,
  asked: string | null,
  { firstMonth, lastMonth }: Pick<Picker, "firstMonth" | "lastMonth">,
): Promise<string> {
  if (asked && asked >= firstMonth && asked <= lastMonth) return asked;
  const first = await diary.firstDateAfter(`${firstMonth}-00`);
  return first ? monthOf(first) : firstMonth;
}

async function findNextFreeDate(diary: Diary, date: string): Promise<string | null> {
  const later = await diary.firstDateAfter(date);
  if (later) return later;
  const first = await diary.firstDateAfter("0000-01-00");
  return first && first < date ? first : null;
}

/** The visitor's dates between which slots may start, as far as anyone looks ahead. */
function datesToBook(offer: Offer, timeZone: string, now: number): { first: string; last: string } {
  const horizons = offer.hosts.map(({ schedule }) =>
    bookingHorizon(offer.eventType.window, prepareSchedule(schedule), now),
  );
  const firstDay = Math.min(...horizons.map((horizon) => horizon.firstDay));
  const lastDay = Math.max(...horizons.map((horizon) => horizon.lastDay));
  const today = localDateOf(now, timeZone);
  const farthest = lastDateOf(addMonths(monthOf(today), searchMonths - 1));
  // The visitor may be a day ahead of the organizer, or a day behind.
  const first = firstDay === -Infinity ? today : toDate(firstDay - 1);
  const last = lastDay === Infinity ? farthest : toDate(lastDay + 1);
  return { first: first > today ? first : today, last: last < farthest ? last : farthest };
}

interface DiaryQuestion {
  timeZone: string;
  durationMinutes: number;
  movingMeetingId: string | undefined;
  holderHash: Uint8Array | null | undefined;
  first: string;
  last: string;
  now: number;
}

/** The free times by date, read one month at a time and each month once. */
class Diary {
  calendarAsOf: Date | null = null;
  isClosed = false;
  readonly preferred = new Set<number>();
  private readonly months = new Map<string, Map<string, Interval[]>>();

  constructor(
    private readonly offer: Offer,
    private readonly question: DiaryQuestion,
  ) {}

  async month(month: string): Promise<ReadonlyMap<string, Interval[]>> {
    const known = this.months.get(month);
    if (known) return known;
    const times = new Map<string, Interval[]>();
    this.months.set(month, times);
    const { timeZone, durationMinutes, movingMeetingId, holderHash, first, last, now } = this.question;
    const from = first > `${month}-01` ? first : `${month}-01`;
    const to = last < lastDateOf(month) ? last : lastDateOf(month);
    // What holds for one month holds for all: no one waits for the same answer a dozen times.
    if (from > to || this.isClosed) return times;
    const range = { from, to, timeZone, durationMinutes, movingMeetingId, holderHash };
    const { slots, preferred, calendarAsOf, isClosed } = await listOfferedSlots(this.offer, range, now);
    this.isClosed = isClosed;
    this.calendarAsOf ??= calendarAsOf;
    for (const start of preferred) this.preferred.add(start);
    for (const slot of slots) {
      const date = localDateOf(slot.start, timeZone);
      const sameDay = times.get(date);
      if (sameDay) sameDay.push(slot);
      else times.set(date, [slot]);
    }
    return times;
  }

  async day(date: string): Promise<OpenDay> {
    const times = await this.month(monthOf(date));
    return { date, slots: times.get(date) ?? [] };
  }

  /** The first date with times after this one; null when there is none as far as the organizer lets people look. */
  async firstDateAfter(date: string): Promise<string | null> {
    const { first, last } = this.question;
    let month = monthOf(date > first ? date : first);
    for (; month <= monthOf(last); month = addMonths(month, 1)) {
      const times = await this.month(month);
      for (const free of times.keys()) if (free > date) return free;
    }
    return null;
  }
}
