import { type CDPSession, expect, type Page, test } from "@playwright/test";
import { signUp } from "@/tests/e2e/people";

/* With Chromium's virtual authenticator: a device that verifies its holder and keeps passkeys by itself. */

async function plugIn(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

/** A browser that doesn't offer passkeys at the email field, so that only the button is left. */
async function withoutFillingIn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
}

/** Signs out, by the page of signed-in devices, which also works where a menu would not fit. */
async function signOutHere(page: Page): Promise<void> {
  await page.goto("/account/security");
  // A passkey that the browser offers by itself may have left the page again a moment later.
  const signedOut = page.waitForURL(/\/sign-in/, { waitUntil: "commit" });
  await page.getByRole("listitem").filter({ hasText: "This browser" }).getByRole("button").click();
  await signedOut;
}

const row = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ hasText: name }).filter({ hasText: "On one device" });

test("an organizer adds a passkey, gives up the password, and signs in with the passkey alone", async ({
  page,
}) => {
  await withoutFillingIn(page);
  const { cdp, authenticatorId } = await plugIn(page);
  const person = await signUp(page);
  await page.goto("/account/security");
  await expect(page.getByText("You have no passkeys yet.")).toBeVisible();
  await page.getByLabel("Passkey name").fill("Test laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(row(page, "Test laptop")).toBeVisible();
  const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId });
  expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: "localhost" }]);

  await page.getByRole("button", { name: "Remove password" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove password" }).click();
  await expect(page.getByText("You have no password")).toBeVisible();
  await page.getByRole("button", { name: "Remove Test laptop" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("This is your only way to sign in")).toBeVisible();

  await signOutHere(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL(/\/account\/bookings$/);
  await expect(page.getByText(person.name).first()).toBeAttached();
});

test("a passkey is offered where the browser fills in the email", async ({ page }) => {
  await plugIn(page);
  const person = await signUp(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(row(page, "Passkey")).toBeVisible();
  await signOutHere(page);
  // No press at all: the virtual device takes the offer of the email field at once.
  await expect(page).toHaveURL(/\/account\/bookings$/);
  await expect(page.getByText(person.name).first()).toBeAttached();
});

test("a passkey is renamed and removed, and then opens nothing", async ({ page }) => {
  await withoutFillingIn(page);
  await plugIn(page);
  await signUp(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const passkey = row(page, "Passkey");
  await expect(passkey).toBeVisible();
  await passkey.getByText("Rename").click();
  await page.getByLabel("New name for Passkey").fill("Old phone");
  await passkey.getByRole("button", { name: "Save" }).click();
  await expect(row(page, "Old phone")).toBeVisible();
  await page.getByRole("button", { name: "Remove Old phone" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("You have no passkeys yet.")).toBeVisible();

  await signOutHere(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: "This passkey opens no account here" }),
  ).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a device that doesn't verify its holder opens nothing", async ({ page }) => {
  await withoutFillingIn(page);
  const { cdp, authenticatorId } = await plugIn(page);
  await signUp(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(row(page, "Passkey")).toBeVisible();
  await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await signOutHere(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "No passkey was used" })).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in/);
});
