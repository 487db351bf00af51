import { expect, type Page, test } from "@playwright/test";
import { addMicrosoftAccount, signUp } from "@/tests/e2e/people";
import { PASSWORD } from "@/tests/emulator/seed";

/** Answers Microsoft's pages. */
async function passMicrosoft(page: Page, email: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Accept" }).click();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("a newcomer signs in with Microsoft, and no calendar is connected by it", async ({ page }) => {
      const email = await addMicrosoftAccount();
      await page.goto("/sign-in?returnTo=/account/integrations");
      await page.getByRole("button", { name: "Sign in with Microsoft" }).click();
      await passMicrosoft(page, email);
      await expect(page).toHaveURL(/\/account\/integrations$/);
      const card = page.getByRole("region", { name: "Microsoft Teams" });
      await expect(card.getByText("Connect Microsoft Teams").first()).toBeVisible();
      await page.goto("/account/security");
      await expect(page.getByRole("main").getByText(email, { exact: true })).toBeVisible();
      await expect(page.getByText("You have no password")).toBeVisible();
    });

    test("an organizer links a Microsoft account, signs in with it, and signs other devices out", async ({
      page,
      browser,
    }) => {
      const person = await signUp(page);
      const email = await addMicrosoftAccount();
      await page.goto("/account/security");
      await page.getByRole("button", { name: "Link Microsoft account" }).click();
      await passMicrosoft(page, email);
      await expect(page).toHaveURL(/\/account\/security$/);
      await expect(page.getByRole("main").getByText(email, { exact: true })).toBeVisible();

      const elsewhere = await (await browser.newContext({ javaScriptEnabled })).newPage();
      await elsewhere.goto("/sign-in");
      await elsewhere.getByRole("button", { name: "Sign in with Microsoft" }).click();
      await elsewhere.getByLabel("Email").fill(email);
      await elsewhere.getByLabel("Password").fill(PASSWORD);
      await elsewhere.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(elsewhere).toHaveURL(/\/account\/bookings$/);
      await expect(elsewhere.getByText(person.name).first()).toBeAttached();

      await page.reload();
      await expect(page.getByText("This browser")).toBeVisible();
      await expect(page.getByRole("button", { name: /^Sign out Chrome/ })).toHaveCount(2);
      await page
        .getByRole("listitem")
        .filter({ hasText: "Last seen" })
        .filter({ hasNotText: "This browser" })
        .getByRole("button")
        .click();
      await expect(page.getByRole("button", { name: /^Sign out Chrome/ })).toHaveCount(1);
      await elsewhere.goto("/account/bookings");
      await expect(elsewhere).toHaveURL(/\/sign-in/);
      await elsewhere.context().close();
    });
  });
}

test("an unknown Microsoft account with a known address is told how to get in", async ({ page, browser }) => {
  const email = await addMicrosoftAccount();
  const { request } = page;
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Known Person");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/account/);
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto("/sign-in");
  await stranger.getByRole("button", { name: "Sign in with Microsoft" }).click();
  await passMicrosoft(stranger, email);
  await expect(stranger.getByText("Sign in as you used to, then link")).toBeVisible();
  await expect(stranger).toHaveURL(/\/sign-in\?/);
  expect((await request.get("/account/bookings")).ok()).toBe(true);
  await stranger.context().close();
});
