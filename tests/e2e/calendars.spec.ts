import { expect, type Page, test } from "@playwright/test";
import { addMicrosoftAccount, connectTeams, microsoft, openSection, signUp } from "@/tests/e2e/people";
import { PASSWORD } from "@/tests/emulator/seed";

/** The choice of calendars must do all of this before a script has come, and with it. */
for (const javaScriptEnabled of [true, false]) {
  test(`keeps which calendars count, where bookings go and what happens in an outage, ${javaScriptEnabled ? "with" : "without"} scripts`, async ({
    page,
    browser,
  }) => {
    const storageState = await connectWithCalendars(page);
    const visit = await browser.newContext({ javaScriptEnabled, storageState });
    const form = await openCalendars(await visit.newPage());
    await expect(form.getByLabel("Calendar (your main calendar)")).toBeChecked();
    await expect(form.getByLabel("Birthdays (read-only)")).not.toBeChecked();
    const target = form.getByLabel("Add bookings to");
    await expect(target.getByRole("option", { name: /Birthdays/ })).toHaveCount(0);

    await form.getByLabel("Projects", { exact: true }).check();
    await target.selectOption({ label: "Projects (Teams bookings go to your main calendar)" });
    await form.getByLabel("Tentative").uncheck();
    await form.getByLabel("Offer times only if Outlook was read in the last").selectOption("30 minutes");
    await form.getByLabel("Accept it if Outlook was read in the last minute").check();
    await form.getByRole("button", { name: "Save calendars" }).click();
    await expect(form.getByText("Saved. Your available times now follow these settings.")).toBeVisible();

    const again = await openCalendars(await visit.newPage());
    await expect(again.getByLabel("Projects", { exact: true })).toBeChecked();
    await expect(again.getByLabel("Add bookings to").locator("option:checked")).toHaveText(/^Projects/);
    await expect(again.getByLabel("Tentative")).not.toBeChecked();
    await expect(again.getByLabel("Busy")).toBeChecked();
    await expect(again.getByLabel("Offer times only if Outlook was read in the last")).toHaveValue("30");
    await expect(again.getByLabel("Accept it if Outlook was read in the last minute")).toBeChecked();

    const hours = await visit.newPage();
    await hours.goto("/account/availability");
    await hours.getByRole("button", { name: "Copy my hours from Outlook" }).click();
    await expect(hours.getByText(/^These are your work hours from Outlook/)).toBeVisible();
    await expect(hours.getByRole("link", { name: "Outlook hours" })).toHaveAttribute("aria-current", "page");
    await visit.close();
  });
}

test("says in the editor that no Teams meeting is made while the calendar is only read", async ({ page }) => {
  await connectWithCalendars(page);
  const form = await openCalendars(page);
  await form.getByLabel("Add bookings to").selectOption("No calendar (read-only)");
  await form.getByRole("button", { name: "Save calendars" }).click();
  await expect(form.getByText("Saved. Your available times now follow these settings.")).toBeVisible();

  await page.goto("/account/event-types");
  await page.getByRole("link", { name: "Online appointment", exact: true }).click();
  await openSection(page, "Location");
  const warning = page.getByText("Bellhop can only read your calendar, so it can't create Teams meetings");
  await expect(warning).toBeVisible();
  await page.getByRole("combobox", { name: "Location" }).selectOption({ label: "Phone call" });
  await expect(warning).toBeHidden();
  await page
    .getByRole("combobox", { name: "Location" })
    .selectOption({ label: "Microsoft Teams — auto-create a Teams meeting" });
  await page.getByRole("link", { name: "Choose a calendar for bookings" }).click();
  await expect(page).toHaveURL(/\/account\/integrations#calendars$/);
});

test("says in the editor that an account without Teams gets no Teams meetings", async ({ page }) => {
  await signUp(page);
  await connectTeams(page, await addMicrosoftAccount({ hasTeams: false }));
  await page.goto("/account/event-types");
  await page.getByRole("link", { name: "Online appointment", exact: true }).click();
  await openSection(page, "Location");
  await expect(
    page.getByText("This account has no Teams: your calendar works, Teams meetings do not"),
  ).toBeVisible();
  await expect(page.getByText(/Without one, they're added to your calendar without a link/)).toBeVisible();
});

/** An organizer whose account has a calendar of its own, another one to write to and one that may only be read. */
async function connectWithCalendars(page: Page) {
  await signUp(page);
  const account = await addMicrosoftAccount();
  await microsoft.addCalendar(account, { name: "Projects" });
  await microsoft.addCalendar(account, { name: "Birthdays", canEdit: false });
  await connectTeams(page, account);
  return page.context().storageState();
}

/** The panel of calendars, once Bellhop has read which there are. */
async function openCalendars(page: Page) {
  const panel = page.getByRole("region", { name: "Your calendars" });
  await expect
    .poll(async () => {
      await page.goto("/account/integrations");
      return panel.getByRole("button", { name: "Save calendars" }).count();
    })
    .toBe(1);
  return panel;
}

test("a visitor sees their own Outlook calendar beside the times, and stops it, without a script", async ({
  page,
  browser,
}) => {
  const { handle } = await signUp(page);
  const email = await addMicrosoftAccount();
  const at = (days: number) => ({
    dateTime: new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19),
    timeZone: "UTC",
  });
  await microsoft.createEvent(email, { subject: "Away", start: at(0), end: at(30) });
  const context = await browser.newContext({ javaScriptEnabled: false });
  const visitor = await context.newPage();
  await visitor.goto(`/${handle}/appointment`);
  const busy = visitor.getByRole("radio", { name: /You're busy$/ });
  await expect(visitor.getByRole("radio", { name: /^\d\d:\d\d/ }).first()).toBeAttached();
  await expect(busy).toHaveCount(0);
  await visitor.getByRole("button", { name: "Show my Outlook calendar" }).click();
  await visitor.getByLabel("Email").fill(email);
  await visitor.getByLabel("Password").fill(PASSWORD);
  await visitor.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(visitor.getByText("Read basic details of your calendars")).toBeVisible();
  await visitor.getByRole("button", { name: "Accept" }).click();
  await expect(visitor).toHaveURL(new RegExp(`/${handle}/appointment$`));
  await expect(busy.first()).toBeAttached();
  await expect(visitor.getByText(/^Times when you're busy are marked/)).toBeVisible();
  await visitor.getByRole("button", { name: "Stop showing my calendar" }).click();
  await expect(visitor.getByRole("button", { name: "Show my Outlook calendar" })).toBeVisible();
  await expect(busy).toHaveCount(0);
  await context.close();
});
