import type { EventView } from "@/tests/emulator/control/outlook";
import { escapeHtml, page } from "@/tests/emulator/pages/layout";
import type { Account, SentInvitation } from "@/tests/emulator/state";

const DAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

export function accountsPage(accounts: Account[]): string {
  const rows = accounts
    .map(
      (account) =>
        `<tr><td><a href="${mailboxPath(account)}">${escapeHtml(account.email)}</a></td><td>${escapeHtml(account.name)}</td><td>${account.hasMailbox ? "" : "no mailbox"}</td></tr>`,
    )
    .join("");
  return page(
    "Outlook",
    `<h1>Outlook</h1><p>Pick the mailbox to look into.</p>
<table><thead><tr><th scope="col">Account</th><th scope="col">Name</th><th scope="col">Note</th></tr></thead><tbody>${rows}</tbody></table>`,
    "wide",
  );
}

export interface AgendaView {
  account: Account;
  events: EventView[];
  weekStart: Date;
  sent: SentInvitation[];
}

/** One week of a mailbox, day by day, in UTC. */
export function agendaPage({ account, events, weekStart, sent }: AgendaView): string {
  const week = (days: number) => new Date(weekStart.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const link = (days: number, words: string) =>
    `<a class="button" href="${mailboxPath(account)}?week=${week(days)}">${words}</a>`;
  const days = Array.from({ length: 7 }, (_, day) => week(day))
    .map((date) => ({ date, list: events.filter((event) => event.start?.dateTime?.startsWith(date)) }))
    .filter(({ list }) => list.length > 0)
    .map(({ date, list }) => `<h2>${DAY.format(new Date(date))}</h2>${eventTable(account, list)}`);
  return page(
    `Calendar of ${account.name}`,
    `<p><a href="/outlook">All mailboxes</a></p>
<h1>Calendar of ${escapeHtml(account.name)}</h1>
<p class="muted">${escapeHtml(account.email)}. Times are UTC.</p>
<p>${link(-7, "Earlier week")} ${link(7, "Later week")}</p>
${days.join("\n") || "<p>Nothing in this week.</p>"}
<h2>New event</h2>
<form method="post" action="${mailboxPath(account)}/new"><div class="row">
<div><label for="subject">Subject</label><input id="subject" name="subject" value="Dentist"></div>
${timeFields("", "")}</div>
<div class="actions"><button class="primary">Add event</button></div></form>
<h2>Mail sent for invitations</h2>
${sentTable(sent)}`,
    "wide",
  );
}

export function eventPage(account: Account, event: EventView): string {
  const path = eventPath(account, event);
  const form = (action: string, words: string, fields = "") =>
    `<form class="inline" method="post" action="${path}/${action}">${fields}<button>${words}</button></form>`;
  const attendees = (event.attendees ?? [])
    .map(({ emailAddress, status }) => {
      const address = emailAddress?.address ?? "";
      const hidden = `<input type="hidden" name="attendee" value="${escapeHtml(address)}">`;
      return `<tr><td>${escapeHtml(address)}</td><td>${escapeHtml(status?.response ?? "none")}</td><td>${form("accept", `Accept as ${escapeHtml(address)}`, hidden)}${form("decline", `Decline as ${escapeHtml(address)}`, hidden)}</td></tr>`;
    })
    .join("");
  const join = event.onlineMeeting?.joinUrl;
  return page(
    event.subject || "(no subject)",
    `<p><a href="${mailboxPath(account)}?week=${event.start?.dateTime?.slice(0, 10) ?? ""}">Calendar of ${escapeHtml(account.name)}</a></p>
<h1>${escapeHtml(event.subject || "(no subject)")}</h1>
<dl><dt>Start</dt><dd>${shortTime(event.start?.dateTime)} UTC</dd><dt>End</dt><dd>${shortTime(event.end?.dateTime)} UTC</dd>
<dt>Organizer</dt><dd>${escapeHtml(event.organizer?.emailAddress?.address ?? "")}</dd><dt>Shown as</dt><dd>${escapeHtml(event.showAs ?? "")}</dd>
<dt>Where</dt><dd>${escapeHtml(event.location?.displayName || "–")}</dd>
<dt>Teams</dt><dd>${join ? `<a href="${escapeHtml(join)}" rel="noreferrer">Join the meeting now</a><br><code>${escapeHtml(join)}</code>` : "no online meeting"}</dd>
<dt>Text</dt><dd>${escapeHtml(event.bodyPreview ?? "")}</dd></dl>
<h2>Attendees</h2>
${attendees ? `<table><thead><tr><th scope="col">Address</th><th scope="col">Answer</th><th scope="col">Answer for them</th></tr></thead><tbody>${attendees}</tbody></table>` : "<p>No one is invited.</p>"}
<h2>Move</h2>
<form method="post" action="${path}/move"><div class="row">${timeFields(event.start?.dateTime?.slice(0, 16) ?? "", event.end?.dateTime?.slice(0, 16) ?? "")}</div><div class="actions"><button class="primary">Move event</button></div></form>
<h2>Change or remove</h2>
<form method="post" action="${path}/subject"><label for="subject">Subject</label><input id="subject" name="subject" value="${escapeHtml(event.subject ?? "")}"><div class="actions"><button>Change subject</button></div></form>
${join ? form("strip-teams", "Remove the Teams meeting") : ""}${event.isOrganizer ? "" : form("decline", "Decline")}${form("delete", "Delete event")}`,
    "wide",
  );
}

export function mailboxPath(account: Account): string {
  return `/outlook/${encodeURIComponent(account.email)}`;
}

function eventPath(account: Account, event: EventView): string {
  return `${mailboxPath(account)}/${encodeURIComponent(event.id)}`;
}

function eventTable(account: Account, events: EventView[]): string {
  const rows = events
    .map((event) => {
      const time = event.isAllDay
        ? "All day"
        : `${event.start?.dateTime?.slice(11, 16)}–${event.end?.dateTime?.slice(11, 16)}`;
      const people = (event.attendees ?? [])
        .map(({ emailAddress }) => emailAddress?.address ?? "")
        .join(", ");
      const join = event.onlineMeeting?.joinUrl;
      const teams = join
        ? `<a href="${escapeHtml(join)}" rel="noreferrer">Join Teams meeting</a>`
        : "no link";
      return `<tr><td>${time}</td><td><a href="${eventPath(account, event)}">${escapeHtml(event.subject || "(no subject)")}</a></td><td>${escapeHtml(people)}</td><td>${teams}</td></tr>`;
    })
    .join("");
  return `<table><thead><tr><th scope="col">Time</th><th scope="col">Subject</th><th scope="col">Attendees</th><th scope="col">Teams</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function sentTable(sent: SentInvitation[]): string {
  if (sent.length === 0) return "<p>None yet.</p>";
  const rows = [...sent]
    .reverse()
    .map(
      (mail) =>
        `<tr><td>${mail.kind}</td><td>${escapeHtml(mail.to)}</td><td>${escapeHtml(mail.subject)}</td><td>${escapeHtml(mail.comment ?? "")}</td></tr>`,
    )
    .join("");
  return `<table><thead><tr><th scope="col">Kind</th><th scope="col">To</th><th scope="col">Subject</th><th scope="col">Comment</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function timeFields(start: string, end: string): string {
  return `<div><label for="start">Start (UTC)</label><input id="start" name="start" type="datetime-local" required value="${escapeHtml(start)}"></div>
<div><label for="end">End (UTC)</label><input id="end" name="end" type="datetime-local" required value="${escapeHtml(end)}"></div>`;
}

function shortTime(dateTime: string | undefined): string {
  return (dateTime ?? "").slice(0, 16).replace("T", " ");
}
