import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tryConnectivity, tryCredentials } from "@/lib/connections/recover";
import { db } from "@/lib/database/client";
import { enqueue, prepareQueues } from "@/lib/jobs/queue";
import { meetingSync, meetingsHeal } from "@/lib/meetings/jobs";
import { healMeetings } from "@/lib/meetings/sweep";
import { accessFor } from "@/lib/meetings/teams/access";
import { openGraph } from "@/lib/meetings/teams/graph";
import { noteUnreached } from "@/lib/meetings/teams/outage";
import { openStage, type Stage } from "@/tests/integration/teams/stage";
import { eventually } from "@/tests/support/eventually";

const hourMs = 3600_000;

let stage: Stage;
let userId: string;
let email: string;
beforeAll(async () => {
  stage = await openStage();
  await prepareQueues([meetingSync]);
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.control.clearFaults();
  await db().$executeRaw`DELETE FROM jobs.job`;
  await db().operatorAlert.deleteMany();
  await db().user.deleteMany();
  ({ userId, email } = await stage.addConnected());
  await db().$executeRaw`DELETE FROM jobs.job`;
  await stage.control.resetCounters();
  delete (globalThis as { bellhopReach?: object }).bellhopReach;
});

const row = () => db().meetingProviderConnection.findFirstOrThrow({ where: { userId } });
const renew = async () => accessFor(userId, { rejected: (await row()).tokenVersion });
const refuse = () =>
  stage.control.tokenFault({ status: 401, error: "invalid_client", aadsts: 7000215, times: null });
const tokenRequests = async () => (await stage.control.requests({ path: "/oauth2/v2.0/token" })).length;

async function waits(problem: string, { owner = userId, inHours = 1 } = {}): Promise<string> {
  const startsAt = new Date(Date.now() + inHours * hourMs);
  const times = { startsAt, endsAt: new Date(startsAt.getTime() + hourMs) };
  const meeting = await db().meeting.create({
    data: { hostId: owner, kind: "teams", status: "creating", problem, ...times },
  });
  return meeting.id;
}

/** The next look, as if its time had come. */
async function look(): Promise<void> {
  await db().rateLimit.deleteMany();
  await tryCredentials();
}

/** Whose waiting meetings were taken up, in that order. */
async function healed(): Promise<string[]> {
  const jobs = await db().$queryRaw<{ userId: string }[]>`
    SELECT data->>'userId' AS "userId" FROM jobs.job WHERE name = ${meetingsHeal.name} ORDER BY priority DESC, created_on`;
  return jobs.map((job) => job.userId);
}

describe("what waits for the operator", () => {
  it("what waits for the operator goes on with the first token that works, though no one asks for one", async () => {
    await refuse();
    await expect(renew()).rejects.toMatchObject({ code: "misconfigured" });
    await waits("misconfigured");
    await look();
    expect(await healed()).toEqual([]);
    await stage.control.clearFaults();
    await look();
    expect(await healed()).toEqual([userId]);
  });

  it("what waits for the operator goes on where the trouble was none of Microsoft's: a key that came back", async () => {
    await waits("misconfigured");
    const { refreshToken } = await row();
    const seal = (sealed: string) =>
      db().meetingProviderConnection.updateMany({ where: { userId }, data: { refreshToken: sealed } });
    await seal(refreshToken.replace(/^[^:.]+/, "lost"));
    await look();
    expect(await healed()).toEqual([]);
    await seal(refreshToken);
    await look();
    expect(await healed()).toEqual([userId]);
  });

  it("what waits for the operator costs one token request for everyone together, and none while no one waits", async () => {
    await look();
    expect(await tokenRequests()).toBe(0);
    const other = await stage.addConnected();
    await waits("misconfigured");
    await waits("misconfigured", { owner: other.userId });
    await refuse();
    await stage.control.resetCounters();
    await look();
    await Promise.all([tryCredentials(), tryCredentials()]);
    expect(await tokenRequests()).toBe(1);
  });

  it("what waits for the operator has the next appointment's organizer first", async () => {
    const other = await stage.addConnected();
    await db().$executeRaw`DELETE FROM jobs.job`;
    await waits("misconfigured", { inHours: 9 });
    await waits("misconfigured", { owner: other.userId, inHours: 2 });
    await waits("misconfigured", { owner: other.userId, inHours: 20 });
    await look();
    expect(await healed()).toEqual([other.userId, userId]);
  });

  it("what waits for the operator shows another reason where the organizer's own sign-in has ended meanwhile", async () => {
    await refuse();
    await expect(renew()).rejects.toMatchObject({ code: "misconfigured" });
    const other = await stage.addConnected().catch(() => null);
    expect(other).toBeNull();
    await waits("misconfigured");
    await stage.control.clearFaults();
    await stage.control.revokeSessions(email);
    await look();
    expect(await healed()).toContain(userId);
    expect(await db().operatorAlert.count({ where: { clearedAt: null } })).toBe(0);
  });

  it("what waits for the operator includes calendars, their list and their subscription, which rest for an hour and more", async () => {
    const { id: connectionId } = await row();
    const later = new Date(Date.now() + hourMs);
    const problem = "misconfigured";
    await db().calendarSync.upsert({
      where: { connectionId },
      create: { connectionId, problem, nextListAt: later },
      update: { problem, nextListAt: later },
    });
    await db().syncedCalendar.deleteMany();
    await db().syncedCalendar.create({
      data: {
        connectionId,
        calendarId: "c",
        name: "Calendar",
        isDefault: true,
        canEdit: true,
        blocks: true,
        problem,
        nextPollAt: later,
      },
    });
    await db().calendarSubscription.upsert({
      where: { connectionId },
      create: { connectionId, problem, dueAt: later },
      update: { problem, dueAt: later },
    });
    await look();
    const now = Date.now() + 1000;
    expect((await db().syncedCalendar.findFirstOrThrow()).nextPollAt?.getTime()).toBeLessThan(now);
    expect((await db().calendarSync.findFirstOrThrow()).nextListAt?.getTime()).toBeLessThan(now);
    expect((await db().calendarSubscription.findFirstOrThrow()).dueAt.getTime()).toBeLessThan(now);
  });
});

describe("what waits for a line to Microsoft", () => {
  const graph = () => openGraph({ userId, priority: "sync" }).call({ method: "GET", path: "/me" });
  const isHealed = () => eventually(healed, (users) => users.includes(userId), 5);

  it("what waits for a line to Microsoft goes on with the first answer after calls that reached no one", async () => {
    await waits("unavailable");
    await stage.control.graphFault({ path: "/me", outcome: "drop" });
    await expect(graph()).rejects.toMatchObject({ code: "unavailable" });
    expect(await healed()).toEqual([]);
    await graph();
    await isHealed();
  });

  it("what waits for a line to Microsoft goes on after an outage of the sign-in host too", async () => {
    await waits("unavailable");
    await stage.control.tokenFault({ outcome: "drop" });
    await expect(renew()).rejects.toMatchObject({ code: "unavailable" });
    await renew();
    await isHealed();
  });

  it("what waits for a line to Microsoft is looked for where no one asks, and only during an outage", async () => {
    await waits("unavailable");
    await tryConnectivity();
    expect(await healed()).toEqual([]);
    noteUnreached();
    await tryConnectivity();
    expect(await healed()).toEqual([userId]);
  });

  it("what waits for a line to Microsoft is not taken up by a line that comes and goes more than once in half a minute", async () => {
    await waits("unavailable");
    for (let i = 0; i < 3; i += 1) {
      noteUnreached();
      await tryConnectivity();
    }
    expect(await healed()).toEqual([userId]);
  });

  it("what waits for a line to Microsoft waits on where Microsoft answers that it is ill", async () => {
    await waits("unavailable");
    await stage.control.graphFault({ path: "/me", status: 503 });
    await expect(graph()).rejects.toMatchObject({ code: "unavailable" });
    await graph();
    expect(await healed()).toEqual([]);
  });
});

it("takes a waiting meeting up immediately though its next try is minutes away, everyone's first one first", async () => {
  const other = await stage.addConnected();
  const [first, second] = [
    await waits("unavailable", { inHours: 1 }),
    await waits("unavailable", { inHours: 2 }),
  ];
  const others = await waits("unavailable", { owner: other.userId, inHours: 3 });
  await db().$executeRaw`DELETE FROM jobs.job`;
  const inTenMinutes = new Date(Date.now() + 600_000);
  await db().$transaction((tx) => enqueue(tx, meetingSync, { meetingId: first }, { startAt: inTenMinutes }));
  await healMeetings({ userId });
  await healMeetings({ userId: other.userId });
  await healMeetings({ userId });
  const jobs = await db().$queryRaw<{ id: string }[]>`
    SELECT data->>'meetingId' AS id FROM jobs.job
    WHERE name = ${meetingSync.name} AND start_after <= now() + interval '1 minute' ORDER BY priority DESC, created_on`;
  expect(jobs.map(({ id }) => id)).toEqual([first, others, second]);
});
