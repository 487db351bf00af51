import { FreeTime } from "./free-time";
import { gridRows, startFrom } from "./grid";
import { firstStart, prepareQuestion } from "./question";
import type { Interval, SlotQuery } from "./rules";

/**
 * The slots that start at `from` or later and before `to` (epoch milliseconds), in order.
 * Throws RangeError for rules that mean nothing: an unknown zone, a date that does not exist, no interval.
 */
export function listSlots(query: SlotQuery): Interval[] {
  if (!query.event.durationsMinutes.includes(query.durationMinutes)) return [];
  const question = prepareQuestion(query);
  const { interval, duration } = question.spacing;
  const from = Math.max(query.from, firstStart(question));
  const { to } = query;
  if (!(from < to)) return [];

  const time = new FreeTime(question, query, from, to);
  const slots: Interval[] = [];
  for (const row of gridRows(question.schedule, question.spacing, from, to)) {
    for (let start = startFrom(row, interval, from); start <= row.last; start += interval) {
      if (time.isFreeAt(start)) slots.push({ start, end: start + duration });
    }
  }
  return slots;
}
