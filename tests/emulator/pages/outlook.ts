import { eventView, respond } from "@/tests/emulator/control/outlook";
import { ControlRefusal } from "@/tests/emulator/control/route";
import { GraphRefusal } from "@/tests/emulator/graph/errors";
import { type Instance, instancesBetween, requireInstance } from "@/tests/emulator/graph/instances";
import { createEvent, removeEvent, stripTeams, updateEvent } from "@/tests/emulator/graph/mailbox";
import { type Answer, type Call, formOf, html, redirect } from "@/tests/emulator/http";
import { escapeHtml, page } from "@/tests/emulator/pages/layout";
import { accountsPage, agendaPage, eventPage, mailboxPath } from "@/tests/emulator/pages/outlook-pages";
import type { Account } from "@/tests/emulator/state";
import { findAccount, requireMailbox, type World } from "@/tests/emulator/world";

const DAY_MS = 86_400_000;

/** /outlook: looking into a mailbox, and acting there as its owner or as someone invited. */
export function answerOutlook(world: World, call: Call): Answer {
  const [, , email = "", event = "", action = ""] = call.url.pathname.split("/").map(decodeURIComponent);
  if (!email)
    return html(200, accountsPage(Object.values(world.state.accounts).filter((one) => one.isListed)));
  const account = findAccount(world.state, email);
  if (!account) return notFound(`There is no mailbox ${email}.`);
  try {
    if (call.method === "GET")
      return event ? showEvent(world, account, event) : showWeek(world, account, call);
    return event === "new" ? addEvent(world, account, call) : act(world, account, event, action, call);
  } catch (error) {
    if (error instanceof GraphRefusal || error instanceof ControlRefusal) return notFound(error.message);
    throw error;
  }
}

function showWeek(world: World, account: Account, call: Call): Answer {
  const asked = Date.parse(call.url.searchParams.get("week") ?? "");
  const day = new Date(Number.isNaN(asked) ? Date.now() : asked);
  const weekStart = new Date(
    Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() - ((day.getUTCDay() + 6) % 7)),
  );
  const mailbox = requireMailbox(world.state, account);
  const found = instancesBetween(mailbox, weekStart.getTime(), weekStart.getTime() + 7 * DAY_MS);
  const events = found.map((one) => eventView(account, one));
  return html(200, agendaPage({ account, events, weekStart, sent: mailbox.sentInvitations }));
}

function showEvent(world: World, account: Account, id: string): Answer {
  return html(200, eventPage(account, eventView(account, requireOne(world, account, id))));
}

function addEvent(world: World, account: Account, call: Call): Answer {
  const form = formOf(call);
  createEvent(world, account, { subject: form.get("subject") ?? "", ...times(form) });
  return redirect(`${mailboxPath(account)}?week=${(form.get("start") ?? "").slice(0, 10)}`);
}

function act(world: World, account: Account, id: string, action: string, call: Call): Answer {
  const one = requireOne(world, account, id);
  const form = formOf(call);
  const attendee = form.get("attendee") ?? undefined;
  const week = new Date(one.startAt).toISOString().slice(0, 10);
  switch (action) {
    case "move":
      updateEvent(world, account, one, times(form));
      break;
    case "subject":
      updateEvent(world, account, one, { subject: form.get("subject") ?? "" });
      break;
    case "strip-teams":
      stripTeams(world, account, one);
      break;
    case "accept":
      respond(world, account, one, { attendee, response: "accepted" });
      break;
    case "decline":
      respond(world, account, one, { attendee, response: "declined" });
      break;
    case "delete":
      removeEvent(world, account, one, { comment: null, isCancelled: false });
      return redirect(`${mailboxPath(account)}?week=${week}`);
    default:
      return notFound(`Nothing is known of ${action}.`);
  }
  return redirect(`${mailboxPath(account)}/${encodeURIComponent(id)}`);
}

function requireOne(world: World, account: Account, id: string): Instance {
  return requireInstance(account, requireMailbox(world.state, account), id);
}

function times(form: URLSearchParams) {
  const time = (name: string) => ({ dateTime: `${form.get(name) ?? ""}:00`, timeZone: "UTC" });
  return { start: time("start"), end: time("end") };
}

function notFound(problem: string): Answer {
  return html(
    404,
    page(
      "Outlook",
      `<h1>Outlook</h1><p class="error" role="alert">${escapeHtml(problem)}</p><p><a href="/outlook">All mailboxes</a></p>`,
    ),
  );
}
