import { type Browser, expect, type Page, test } from "@playwright/test";
import { examine } from "@/tests/e2e/examine";
import { addMicrosoftAccount, connectTeams, fillBookingForm, type Person, signUp } from "@/tests/e2e/people";

test.describe.configure({ timeout: 180_000 });

test("the pages of everybody are accessible, light and dark, wide and narrow", async ({ browser }) => {
  await examine(browser, [
    "/",
    "/sign-in",
    "/sign-up",
    "/forgot-password",
    "/booking/unknown",
    "/j/unknown",
    "/nobody",
  ]);
});

test("the pages of an organizer are accessible, light and dark, wide and narrow", async ({
  page,
  browser,
}) => {
  const organizer = await prepared(page);
  await book(browser, organizer);
  await examine(
    browser,
    [
      "/account/bookings",
      "/account/event-types",
      "/account/event-types/new",
      "/account/availability",
      "/account/integrations",
      "/account/profile",
      "/account/developer",
    ],
    page.context(),
  );
});

test("the pages of a visitor are accessible, light and dark, wide and narrow", async ({ page, browser }) => {
  const organizer = await prepared(page);
  const manage = await book(browser, organizer);
  await examine(browser, [`/${organizer.handle}`, `/${organizer.handle}/appointment`, manage]);
});

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
