"use client";

import { useRouter } from "next/navigation";
import {
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  useTransition,
} from "react";
import { dateAfterKey } from "@/components/booking-page/grid-keys";
import { keyInDirection } from "@/components/ui/direction";
import { useOffline } from "@/components/ui/use-offline";

interface SoftPickerProps {
  timeZone: string;
  clock: string;
  weekStartsOn: number;
  /** `YYYY-MM`, the first and last month there is. */
  firstMonth: string;
  lastMonth: string;
  /** Said after the month or day has changed. */
  announcement: string;
  words: { loading: string; offline: string };
  children: ReactNode;
}

const lateAfterMs = 300;
const yearSeconds = 31_536_000;

/**
 * What a script adds to the picker, which works without: pages change without leaving this one, arrow keys walk the month,
 * and changes are said aloud.
 */
export function SoftPicker(props: SoftPickerProps) {
  const { announcement, words, children } = props;
  const root = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const isLate = useLate(isPending);
  const said = useSaid(announcement);
  const isOffline = useOffline();
  const wantsTimes = useRef(false);
  const go = (href: string, thenTimes = false) => {
    if (isOffline) return;
    wantsTimes.current = thenTimes;
    startTransition(() => router.push(href, { scroll: false }));
  };
  useEffect(() => {
    if (isPending || !wantsTimes.current) return;
    wantsTimes.current = false;
    document.getElementById("times")?.focus();
  }, [isPending]);
  useSoftLinks(root, go);
  useZone(root, props, go);
  useMonthKeys(root, props, go);

  return (
    <div ref={root} data-late={isLate || undefined} className="group/picker grid">
      <p role="status" className="sr-only">
        {isLate ? words.loading : said}
      </p>
      {children}
      {isOffline && (
        <p
          role="status"
          className="fixed inset-x-4 bottom-4 z-10 mx-auto w-fit rounded-lg border border-control bg-raised px-4 py-3 font-semibold shadow-float"
        >
          {words.offline}
        </p>
      )}
    </div>
  );
}

type Root = RefObject<HTMLDivElement | null>;
/** `thenTimes`: the focus is on the times once they are there. */
type Go = (href: string, thenTimes?: boolean) => void;

/** Listens to events within the picker for as long as it is there. */
function useEvents(root: Root, events: Record<string, (event: Event) => void>) {
  const onEvent = useEffectEvent((event: Event) => events[event.type]?.(event));
  const listNames = useEffectEvent(() => Object.keys(events));
  useEffect(() => {
    const place = root.current;
    if (!place) return;
    const names = listNames();
    const listen = (event: Event) => onEvent(event);
    for (const name of names) place.addEventListener(name, listen);
    return () => {
      for (const name of names) place.removeEventListener(name, listen);
    };
  }, [root]);
}

/** Links that are marked as soft change the page without leaving it, and are fetched when a pointer or the focus is near. */
function useSoftLinks(root: Root, go: Go) {
  const router = useRouter();
  const onNear = (event: Event) => {
    const link = softLink(event.target);
    // The router's own enumeration is not exported: "full" fetches the page with its times, not only its frame.
    if (link) router.prefetch(addressOf(link), { kind: "full" } as Parameters<typeof router.prefetch>[1]);
  };
  const onClick = (event: Event) => {
    const link = softLink(event.target);
    if (!link || !(event instanceof MouseEvent) || event.button !== 0 || hasModifier(event)) return;
    event.preventDefault();
    // A key has no clicks to count: who pressed one on a day goes on from its times.
    go(addressOf(link), event.detail === 0 && "date" in link.dataset);
  };
  useEvents(root, { click: onClick, pointerover: onNear, focusin: onNear });
}

/** The fields for time zone and clock apply immediately, and follow the page. */
function useZone(root: Root, { timeZone, clock, announcement }: SoftPickerProps, go: Go) {
  const apply = (fields: ZoneField[]) => {
    const changes = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
    if (changes.clock) remember("clock", changes.clock);
    const chosen = document.querySelector<HTMLInputElement>('input[name="start"]:checked');
    go(addressWith({ ...changes, ...(chosen && { start: chosen.value }) }));
  };
  const onChange = ({ target }: Event) => {
    if (isZoneField(target)) apply([target]);
  };
  useEvents(root, { change: onChange });

  const applyEarly = useEffectEvent((): boolean => {
    const fields = root.current?.querySelectorAll("[data-zone] select, [data-zone] input:checked") ?? [];
    const early = [...fields].filter(isZoneField).filter(isChanged);
    if (early.length > 0) apply(early);
    return early.length > 0;
  });
  const isFirst = useRef(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the announcement changes with the page
  useEffect(() => {
    const { current } = root;
    const wasFirst = isFirst.current;
    isFirst.current = false;
    // Chosen before the script came: these fields stay as they are, and the page follows.
    if (wasFirst && applyEarly()) return;
    for (const field of current?.querySelectorAll<HTMLSelectElement>("[data-zone] select") ?? []) {
      field.value = timeZone;
    }
    for (const field of current?.querySelectorAll<HTMLInputElement>("[data-zone] [name=clock]") ?? []) {
      field.checked = field.value === clock;
    }
  }, [root, announcement, timeZone, clock]);
}

type ZoneField = HTMLSelectElement | HTMLInputElement;

function isZoneField(target: EventTarget | null): target is ZoneField {
  const isField = target instanceof HTMLSelectElement || target instanceof HTMLInputElement;
  return isField && target.form !== null && "zone" in target.form.dataset;
}

/** Whether it says something else than the page that was sent. */
function isChanged(field: ZoneField): boolean {
  if (field instanceof HTMLInputElement) return field.type === "radio" && !field.defaultChecked;
  return field.selectedOptions[0]?.defaultSelected === false;
}

/** Arrow keys walk the month, which is one tab stop; Enter on a time goes on to the form. */
function useMonthKeys(root: Root, props: SoftPickerProps, go: Go) {
  const { announcement, timeZone, clock } = props;
  const wantedDate = useRef<string | null>(null);

  function walk(event: KeyboardEvent, from: HTMLElement) {
    if (event.key === " ") {
      event.preventDefault();
      from.click();
      return;
    }
    const key = keyInDirection(event.key, from);
    const date = dateAfterKey(key, event.shiftKey, from.dataset.date ?? "", props.weekStartsOn);
    if (!date) return;
    event.preventDefault();
    const day = root.current?.querySelector<HTMLElement>(`[data-date="${date}"]`);
    if (day) {
      makeTabStop(root.current, day);
      day.focus();
      return;
    }
    const month = date.slice(0, 7);
    if (month < props.firstMonth || month > props.lastMonth) return;
    wantedDate.current = date;
    go(addressWith({ month, date: null, start: null }));
  }

  const onKeyDown = (event: Event) => {
    const { target } = event;
    if (!(event instanceof KeyboardEvent) || !(target instanceof HTMLElement)) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (target.dataset.date) walk(event, target);
    else if (event.key === "Enter" && target.matches('[name="start"]')) {
      event.preventDefault();
      target.click();
      root.current?.querySelector<HTMLElement>("#details input:not([type=hidden], [hidden])")?.focus();
    }
  };
  const onClick = (event: Event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-back]")) return;
    event.preventDefault();
    root.current?.querySelector<HTMLElement>("[data-date][tabindex='0']")?.focus();
  };
  useEvents(root, { keydown: onKeyDown, click: onClick });

  // With each change of the page, before a next key can be pressed: one tab stop in the month, and the focus where the last key led.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the announcement changes with the month and the day
  useLayoutEffect(() => {
    const grid = root.current?.querySelector<HTMLElement>("[role=grid]");
    const wanted =
      wantedDate.current && grid?.querySelector<HTMLElement>(`[data-date="${wantedDate.current}"]`);
    wantedDate.current = null;
    const stop =
      wanted ??
      grid?.querySelector<HTMLElement>("[data-date]:focus, [aria-selected=true] [data-date]") ??
      grid?.querySelector<HTMLElement>("a[data-date]") ??
      grid?.querySelector<HTMLElement>("[data-date]");
    if (stop) makeTabStop(root.current, stop);
    if (wanted) wanted.focus();
  }, [root, announcement, timeZone, clock]);
}

const hasModifier = ({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) =>
  metaKey || ctrlKey || shiftKey || altKey;

function softLink(target: EventTarget | null): HTMLAnchorElement | null {
  return target instanceof Element ? target.closest<HTMLAnchorElement>("a[data-soft]") : null;
}

/** Without the fragment, which is for browsers that have no script. */
const addressOf = ({ href }: HTMLAnchorElement) => href.replace(/#.*/, "");

function makeTabStop(root: HTMLElement | null, day: HTMLElement): void {
  for (const other of root?.querySelectorAll<HTMLElement>("[data-date]") ?? []) other.tabIndex = -1;
  day.tabIndex = 0;
}

/** The present address with some of its parameters changed. */
function addressWith(changes: Record<string, string | null>): string {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  url.hash = "";
  return url.href;
}

/** Keeps a value for later pages. */
function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API yet
  document.cookie = `${name}=${encodeURIComponent(value)};path=/;max-age=${yearSeconds};samesite=lax`;
}

/** True once something has taken longer than people notice. */
function useLate(isPending: boolean): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isPending) return;
    const timer = setTimeout(() => setLate(true), lateAfterMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isPending]);
  return isLate;
}

/** Empty until the words change for the first time: what a page says at its start, its heading says already. */
function useSaid(words: string): string {
  const first = useRef(words);
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    if (words !== first.current) setChanged(true);
  }, [words]);
  return changed ? words : "";
}
