import type { Calendar } from "@microsoft/microsoft-graph-types";
import { itemNotFound, malformedId } from "@/tests/emulator/graph/errors";
import type { GraphContext } from "@/tests/emulator/graph/route";
import { itemId, newChangeKey, readItemId } from "@/tests/emulator/ids";
import type { Account, Mailbox, StoredCalendar } from "@/tests/emulator/state";
import type { World } from "@/tests/emulator/world";

/** Folder ids stay the same whichever kind of id is preferred. */
export function calendarId(account: Account, key: string): string {
  return itemId(account.id, { kind: "mutable", key, folder: "calendar", originalAt: null });
}

/** Where a request belongs: the calendar its path names, or the account's own (key null). */
export function calendarOf(context: GraphContext): { calendarKey: string | null; path: string } {
  const { request, ids, account, mailbox } = context;
  if (!/^\/me\/calendars\//i.test(request.path)) return { calendarKey: null, path: "/me" };
  const [id = ""] = ids;
  const path = `/me/calendars/${encodeURIComponent(id)}`;
  const ref = readItemId(account.id, id);
  if (ref === null) throw malformedId();
  if (ref !== "foreign" && ref.key === account.id) return { calendarKey: null, path };
  const calendar = ref === "foreign" ? null : findCalendar(mailbox, ref.key);
  if (!calendar) throw itemNotFound();
  return { calendarKey: calendar.key, path };
}

export function findCalendar(mailbox: Mailbox, key: string): StoredCalendar | null {
  return mailbox.calendars?.find((calendar) => calendar.key === key) ?? null;
}

/** Every calendar of an account as Graph shows it, its own first, and those of others last. */
export function allCalendars(world: World, account: Account, mailbox: Mailbox): Calendar[] {
  return [
    defaultCalendar(account),
    ...(mailbox.calendars ?? []).map((one) => furtherCalendar(account, one)),
    ...sharedCalendars(world, account).map((owner) => sharedCalendar(owner, account)),
  ];
}

/** Whose own calendars a person has accepted, or added to their list. */
export function sharedCalendars(world: World, account: Account): Account[] {
  return Object.values(world.state.accounts).filter((owner) =>
    owner.sharedWith?.some((share) => share.isListed && share.with.toLowerCase() === account.email),
  );
}

function sharedCalendar(owner: Account, account: Account): Calendar {
  const canEdit =
    owner.sharedWith?.find((share) => share.with.toLowerCase() === account.email)?.role === "write";
  const own = defaultCalendar(owner);
  return { ...own, name: owner.name, isDefaultCalendar: false, canShare: false, canEdit, isRemovable: true };
}

export function defaultCalendar(account: Account): Calendar {
  const hasTeams = account.kind === "work" && account.hasTeams;
  return {
    ...shape(account, hasTeams),
    id: calendarId(account, account.id),
    name: "Calendar",
    color: "auto",
    hexColor: "",
    isDefaultCalendar: true,
    canShare: true,
    canEdit: true,
    isRemovable: false,
  };
}

function furtherCalendar(account: Account, calendar: StoredCalendar): Calendar {
  return {
    ...shape(account, calendar.hasTeams),
    id: calendarId(account, calendar.key),
    name: calendar.name,
    color: "lightBlue",
    hexColor: calendar.hexColor,
    isDefaultCalendar: false,
    canShare: calendar.canEdit,
    canEdit: calendar.canEdit,
    isRemovable: true,
  };
}

function shape(account: Account, hasTeams: boolean): Calendar {
  return {
    changeKey: newChangeKey(),
    canViewPrivateItems: true,
    allowedOnlineMeetingProviders: hasTeams ? ["teamsForBusiness"] : [],
    defaultOnlineMeetingProvider: hasTeams ? "teamsForBusiness" : "unknown",
    isTallyingResponses: account.kind === "work",
    owner: { name: account.name, address: account.email },
  };
}
