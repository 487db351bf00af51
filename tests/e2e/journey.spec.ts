import { expect, test } from "@playwright/test";
import {
  addMicrosoftAccount,
  connectTeams,
  connectTeamsByHand,
  emulatorUrl,
  fillBookingForm,
  microsoft,
  signUp,
  signUpByHand,
  timeOfDay,
} from "@/tests/e2e/people";

test("a new organizer connects Microsoft, a visitor books, Outlook holds one event with the verified link", async ({
  page,
  browser,
}) => {
  const organizer = await signUpByHand(page);
  const account = await addMicrosoftAccount();
  await connectTeamsByHand(page, account);
  const card = page.getByRole("region", { name: "Microsoft Teams" });
  await expect(card.getByText("Connected", { exact: true })).toBeVisible();
  await expect(card.getByText(`Connected — ${account}`)).toBeVisible();

  const visitorPage = await (await browser.newContext()).newPage();
  await fillBookingForm(visitorPage, `/${organizer.handle}/appointment`);
  await visitorPage.getByRole("button", { name: "Confirm booking" }).click();
  await expect(visitorPage).toHaveURL(/\/booking\//);
  await expect(visitorPage.getByText("Confirmed, link verified").first()).toBeVisible();
  await expect(visitorPage.getByRole("link", { name: "Join Microsoft Teams meeting" })).toBeVisible();

  const { events, sentInvitations } = await microsoft.mailbox(account);
  expect(events).toHaveLength(1);
  expect(sentInvitations).toHaveLength(1);

  await page.goto(`${emulatorUrl}/outlook`);
  await page.goto("/account/bookings");
  await expect(page.getByText("Vera Visitor").first()).toBeVisible();
  await expect(page.getByText("Link verified").filter({ visible: true }).first()).toBeVisible();
});

test("a visitor moves and cancels a booking, and Outlook follows", async ({ page, browser }) => {
  const organizer = await signUp(page);
  const account = await addMicrosoftAccount();
  await connectTeams(page, account);
  const visitorPage = await (await browser.newContext()).newPage();
  await fillBookingForm(visitorPage, `/${organizer.handle}/appointment`);
  await visitorPage.getByRole("button", { name: "Confirm booking" }).click();
  await expect(visitorPage.getByText("Confirmed, link verified").first()).toBeVisible();
  const [before] = (await microsoft.mailbox(account)).events;

  await visitorPage.getByRole("link", { name: "Reschedule" }).click();
  await visitorPage.getByRole("radio", { name: timeOfDay }).last().check({ force: true });
  await visitorPage
    .getByRole("button", { name: /Move|Reschedule|Confirm/ })
    .first()
    .click();
  await expect(visitorPage).toHaveURL(/\/booking\/[^/]+$/);
  await expect
    .poll(async () => (await microsoft.mailbox(account)).events[0]?.start?.dateTime)
    .not.toBe(before?.start?.dateTime);
  const [after, ...others] = (await microsoft.mailbox(account)).events;
  expect(others).toEqual([]);
  expect(after?.onlineMeeting?.joinUrl).toBe(before?.onlineMeeting?.joinUrl);

  await visitorPage.getByText("Cancel booking").first().click();
  await visitorPage.getByRole("button", { name: "Cancel booking" }).last().click();
  await expect(visitorPage.getByText(/cancelled/i).first()).toBeVisible();
  await expect.poll(async () => (await microsoft.mailbox(account)).events.length).toBe(0);
});

test("a visitor books with JavaScript off", async ({ page, browser }) => {
  const organizer = await signUp(page);
  const account = await addMicrosoftAccount();
  await connectTeams(page, account);
  const visitorPage = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await fillBookingForm(visitorPage, `/${organizer.handle}/appointment`);
  await visitorPage.getByLabel("Email").fill("no-ending@example");
  await visitorPage.getByRole("button", { name: "Confirm booking" }).click();
  await expect(visitorPage.getByText("has no ending")).toBeVisible();
  await expect(visitorPage.getByLabel("Your name")).toHaveValue("Vera Visitor");
  await visitorPage.getByLabel("Email").fill("vera@example.org");
  await visitorPage.getByRole("button", { name: "Confirm booking" }).click();
  await expect(visitorPage).toHaveURL(/\/booking\//);
  await expect
    .poll(async () => {
      await visitorPage.reload();
      return visitorPage.getByText("Confirmed, link verified").count();
    })
    .toBeGreaterThan(0);
});
