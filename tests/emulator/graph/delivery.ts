/** What an invitation does in an attendee's mailbox, where that is emulated too. */
import { instancesBetween, wholeEvent } from "@/tests/emulator/graph/instances";
import { touch } from "@/tests/emulator/graph/touch";
import { guid } from "@/tests/emulator/ids";
import type { Account, Mailbox, SentInvitation, StoredAttendee, StoredEvent } from "@/tests/emulator/state";
import { findAccount, requireMailbox, type World } from "@/tests/emulator/world";

/** Puts a copy into the attendee's calendar, brings it up to date, or marks it as cancelled. Single events and whole series only. */
export function deliver(
  world: World,
  organizer: Account,
  event: StoredEvent,
  attendee: StoredAttendee,
  kind: SentInvitation["kind"],
): void {
  const account = findAccount(world.state, attendee.address);
  if (!account?.hasMailbox || account.id === organizer.id || event.type === "exception") return;
  const mailbox = requireMailbox(world.state, account);
  const known = copyIn(mailbox, event);
  if (kind === "cancellation" && !known) return;
  const copy =
    kind === "cancellation" && known
      ? { ...known, isCancelled: true, showAs: "free" as const, subject: `Canceled: ${event.subject}` }
      : copyOf(organizer, event, attendee, known);
  mailbox.events[copy.key] = copy;
  touch(mailbox, copy);
  world.notifier.changed(account, known ? "updated" : "created", wholeEvent(copy));
  if (account.resource && kind !== "cancellation")
    answerAsResource(world, organizer, event, { account, copy });
}

/**
 * A room's mailbox takes what is free, within its organization alone, and declines the rest (Microsoft: resource mailboxes). What it declines is
 * not in its calendar.
 */
function answerAsResource(
  world: World,
  organizer: Account,
  event: StoredEvent,
  { account, copy }: { account: Account; copy: StoredEvent },
): void {
  const { resource } = account;
  if (!resource || resource.answers === "never") return;
  const mailbox = requireMailbox(world.state, account);
  const { startAt, endAt } = wholeEvent(copy);
  const isTaken = instancesBetween(mailbox, startAt, endAt).some(
    (one) => one.event.key !== copy.key && !one.event.isCancelled && one.event.showAs !== "free",
  );
  const isForeign = account.tenantId !== organizer.tenantId;
  const response =
    isTaken || isForeign || resource.answers === "declines"
      ? "declined"
      : resource.answers === "approval"
        ? "tentativelyAccepted"
        : "accepted";
  copy.ownResponse = { response, at: Date.now() };
  copy.showAs = response === "accepted" ? "busy" : "tentative";
  if (response === "declined") copy.folder = "deleted";
  touch(mailbox, copy);
  const asked = event.attendees.find((one) => one.address.toLowerCase() === account.email.toLowerCase());
  if (!asked) return;
  Object.assign(asked, { response, respondedAt: Date.now() });
  world.notifier.changed(organizer, "updated", wholeEvent(event));
}

function copyIn(mailbox: Mailbox, { iCalUId }: StoredEvent): StoredEvent | undefined {
  return Object.values(mailbox.events).find((one) => one.iCalUId === iCalUId && one.folder === "calendar");
}

/** The same iCalUId under another id, and nothing of what the organizer's program wrote beside the event. */
function copyOf(
  organizer: Account,
  event: StoredEvent,
  attendee: StoredAttendee,
  known: StoredEvent | undefined,
): StoredEvent {
  const { calendarKey: _, ...shared } = structuredClone(event);
  const isMoved = known && (known.start.wall !== event.start.wall || known.end.wall !== event.end.wall);
  const answer = known && !isMoved ? known : { showAs: "tentative" as const, ownResponse: null };
  return {
    ...shared,
    key: known?.key ?? guid(),
    createdAt: known?.createdAt ?? Date.now(),
    showAs: answer.showAs,
    ownResponse: answer.ownResponse,
    attendees: event.hideAttendees ? [structuredClone(attendee)] : shared.attendees,
    foreignOrganizer: { address: organizer.email, name: organizer.name },
    transactionId: null,
    extendedProperties: {},
  };
}
