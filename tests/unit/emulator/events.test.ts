import { afterAll, beforeAll, expect, test } from "vitest";
import { graphAs, IMMUTABLE, newAccount, type Stage, startStage, teamsEvent } from "./support";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.emulator.close());

test("smoke", async () => {
  const account = await newAccount(stage);
  const graph = await graphAs(stage, account);
  expect((await graph("GET", "/me")).body.displayName).toBe("Ada Byron");
  expect((await graph("GET", "/me/calendar")).body.allowedOnlineMeetingProviders).toEqual([
    "teamsForBusiness",
  ]);
  const made = await graph("POST", "/me/events", teamsEvent({ transactionId: "t1" }), IMMUTABLE);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const got = await graph("GET", `/me/events/${made.body.id}`, undefined, IMMUTABLE);
  expect(got.body.onlineMeeting.joinUrl).toMatch(
    /^https:\/\/teams.microsoft.com\/l\/meetup-join\/19%3ameeting_/,
  );
  const view = await graph(
    "GET",
    "/me/calendarView?startDateTime=2031-03-01T00:00:00Z&endDateTime=2031-03-08T00:00:00Z",
  );
  expect(view.body.value).toHaveLength(1);
  expect((await graph("POST", `/me/events/${made.body.id}/cancel`, { comment: "sorry" })).status).toBe(202);
  expect((await graph("DELETE", `/me/events/${made.body.id}`)).status).toBe(404);
});
