import { randomBytes } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { addMicrosoftAccount, connectTeams, microsoft, signUp } from "@/tests/e2e/people";
import { PASSWORD } from "@/tests/emulator/seed";

const cardOf = (page: Page) => page.getByRole("region", { name: "Microsoft Teams" });

/** As far as Microsoft's question whether to allow it. */
async function signInAtMicrosoft(page: Page, email: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("says what Microsoft will ask for before it leads there, and who is connected after", async ({
  page,
}) => {
  await signUp(page);
  await page.goto("/account/integrations");
  await expect(cardOf(page).getByText("Not connected")).toBeVisible();
  for (const line of [
    "Read and create your online meetings",
    "Read and write your calendar",
    "Read your profile",
    "Maintain access to data you have given it access to",
  ]) {
    await expect(cardOf(page).getByText(line)).toBeVisible();
  }
  const account = await addMicrosoftAccount();
  await connectTeams(page, account);
  await expect(cardOf(page).getByText("Connected", { exact: true })).toBeVisible();
  await expect(cardOf(page).getByText(`Connected — ${account}`)).toBeVisible();
});

test("says that the permissions were declined, and leaves everything as it was", async ({ page }) => {
  await signUp(page);
  await page.goto("/account/integrations");
  await cardOf(page).getByRole("link", { name: "Connect Microsoft Teams" }).click();
  await signInAtMicrosoft(page, await addMicrosoftAccount());
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("alert").getByText("You declined the permissions")).toBeVisible();
  await expect(page.getByRole("alert").getByText(/For support: declined · \w{4}-\w{4}/)).toBeVisible();
  await expect(cardOf(page).getByRole("link", { name: "Connect Microsoft Teams" })).toBeVisible();
});

test("asks to reconnect when Microsoft ended the access, and one press fixes it", async ({ page }) => {
  await signUp(page);
  const account = await addMicrosoftAccount();
  await connectTeams(page, account);
  await microsoft.revokeSessions(account);
  await cardOf(page).getByRole("button", { name: "Diagnose" }).click();
  await expect(cardOf(page).getByText("Action needed")).toBeVisible();
  await expect(cardOf(page).getByText(/AADSTS50173/)).toBeVisible();
  await expect(cardOf(page).getByText("Reconnect needed").first()).toBeVisible();
  await cardOf(page).getByRole("button", { name: "Reconnect" }).click();
  const password = page.getByLabel("Password");
  const connected = cardOf(page).getByText(`Connected — ${account}`);
  await expect(password.or(connected)).toBeVisible();
  if (await password.isVisible()) {
    await password.fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  }
  await expect(connected).toBeVisible();
  await expect(cardOf(page).getByText("Reconnect needed")).toHaveCount(0);
});

test("tells a personal account what works and what does not", async ({ page }) => {
  await signUp(page);
  const email = `person-${randomBytes(4).toString("hex")}@outlook.example`;
  await microsoft.addAccount({ tenant: "consumers", email, name: "A Person" });
  await connectTeams(page, email);
  const sentence = "Personal Microsoft account: your calendar works, Teams meetings do not";
  await expect(cardOf(page).getByText("Limited", { exact: true })).toBeVisible();
  await expect(cardOf(page).getByText(sentence)).toBeVisible();
  await expect(cardOf(page).getByRole("link", { name: "Connect Microsoft Account" })).toBeVisible();
});

test("disconnects after asking, with the safe choice first", async ({ page }) => {
  await signUp(page);
  const account = await addMicrosoftAccount();
  await connectTeams(page, account);
  const trigger = cardOf(page).getByRole("button", { name: "Disconnect" });
  await trigger.click();
  const dialog = page.getByRole("dialog", { name: "Disconnect Microsoft Teams?" });
  await expect(dialog.getByText(account)).toBeVisible();
  await expect(dialog.getByRole("link", { name: "go to Microsoft" })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Keep connected" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(cardOf(page).getByText(`Connected — ${account}`)).toBeVisible();
  await trigger.click();
  await dialog.getByRole("button", { name: "Disconnect" }).click();
  await expect(cardOf(page).getByRole("link", { name: "Connect Microsoft Teams" })).toBeVisible();
});

test("looks at a connection without JavaScript too", async ({ page, browser }) => {
  await signUp(page);
  await connectTeams(page, await addMicrosoftAccount());
  const storageState = await page.context().storageState();
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState });
  const plainPage = await plain.newPage();
  await plainPage.goto("/account/integrations");
  await cardOf(plainPage).getByRole("button", { name: "Diagnose" }).click();
  await expect(cardOf(plainPage).getByText("Everything works")).toBeVisible();
  await plain.close();
});
