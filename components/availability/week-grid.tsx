"use client";

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import type { ScheduleWords } from "@/components/availability/schedule-form";
import { classNames } from "@/components/ui/class-names";
import { keyInDirection } from "@/components/ui/direction";
import { useHydrated } from "@/components/ui/use-hydrated";
import { usePageLanguage } from "@/components/ui/use-page-language";
import { writeDate } from "@/lib/format/date-words";
import { type Clock, wallClock, wallHour } from "@/lib/format/wall-clock";
import { fillIn } from "@/lib/i18n/fill-in";
import { type FormValues, rowsOf } from "@/lib/input/form-values";
import { timeOfDay, toMinutes } from "@/lib/schedules/form-rows";
import { type Weekday, weekdays } from "@/lib/schedules/weekdays";

const stepMinutes = 30;
const steps = Array.from({ length: 1440 / stepMinutes }, (_, index) => index * stepMinutes);
/** Every so many minutes the head names an hour: on phones there is room for fewer. */
const hourSteps = { wide: 120, narrow: 360 };

interface Cell {
  day: Weekday;
  minute: number;
}

/** Cells from one corner to the other, all opened or all closed. */
interface Stroke {
  from: Cell;
  to: Cell;
  verb: "open" | "close";
}

interface WeekGridProps {
  typed: FormValues;
  words: ScheduleWords;
  clock: Clock;
}

/**
 * The week to paint on, above the rows that say the same. A stroke presses a button of the form, so there is one way in which
 * hours change. A finger that moves across paints, and one that moves up or down scrolls the page.
 */
export function WeekGrid({ typed, words, clock }: WeekGridProps) {
  const isHydrated = useHydrated();
  const tag = usePageLanguage();
  const { button, press } = useIntent();
  const grid = useRef<HTMLTableElement>(null);
  const [stop, setStop] = useState<Cell>({ day: 1, minute: 540 });
  const isOpen = openCells(typed);
  const paint = (stroke: Stroke) => press(intentOf(stroke));
  const begin = (cell: Cell): Stroke => ({ from: cell, to: cell, verb: isOpen(cell) ? "close" : "open" });
  const { stroke, onPointer } = useDrawing({ begin, paint, setStop });

  const onKeyDown = (event: KeyboardEvent) => {
    const act = actOf(event);
    if (!act) return;
    event.preventDefault();
    const { cell, next } = act;
    if (!next) return paint(begin(cell));
    if (event.shiftKey) paint({ from: cell, to: next, verb: isOpen(cell) ? "open" : "close" });
    setStop(next);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next.day} ${next.minute}"]`)?.focus();
  };

  if (!isHydrated) return null;
  return (
    <div className="select-none">
      <button ref={button} type="submit" name="intent" tabIndex={-1} aria-hidden="true" className="sr-only" />
      <p id="week-grid-hint" className="mb-2 text-sm text-muted">
        <span className="max-md:hidden">{words.gridHint}</span>
        <span className="md:hidden">{words.gridTouchHint}</span>
      </p>
      <p aria-hidden="true" className="min-h-6 text-sm font-semibold md:hidden">
        {stroke && spell(stroke, words, clock, tag)}
      </p>
      {/* biome-ignore-start lint/a11y: a table whose cells are chosen is a grid (ARIA). */}
      <table
        ref={grid}
        role="grid"
        aria-label={words.weekly}
        aria-describedby="week-grid-hint"
        aria-multiselectable="true"
        onPointerDown={onPointer}
        onPointerOver={onPointer}
        onKeyDown={onKeyDown}
        className="w-full table-fixed border-separate border-spacing-x-0 border-spacing-y-1 rounded-lg border border-hairline bg-surface px-2 py-2 md:px-4"
      >
        <thead aria-hidden="true">
          <HourHead clock={clock} every={hourSteps.wide} className="max-md:hidden" />
          <HourHead clock={clock} every={hourSteps.narrow} className="md:hidden" />
        </thead>
        <tbody>
          {weekdays.map((day) => (
            <DayRow
              key={day}
              day={day}
              words={words}
              clock={clock}
              isOpen={(cell) => (isIn(cell, stroke) ? stroke?.verb === "open" : isOpen(cell))}
              isStop={(cell) => stop.day === cell.day && stop.minute === cell.minute}
            />
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y: see above. */}
    </div>
  );
}

/** A button that no one sees, pressed with a value of its own. */
function useIntent() {
  const button = useRef<HTMLButtonElement>(null);
  const press = (value: string) => {
    const { current } = button;
    if (!current) return;
    current.value = value;
    current.form?.requestSubmit(current);
  };
  return { button, press };
}

/** Says of each cell whether the week that is typed is open there. */
function openCells(typed: FormValues): (cell: Cell) => boolean {
  const week = new Map(weekdays.map((day) => [day, rowsOf(typed, `week.${day}`).flatMap(toMinutes)]));
  return ({ day, minute }) =>
    (week.get(day) ?? []).some(({ start, end }) => start < minute + stepMinutes && minute < end);
}

/** The form's word for a stroke: `open:1-5,540-1020`. */
function intentOf({ from, to, verb }: Stroke): string {
  const days = [from.day, to.day].sort();
  const minutes = [from.minute, to.minute].sort((a, b) => a - b);
  return `${verb}:${days.join("-")},${minutes[0]}-${(minutes[1] ?? 0) + stepMinutes}`;
}

interface Drawing {
  begin: (cell: Cell) => Stroke;
  paint: (stroke: Stroke) => void;
  setStop: (cell: Cell) => void;
}

/** A stroke from where a pointer is pressed to where it is let go, wherever that is. */
function useDrawing({ begin, paint, setStop }: Drawing) {
  const drawn = useRef<Stroke | null>(null);
  const [stroke, setStroke] = useState<Stroke | null>(null);

  /** A pointer may be let go before its last move is rendered: what counts is what was drawn, not what is seen. */
  function draw(next: Stroke | null) {
    drawn.current = next;
    setStroke(next);
  }

  useEffect(() => {
    const end = () => {
      const { current } = drawn;
      draw(null);
      if (current) paint(current);
    };
    const giveUp = () => draw(null);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", giveUp);
    return () => {
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", giveUp);
    };
  });

  function onPointer(event: PointerEvent) {
    const cell = cellOf(event.target);
    if (!cell || event.button > 0) return;
    if (event.type === "pointerdown") {
      // A finger belongs to where it was set down, unless it's let go: then it's said what it comes across.
      if (event.target instanceof Element && event.target.hasPointerCapture(event.pointerId)) {
        event.target.releasePointerCapture(event.pointerId);
      }
      draw(begin(cell));
      setStop(cell);
    } else if (drawn.current) draw({ ...drawn.current, to: cell });
  }

  return { stroke, onPointer };
}

function HourHead({ clock, every, className }: { clock: Clock; every: number; className: string }) {
  const tag = usePageLanguage();
  return (
    <tr className={className}>
      <td className="w-11 md:w-24" />
      {steps
        .filter((minute) => minute % every === 0)
        .map((minute) => (
          <td key={minute} colSpan={every / stepMinutes} className="text-xs text-muted">
            {wallHour(minute / 60, clock, tag)}
          </td>
        ))}
    </tr>
  );
}

interface DayRowProps {
  day: Weekday;
  words: ScheduleWords;
  clock: Clock;
  isOpen: (cell: Cell) => boolean;
  /** The one cell that the Tab key reaches. */
  isStop: (cell: Cell) => boolean;
}

function DayRow({ day, words, clock, isOpen, isStop }: DayRowProps) {
  const tag = usePageLanguage();
  return (
    <tr>
      <th scope="row" className="text-start text-sm font-normal">
        <span className="max-md:sr-only">{words.days[day]}</span>
        <span aria-hidden="true" className="md:hidden">
          {shortName(day, tag)}
        </span>
      </th>
      {steps.map((minute) => {
        const open = isOpen({ day, minute });
        return (
          <td
            key={minute}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the grid above.
            role="gridcell"
            data-cell={`${day} ${minute}`}
            tabIndex={isStop({ day, minute }) ? 0 : -1}
            aria-selected={open}
            aria-label={fillIn(words.gridCell, { day: words.days[day], ...rangeOf(minute, clock, tag) })}
            className={classNames(
              "relative h-11 touch-pan-y touch-pinch-zoom border-s focus-visible:z-10 md:h-7",
              minute % hourSteps.wide === 0 ? "border-control" : "border-hairline",
              minute % 60 > 0 && "max-md:border-transparent",
              open ? "bg-accent" : "bg-sunken hover:bg-accent-tint",
            )}
          />
        );
      })}
    </tr>
  );
}

/** "Monday – Wednesday, 09:00–12:30": what is being painted, which a finger hides. */
function spell({ from, to }: Stroke, words: ScheduleWords, clock: Clock, tag: string): string {
  const [first, last] = from.day < to.day ? [from.day, to.day] : [to.day, from.day];
  const day = first === last ? words.days[first] : `${words.days[first]} – ${words.days[last]}`;
  const range = {
    from: rangeOf(Math.min(from.minute, to.minute), clock, tag).from,
    to: rangeOf(Math.max(from.minute, to.minute), clock, tag).to,
  };
  return fillIn(words.gridCell, { day, ...range });
}

/** As a calendar's head has it. 1 January 2024 was a Monday. */
const shortName = (day: Weekday, tag: string) => writeDate(`2024-01-0${day}`, "shortWeekday", tag);

function rangeOf(minute: number, clock: Clock, tag: string): { from: string; to: string } {
  const show = (at: number) => wallClock(timeOfDay(at % 1440), clock, tag);
  return { from: show(minute), to: show(minute + stepMinutes) };
}

/** What a key asks for: painting the cell it is pressed in, or going to the next one. Null for any other key. */
function actOf(event: KeyboardEvent): { cell: Cell; next?: Cell } | null {
  const cell = cellOf(event.target);
  if (!cell) return null;
  if (event.key === " " || event.key === "Enter") return { cell };
  const next = cellAfter(keyInDirection(event.key, event.currentTarget), cell);
  return next && { cell, next };
}

function cellOf(target: EventTarget): Cell | null {
  const name =
    target instanceof Element ? target.closest<HTMLElement>("[data-cell]")?.dataset.cell : undefined;
  const [number, minute = 0] = name?.split(" ").map(Number) ?? [];
  const day = weekdays.find((one) => one === number);
  return day ? { day, minute } : null;
}

function cellAfter(key: string, { day, minute }: Cell): Cell | null {
  const dayBy = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
  const minuteBy = { ArrowLeft: -stepMinutes, ArrowRight: stepMinutes }[key] ?? 0;
  const nextDay = weekdays.find((one) => one === day + dayBy);
  const edge = { Home: 0, End: 1440 - stepMinutes }[key];
  const next = edge ?? minute + minuteBy;
  const isMove = dayBy !== 0 || minuteBy !== 0 || edge !== undefined;
  return isMove && nextDay && next >= 0 && next < 1440 ? { day: nextDay, minute: next } : null;
}

function isIn({ day, minute }: Cell, stroke: Stroke | null): boolean {
  if (!stroke) return false;
  const between = (value: number, a: number, b: number) => value >= Math.min(a, b) && value <= Math.max(a, b);
  return (
    between(day, stroke.from.day, stroke.to.day) && between(minute, stroke.from.minute, stroke.to.minute)
  );
}
