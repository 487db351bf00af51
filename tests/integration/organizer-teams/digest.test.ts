import { afterAll, beforeAll, expect, test } from "vitest";
import { teamScopeOf } from "@/lib/auth/team-scope";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { lockRow } from "@/lib/database/lock-row";
import { sendDueMails } from "@/lib/notifications/send-due";
import { sendDueDigests, setWantsDigest } from "@/lib/teams/digest";
import { listPublicMembers, setShowsMembers } from "@/lib/teams/team-page";
import { createWebhook } from "@/lib/webhooks/webhooks";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { readMailsTo } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { makeTeam } from "@/tests/support/team";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

/** A team of an owner, an admin and a member, in Paris, New York and UTC. */
async function scene() {
  const [owner, admin, member] = [
    await makeOrganizer({}, { timeZone: "Europe/Paris" }),
    await makeOrganizer({}, { timeZone: "America/New_York" }),
    await makeOrganizer(),
  ];
  const team = await makeTeam([owner, admin, member], { minimumNoticeMinutes: 0 });
  const asAdmin = { teamId_userId: { teamId: team.id, userId: admin.id } };
  await db().teamMember.update({ where: asAdmin, data: { role: "admin" } });
  const [owns, manages, takesPart] = [
    teamScopeOf(team.id, owner.id, "owner"),
    teamScopeOf(team.id, admin.id, "admin"),
    teamScopeOf(team.id, member.id, "member"),
  ];
  const emailOf = async ({ id }: { id: string }) =>
    (await db().user.findUniqueOrThrow({ where: { id } })).email;
  const mailsTo = async (person: { id: string }) =>
    (await readMailsTo(await emailOf(person))).filter(({ kind }) => kind === "team-digest");
  return { owner, admin, member, team, owns, manages, takesPart, mailsTo };
}

/** The Monday after the next one, at a time in UTC. */
function mondayAt(time: string): number {
  const day = new Date(Date.now() + 7 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  return Date.parse(`${day.toISOString().slice(0, 10)}T${time}:00Z`);
}

test("the weekly summary goes to whoever manages the team and asked for it, once on their own Monday morning", async () => {
  const { owner, admin, member, team, owns, manages, takesPart, mailsTo } = await scene();
  expect(await setWantsDigest(takesPart, true)).toBe(false);
  expect(await setWantsDigest(owns, true)).toBe(true);
  const monday = mondayAt("00:00");
  const start = new Date(monday + 34 * 3_600_000).toISOString();
  const booked = await book(requestFor(team, start));
  if (!booked.ok) throw new Error(booked.error.code);

  await sendDueDigests(mondayAt("04:00"));
  expect(await mailsTo(owner)).toEqual([]);
  for (const time of ["08:00", "08:15", "12:00"]) await sendDueDigests(mondayAt(time));
  const [mail, ...more] = await mailsTo(owner);
  expect(more).toEqual([]);
  expect(mail?.subject).toContain("1 booking this week");
  expect(mail?.text).toContain("Together with Visitor");
  expect(await mailsTo(admin)).toEqual([]);
  expect(await mailsTo(member)).toEqual([]);

  expect(await setWantsDigest(manages, true)).toBe(true);
  await sendDueDigests(mondayAt("10:00"));
  expect(await mailsTo(admin)).toEqual([]);
  await sendDueDigests(mondayAt("13:00"));
  expect(await mailsTo(admin)).toHaveLength(1);
  await sendDueDigests(monday + 7 * 86_400_000 + 9 * 3_600_000);
  expect(await mailsTo(owner)).toHaveLength(2);
  await setWantsDigest(owns, false);
  await sendDueDigests(monday + 14 * 86_400_000 + 9 * 3_600_000);
  expect(await mailsTo(owner)).toHaveLength(2);
});

test("processes that look at the same moment send the weekly summary once", async () => {
  const { owner, team, owns, mailsTo } = await scene();
  await setWantsDigest(owns, true);
  const row = { teamId: team.id, userId: owner.id };
  const at = mondayAt("09:00");
  let looking: Promise<void>[] = [];
  await db().$transaction(
    async (tx) => {
      await lockRow(tx, "TeamMember", row);
      // Each has found that it is due by the time the first of them can write.
      looking = [sendDueDigests(at), sendDueDigests(at), sendDueDigests(at)];
      const countWaiting = async () => {
        const rows = await db().$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'UPDATE%"TeamMember"%'`;
        return rows[0]?.count;
      };
      await eventually(countWaiting, (count) => count === 3);
    },
    { timeout: 60_000 },
  );
  await Promise.all(looking);
  expect(await mailsTo(owner)).toHaveLength(1);
  await sendDueDigests(at + 60_000);
  expect(await mailsTo(owner)).toHaveLength(1);
});

test("the weekly summary ends with the role, and names members who have to reconnect", async () => {
  const { owner, admin, member, team, owns, manages, mailsTo } = await scene();
  await setWantsDigest(owns, true);
  await setWantsDigest(manages, true);
  const asAdmin = { teamId_userId: { teamId: team.id, userId: admin.id } };
  await db().teamMember.update({ where: asAdmin, data: { role: "member" } });
  const { name } = await db().user.findUniqueOrThrow({ where: { id: member.id } });
  await db().meetingProviderConnection.create({
    data: {
      userId: member.id,
      provider: "teams",
      state: "reconnect_needed",
      accessToken: "",
      refreshToken: "",
      expiresAt: new Date(),
      scopes: "",
      teamsAvailable: true,
      accountEmail: "m@example.org",
      accountId: "m",
      tenantId: "t",
      accountKind: "work",
    },
  });
  await sendDueDigests(mondayAt("15:00"));
  expect(await mailsTo(admin)).toEqual([]);
  expect((await mailsTo(owner))[0]?.text).toContain(`${name} has to reconnect Microsoft`);
});

test("a team's page names its members where the team wants it, and no one whose account is disabled", async () => {
  const { owner, admin, member, team, owns, takesPart } = await scene();
  expect(await listPublicMembers(team.handle)).toEqual([]);
  expect(await setShowsMembers(takesPart, true)).toBe(false);
  expect(await setShowsMembers(owns, true)).toBe(true);
  await db().user.update({ where: { id: admin.id }, data: { disabledAt: new Date() } });
  const shown = await listPublicMembers(team.handle);
  expect(shown.map(({ handle }) => handle)).toEqual([owner.handle, member.handle]);
});

test("a webhook of a team is sent the bookings of all its hosts, as long as its maker manages the team", async () => {
  const { owner, admin, member, team } = await scene();
  const hook = { url: "http://127.0.0.1:9/hook", events: ["booking.confirmed"] as const, teamId: team.id };
  expect(await createWebhook(member.scope, hook)).toEqual({ ok: false, error: { code: "not_found" } });
  const made = await createWebhook(admin.scope, hook);
  if (!made.ok) throw new Error(made.error.code);
  const { id: webhookId } = made.value;
  const sentFor = async () => {
    const rows = await db().webhookDelivery.findMany({ where: { webhookId }, orderBy: { createdAt: "asc" } });
    return rows.map(({ bookingId }) => bookingId);
  };
  const bookAt = async (page: { handle: string; slug: string }, day: number) => {
    const booked = await book(requestFor(page, hourAhead(day)));
    if (!booked.ok) throw new Error(booked.error.code);
    await sendDueMails({ bookingId: booked.value.id });
    return booked.value.id;
  };
  const ids = [await bookAt(team, 2), await bookAt(team, 3), await bookAt(team, 4)];
  await bookAt(owner, 5);
  await bookAt(admin, 6);
  expect(await sentFor()).toEqual(ids);
  const asAdmin = { teamId_userId: { teamId: team.id, userId: admin.id } };
  await db().teamMember.update({ where: asAdmin, data: { role: "member" } });
  await bookAt(team, 7);
  expect(await sentFor()).toEqual(ids);
  await db().teamMember.delete({ where: asAdmin });
  expect(await db().webhook.count({ where: { id: webhookId } })).toBe(0);
});
