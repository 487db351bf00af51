import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { addProposal, declineProposals, listProposals } from "@/lib/event-types/proposals";
import { listEventTypes } from "@/lib/event-types/queries";
import { defaultLocale, localeOf } from "@/lib/i18n/languages";
import { addOutlookHours, hasOutlookHours } from "@/lib/schedules/outlook-hours";
import { takeOutlookZone } from "@/lib/schedules/outlook-zone";
import { listSchedules } from "@/lib/schedules/queries";
import type { AccountChanges } from "@/tests/emulator/control/directory";
import { addOrganizer, openStage, type Stage } from "@/tests/integration/teams/stage";
import { connectMicrosoft } from "@/tests/support/microsoft";
import { makeOrganizer } from "@/tests/support/organizer";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(() => stage.control.clearFaults());

async function addConnected(workHours?: AccountChanges["workHours"], timeZone = "Romance Standard Time") {
  const { userId, email } = await stage.addConnected();
  await stage.control.changeAccount(email, { timeZone, ...(workHours ? { workHours } : {}) });
  return { scope: scopeWithoutRequest(userId) };
}

test("the hours that someone has in Outlook become a schedule, in the zone of their mailbox", async () => {
  const { scope } = await addConnected([
    { days: [1, 2, 3, 4], start: "08:30", end: "12:00", place: "office" },
    { days: [1, 2, 3, 4], start: "12:00", end: "16:00", place: "remote" },
    { days: [5], start: "09:00", end: "12:00" },
    { days: [6], start: "09:00", end: "12:00", place: "timeOff" },
  ]);
  const added = await addOutlookHours(scope, localeOf("fr"), randomUUID());
  expect(added).toMatchObject({
    ok: true,
    value: {
      timeZone: "Europe/Paris",
      weekly: [
        { days: [1, 2, 3, 4], start: "08:30", end: "16:00" },
        { days: [5], start: "09:00", end: "12:00" },
      ],
    },
  });
});

test("pressing twice makes one schedule, and none of the others changes", async () => {
  const { scope } = await addConnected(undefined, "Tokyo Standard Time");
  const key = randomUUID();
  await Promise.all([1, 2].map(() => addOutlookHours(scope, defaultLocale, key)));
  expect((await listSchedules(scope)).map(({ name, timeZone }) => ({ name, timeZone }))).toEqual([
    { name: "Outlook hours", timeZone: "Asia/Tokyo" },
  ]);
});

test("without hours, or while Outlook can't be asked, nothing is made and the reason is said", async () => {
  const { scope } = await addConnected([]);
  expect(await addOutlookHours(scope, defaultLocale, randomUUID())).toMatchObject({
    error: { code: "no_hours" },
  });
  await stage.control.graphFault({ status: 503, times: null });
  expect(await addOutlookHours(scope, defaultLocale, randomUUID())).toMatchObject({
    error: { code: "unavailable" },
  });
  expect(await listSchedules(scope)).toEqual([]);
});

test("the zone of the mailbox becomes the default schedule's, where its settings may be read", async () => {
  const organizer = await makeOrganizer();
  const email = await stage.addPerson();
  await stage.control.changeAccount(email, {
    timeZone: "Tokyo Standard Time",
    mailboxSettings: { locale: "fr-CA" },
  });
  await connectMicrosoft(organizer.id, email);
  const zone = async () => (await listSchedules(organizer.scope)).map(({ timeZone }) => timeZone);
  expect(await takeOutlookZone(organizer.scope)).toMatchObject({ error: { code: "unavailable" } });
  expect(await zone()).toEqual(["UTC"]);
  await connectMicrosoft(organizer.id, email, undefined, "mailbox");
  expect(await takeOutlookZone(organizer.scope)).toMatchObject({
    value: { timeZone: "Asia/Tokyo", language: "fr-CA" },
  });
  expect(await zone()).toEqual(["Asia/Tokyo"]);
});

test("three event types are proposed to whoever has connected, added once each, and not shown again once declined", async () => {
  const organizer = await makeOrganizer();
  const names = async () => (await listProposals(organizer.scope, defaultLocale)).map(({ name }) => name);
  expect(await names()).toEqual([]);
  await connectMicrosoft(organizer.id, await stage.addPerson());
  expect(await names()).toEqual(["intro", "meeting", "workshop"]);
  for (const name of ["intro", "intro"] as const) await addProposal(organizer.scope, name, defaultLocale);
  expect(await names()).toEqual(["meeting", "workshop"]);
  const own = await listEventTypes(organizer.scope);
  expect(own.map(({ slug, durationsMinutes }) => `${slug} ${durationsMinutes}`)).toContain("intro-call 15");
  expect(own).toHaveLength(2);
  await declineProposals(organizer.scope);
  expect(await names()).toEqual([]);
});

test("only a connected account of an organization has such hours", async () => {
  const personal = await stage.addConnected("personal");
  const alone = await addOrganizer();
  const work = await addConnected();
  const offered = [personal.userId, alone].map((id) => hasOutlookHours(scopeWithoutRequest(id)));
  expect(await Promise.all(offered)).toEqual([false, false]);
  expect(await hasOutlookHours(work.scope)).toBe(true);
  expect(
    await addOutlookHours(scopeWithoutRequest(personal.userId), defaultLocale, randomUUID()),
  ).toMatchObject({
    error: { code: "no_hours" },
  });
});
