import { type Browser, expect, type Page, test } from "@playwright/test";
import { examine } from "@/tests/e2e/examine";
import {
  addMicrosoftAccount,
  apiOf,
  bookBy,
  connectTeams,
  fillBookingForm,
  type Person,
  signUp,
} from "@/tests/e2e/people";

test("the pages of everyone are accessible, light and dark, wide and narrow", async ({ browser }) => {
  await examine(browser, [
    "/",
    "/sign-in",
    "/sign-up",
    "/forgot-password",
    "/booking/unknown",
    "/j/unknown",
    "/confirm/unknown",
    "/nobody",
  ]);
});

test("an organizer's bookings and event types are accessible, light and dark, wide and narrow", async ({
  page,
  browser,
}) => {
  const organizer = await prepared(page);
  await book(browser, organizer);
  const eventType = await firstEventType(page);
  await examine(
    browser,
    [
      "/account/bookings",
      "/account/bookings/week",
      "/account/event-types",
      "/account/event-types/new",
      "/account/event-types/import",
      eventType,
      `${eventType}#all-settings`,
      `${eventType}/troubleshoot`,
      `${eventType}/links`,
    ],
    page.context(),
  );
});

test("what is held back, and whom an organizer has blocked, is accessible, light and dark, wide and narrow", async ({
  page,
  browser,
}) => {
  const organizer = await prepared(page);
  await bookBy(page.request, organizer, { name: "Win www.win.example", fromDay: 1 });
  await examine(browser, ["/account/bookings?state=suspicious", "/account/bookings/blocked"], page.context());
});

test("an organizer's times and settings are accessible, light and dark, wide and narrow", async ({
  page,
  browser,
}) => {
  await prepared(page);
  await examine(
    browser,
    [
      "/account/availability",
      "/account/integrations",
      "/account/profile",
      "/account/security",
      "/account/developer",
    ],
    page.context(),
  );
});

/** A new organizer's team with one event type: its home, its editor, and its public page. */
async function makeTeam(page: Page) {
  const { handle } = await signUp(page);
  const api = await apiOf(page);
  const { id: userId } = await api.send("GET", "/me");
  const team = await api.send("POST", "/me/teams", { name: "Front desk", handle: `desk-${handle}` });
  await api.send("POST", `/teams/${team.id}/members`, { email: "someone@bellhop.example", role: "admin" });
  const eventType = await api.send("POST", `/teams/${team.id}/event-types`, {
    slug: "tour",
    title: "Tour",
    durationsMinutes: [30],
    location: { kind: "none" },
    hosts: [{ userId, kind: "rotating" }],
  });
  const home = `/account/teams/${team.id}`;
  return { home, editor: `${home}/event-types/${eventType.id}`, publicPage: `/desk-${handle}` };
}

test("the pages of a team are accessible, light and dark, wide and narrow", async ({ page, browser }) => {
  const { home, publicPage } = await makeTeam(page);
  const tabs = ["members", "bookings", "settings"].map((tab) => `${home}?tab=${tab}`);
  await examine(browser, ["/account/teams", home, ...tabs, publicPage], page.context());
});

test("the hosts of a team's event type are accessible, light and dark, wide and narrow", async ({
  page,
  browser,
}) => {
  const { editor } = await makeTeam(page);
  await examine(browser, [`${editor}#hosts`, "/account/teams/invitations/unknown"], page.context());
});

test("what a new organizer sees first is accessible, light and dark, wide and narrow", async ({
  page,
  browser,
}) => {
  await signUp(page);
  const eventType = await firstEventType(page);
  await examine(browser, ["/account/bookings", "/account/integrations", eventType], page.context());
});

test("the pages of a visitor are accessible, light and dark, wide and narrow", async ({ page, browser }) => {
  const organizer = await prepared(page);
  const manage = await book(browser, organizer);
  await examine(browser, [`/${organizer.handle}`, `/${organizer.handle}/appointment`, manage]);
});

/** The address of the editor of the one event type that a new organizer has. */
async function firstEventType(page: Page): Promise<string> {
  await page.goto("/account/event-types");
  const link = page.getByRole("link", { name: "Online appointment", exact: true });
  return (await link.getAttribute("href")) ?? "";
}

async function prepared(page: Page): Promise<Person> {
  const organizer = await signUp(page);
  await connectTeams(page, await addMicrosoftAccount());
  return organizer;
}

async function book(browser: Browser, organizer: Person): Promise<string> {
  const page = await (await browser.newContext()).newPage();
  await fillBookingForm(page, `/${organizer.handle}/appointment`);
  await page.getByRole("button", { name: "Confirm booking" }).click();
  await expect(page.getByText("Confirmed, link verified").first()).toBeVisible();
  return new URL(page.url()).pathname;
}
