import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { diagnoseConnection } from "@/app/account/integrations/actions";
import { diagnoseOrganizer } from "@/app/admin/connections/actions";
import { openDiagnosis } from "@/components/connections/diagnosis-state";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { openSession } from "@/lib/auth/session";
import { db } from "@/lib/database/client";
import type { DiagnosisStep } from "@/lib/meetings/sign-in-port";
import { accessFor } from "@/lib/meetings/teams/access";
import { diagnose } from "@/lib/meetings/teams/diagnose";
import { addOrganizer, openStage, type PersonKind, type Stage } from "@/tests/integration/teams/stage";
import { request } from "@/tests/support/next-request";

vi.mock("next/headers", () => import("@/tests/support/next-request"));
vi.mock("next/cache", () => ({ revalidatePath: () => undefined }));

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  request.headers = new Headers();
  await stage.control.clearFaults();
});

const outcomes = (steps: DiagnosisStep[]) => steps.map(({ outcome }) => outcome);
const connected = (kind?: PersonKind) => stage.addConnected(kind);

const event = {
  subject: "Booked",
  start: { dateTime: "2027-03-01T09:00:00", timeZone: "UTC" },
  end: { dateTime: "2027-03-01T09:30:00", timeZone: "UTC" },
};

/** A booking whose event is in Outlook under this id. */
async function addMeeting(userId: string, calendarEventId: string) {
  const startsAt = new Date(Date.now() + 3600_000);
  await db().meeting.create({
    data: {
      hostId: userId,
      kind: "teams",
      status: "ready",
      startsAt,
      endsAt: new Date(startsAt.getTime() + 1800_000),
      calendarEventId,
      joinUrl: "https://teams.microsoft.com/l/meetup-join/1",
      verifiedAt: new Date(),
    },
  });
}

describe("a look at a connection", () => {
  it("a look at a connection finds everything in order, with status, time and request-id of each call, and never a token", async () => {
    const { userId, email } = await connected();
    await addMeeting(userId, (await stage.control.createEvent(email, event)).id);
    const steps = await diagnose(scopeWithoutRequest(userId));
    expect(outcomes(steps)).toEqual(["ok", "ok", "ok", "ok"]);
    for (const step of steps.slice(1)) {
      expect(step).toMatchObject({ status: 200, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
      expect(step.durationMs).toBeGreaterThan(0);
    }
    const { token } = await accessFor(userId);
    expect(JSON.stringify(steps)).not.toContain(token);
  });

  it("a look at a connection renews the token, and leaves what it was used for last alone", async () => {
    const { userId } = await connected();
    const before = await db().meetingProviderConnection.findFirstOrThrow({ where: { userId } });
    expect(outcomes(await diagnose(scopeWithoutRequest(userId)))).toEqual(["ok", "ok", "ok", "skipped"]);
    const after = await db().meetingProviderConnection.findFirstOrThrow({ where: { userId } });
    expect(after.tokenVersion).toBe(before.tokenVersion + 1);
    expect(after.lastUsedAt).toEqual(before.lastUsedAt);
  });

  it("a look at a connection finds an access that was ended, with Microsoft's number, and stops there", async () => {
    const { userId, email } = await connected();
    await stage.control.revokeSessions(email);
    const steps = await diagnose(scopeWithoutRequest(userId));
    expect(outcomes(steps)).toEqual(["reconnect_needed", "skipped", "skipped", "skipped"]);
    expect(steps[0]?.detail).toContain("AADSTS50173");
    expect((await diagnose(scopeWithoutRequest(userId)))[0]?.detail).toContain("AADSTS50173");
  });

  it("a look at a connection finds a mailbox that is not there", async () => {
    const { userId } = await connected("withoutMailbox");
    const [, profile, calendar] = await diagnose(scopeWithoutRequest(userId));
    expect(profile?.outcome).toBe("ok");
    expect(calendar).toMatchObject({ outcome: "no_mailbox", status: 404 });
  });

  it("a look at a connection finds an account without Teams", async () => {
    const { userId } = await connected("withoutTeams");
    expect((await diagnose(scopeWithoutRequest(userId)))[2]?.outcome).toBe("no_teams");
  });

  it("a look at a connection finds an event that someone deleted", async () => {
    const { userId, email } = await connected();
    const { id } = await stage.control.createEvent(email, event);
    await addMeeting(userId, id);
    await stage.control.deleteEvent(email, id);
    expect((await diagnose(scopeWithoutRequest(userId)))[3]).toMatchObject({ outcome: "gone", status: 404 });
  });

  it("a look at a connection tells how long Microsoft asks to wait", async () => {
    const { userId, email } = await connected();
    await stage.control.graphFault({ account: email, path: "/me/calendar", status: 429, retryAfter: "12" });
    const calendar = (await diagnose(scopeWithoutRequest(userId)))[2];
    expect(calendar).toMatchObject({ outcome: "throttled", status: 429, retryAfterSeconds: 12 });
  });

  it("a look at a connection gives up on a call that gets no answer, and goes on with the next", async () => {
    const { userId, email } = await connected();
    await stage.control.graphFault({ account: email, path: "/me", outcome: "hang" });
    const steps = await diagnose(scopeWithoutRequest(userId));
    expect(outcomes(steps).slice(0, 3)).toEqual(["ok", "timeout", "ok"]);
    expect(steps[1]?.status).toBeNull();
  });

  it("a look at a connection tells the server's own fault from the organizer's", async () => {
    const { userId } = await connected();
    await stage.control.tokenFault({ status: 401, error: "invalid_client", aadsts: 7000222 });
    expect((await diagnose(scopeWithoutRequest(userId)))[0]).toMatchObject({
      outcome: "misconfigured",
      status: 401,
    });
  });
});

describe("who may look", () => {
  const form = (userId: string) => {
    const data = new FormData();
    data.set("userId", userId);
    return data;
  };
  const signIn = async (userId: string) => {
    request.cookies.clear();
    await openSession({ userId, sessionEpoch: 0 });
  };

  it("a look at a connection is an organizer's at their own, whatever the form says", async () => {
    const { userId } = await connected();
    await signIn(await addOrganizer());
    const state = await diagnoseConnection(openDiagnosis, form(userId));
    expect(state.steps[0]?.text).toContain("No Microsoft account is connected");
  });

  it("a look at a connection is an admin's at anyone's, and no organizer's at another's", async () => {
    const { userId } = await connected();
    const other = await addOrganizer();
    await signIn(other);
    await expect(diagnoseOrganizer(openDiagnosis, form(userId))).rejects.toMatchObject({
      digest: expect.stringContaining("404"),
    });
    await db().user.update({ where: { id: other }, data: { role: "admin" } });
    expect(await diagnoseOrganizer(openDiagnosis, form(userId))).toMatchObject({ tone: "success" });
  });
});
