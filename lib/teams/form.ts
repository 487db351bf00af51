/** The hosts of a team's event type as its form has them: a row for each member. PURE, for server and browser. */
import { newEventTypeValues, readEventTypeValues, toEventTypeValues } from "@/lib/event-types/form";
import { type FormValues, rowsOf, withRows } from "@/lib/input/form-values";
import type { TeamEventType } from "@/lib/teams/schema";

/** What someone's part can be; empty: none. */
export const hostParts = ["", "fixed", "rotating"] as const;

interface Member {
  id: string;
}

interface HostRow {
  userId: string;
  kind: string;
  weight?: number;
  priority?: number;
  scheduleId?: string | undefined;
}

function toRow({ userId, kind, weight = 100, priority = 0, scheduleId = "" }: HostRow): FormValues {
  return { userId, kind, weight: String(weight), priority: String(priority), scheduleId };
}

/** The fields of a new one: everyone takes turns. */
export function newTeamEventTypeValues(subjectTemplate: string, members: readonly Member[]): FormValues {
  const { scheduleId: _, ...values } = newEventTypeValues(subjectTemplate, "");
  const rows = members.map(({ id }) => toRow({ userId: id, kind: "rotating" }));
  return withRows(
    {
      ...values,
      invitations: "bellhop",
      rotatingHosts: "1",
      hostChoice: "automatic",
      onReschedule: "same_host",
      hostDeclines: "ask",
    },
    "hosts",
    rows,
  );
}

/** The fields of one: its hosts in their order, then who could be one. */
export function toTeamEventTypeValues(eventType: TeamEventType, members: readonly Member[]): FormValues {
  const { hosts, rotatingHosts, hostChoice, onReschedule, hostDeclines, ...rest } = eventType;
  const hosting = new Set(hosts.map(({ userId }) => userId));
  const others = members.filter(({ id }) => !hosting.has(id));
  return withRows(
    {
      ...toEventTypeValues(rest),
      rotatingHosts: String(Math.max(1, rotatingHosts)),
      hostChoice,
      onReschedule,
      hostDeclines,
    },
    "hosts",
    [...hosts.map(toRow), ...others.map(({ id }) => toRow({ userId: id, kind: "" }))],
  );
}

/** A number as it was typed: what is none is refused by the schema, with its own words. */
const toNumber = (text = "") => (text.trim() === "" ? undefined : Number(text));

/** What the schema checks, from the fields that were sent. Where no one takes turns, how many would is nothing. */
export function readTeamEventTypeValues(values: FormValues): object {
  const hosts = rowsOf(values, "hosts")
    .filter(({ kind }) => kind)
    .map(({ userId, kind, weight, priority, scheduleId }) => ({
      userId,
      kind,
      weight: toNumber(weight),
      priority: toNumber(priority),
      scheduleId: scheduleId || undefined,
    }));
  const isTurning = hosts.some(({ kind }) => kind === "rotating");
  return {
    ...readEventTypeValues(values),
    hosts,
    rotatingHosts: isTurning ? toNumber(values.rotatingHosts) : 0,
    hostChoice: values.hostChoice,
    onReschedule: values.onReschedule,
    hostDeclines: values.hostDeclines,
  };
}

/** Where the complaints about hosts are shown: in the rows of the form, of which only some are hosts. */
export function toFormErrors(
  errors: Readonly<Record<string, string>>,
  values: FormValues,
): Readonly<Record<string, string>> {
  const rows = rowsOf(values, "hosts").flatMap(({ kind }, index) => (kind ? [index] : []));
  return Object.fromEntries(
    Object.entries(errors).map(([path, message]) => {
      const [, index = "", field = ""] = /^hosts\.(\d+)\.(\w+)$/.exec(path) ?? [];
      const row = rows[Number(index)];
      return [index !== "" && row !== undefined ? `hosts.${row}.${field}` : path, message];
    }),
  );
}
