import { expect, type Page, test } from "@playwright/test";
import { examine } from "@/tests/e2e/examine";
import { type FreshServer, startFreshServer } from "@/tests/e2e/fresh-server";
import { signUp } from "@/tests/e2e/people";
import { CONTOSO_TENANT_ID, PASSWORD, SEEDED_APP } from "@/tests/emulator/seed";

let server: FreshServer | undefined;
let url = "";
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  server = await startFreshServer();
  ({ url } = server);
});
test.afterAll(() => server?.stop());

const field = (page: Page, label: string) => page.getByLabel(label);
const secret = "Client secret (Value column)";

test("an admin sets up Microsoft Teams, tries it, and offers it", async ({ browser }) => {
  const page = await (await browser.newContext({ baseURL: url })).newPage();
  await signUp(page);
  const card = page.getByRole("region", { name: "Microsoft Teams" });

  await test.step("before, the card says that OAuth isn't configured", async () => {
    await page.goto("/account/integrations");
    await expect(card.getByText("OAuth isn't configured on this server yet")).toBeVisible();
    await card.getByRole("link", { name: "Set up Microsoft Teams" }).click();
    await expect(page).toHaveURL(/\/admin$/);
  });

  await test.step("each value is looked at as one goes", async () => {
    await expect(page.getByText(`${url}/api/teams/callback`).first()).toBeVisible();
    await field(page, "Application (client) ID").fill("isn't a GUID");
    await field(page, secret).fill(SEEDED_APP.clientId);
    await expect(page.getByText("This isn't a client ID")).toBeVisible();
    await field(page, "Redirect URI, as Entra shows it").fill(`${url}/api/teams/Callback/`);
    await expect(page.getByText("This is the Secret ID")).toBeVisible();
    await field(page, "Permissions").fill("https://graph.microsoft.com/.default User.Read");
    await expect(page.getByText("Differs from Bellhop's in 2 places")).toBeVisible();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert").first()).toContainText("Not saved");
    await expect(
      page.getByText(".default scope can't be combined with resource-specific scopes"),
    ).toBeVisible();
    await expect(field(page, "Application (client) ID")).toHaveValue("isn't a GUID");
  });

  await test.step("Check asks Microsoft, Save offers nothing yet", async () => {
    await field(page, "Application (client) ID").fill(SEEDED_APP.clientId);
    await field(page, secret).fill("another~secret");
    await field(page, "Redirect URI, as Entra shows it").fill(`${url}/api/teams/callback`);
    await field(page, "Permissions").fill(
      "OnlineMeetings.ReadWrite Calendars.ReadWrite offline_access User.Read",
    );
    await field(page, "Directory (tenant) ID").fill(CONTOSO_TENANT_ID);
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await expect(page.getByText(/AADSTS7000215/)).toBeVisible();
    await field(page, secret).fill(SEEDED_APP.clientSecret);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved. Now test the connection.")).toBeVisible();
    await expect(field(page, secret)).toHaveValue("");
    await expect(page.getByText("Saved, not offered yet")).toBeVisible();
    expect(await page.content()).not.toContain(SEEDED_APP.clientSecret);
    await page.goto("/account/integrations");
    await expect(card.getByText("OAuth isn't configured on this server yet")).toBeVisible();
  });

  await test.step("a declined test says so where it began", async () => {
    await page.goto("/admin");
    await page.getByRole("link", { name: "Test connection" }).click();
    await page.getByLabel("Email").fill("ines.moreau@contoso.example");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    const accept = page.getByRole("button", { name: "Accept" });
    const isAsked = accept.or(page.getByRole("heading", { name: "Microsoft setup" }));
    await expect(isAsked).toBeVisible();
    if (await accept.isVisible()) {
      await page.getByRole("button", { name: "Cancel" }).click();
      await expect(page).toHaveURL(/\/admin\?/);
      await expect(page.getByRole("alert").getByText("You declined the permissions")).toBeVisible();
      await page.getByRole("link", { name: "Test connection" }).click();
      await expect(accept.or(page.getByLabel("Password"))).toBeVisible();
      if (await page.getByLabel("Password").isVisible()) {
        await page.getByLabel("Password").fill(PASSWORD);
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
      }
      await accept.click();
    }
    await expect(page).toHaveURL(/\/admin$/);
    await expect(page.getByText(/It works: sign-in, permissions, calendar, and Teams/)).toBeVisible();
  });

  await test.step("the offer makes the card connectable, and keeps the admin unconnected", async () => {
    await page.getByRole("button", { name: "Offer Microsoft Teams" }).click();
    await expect(page.getByRole("button", { name: "Stop offering Microsoft Teams" })).toBeVisible();
    await page.goto("/account/integrations");
    await expect(card.getByText("Not connected")).toBeVisible();
  });

  await test.step("without JavaScript the form checks and saves too", async () => {
    const storageState = await page.context().storageState();
    const plain = await browser.newContext({ baseURL: url, javaScriptEnabled: false, storageState });
    const plainPage = await plain.newPage();
    await plainPage.goto("/admin");
    await field(plainPage, "Expiry date of the client secret").fill("2099-01-31");
    await plainPage.getByRole("button", { name: "Check", exact: true }).click();
    await expect(plainPage.getByText(/^Checked:/)).toBeVisible();
    await expect(field(plainPage, "Expiry date of the client secret")).toHaveValue("2099-01-31");
    await plainPage.getByRole("button", { name: "Save" }).click();
    await expect(plainPage.getByText(/^Saved\./)).toBeVisible();
    await plain.close();
  });

  await test.step("an organizer finds nothing at the admin's addresses", async () => {
    const other = await (await browser.newContext({ baseURL: url })).newPage();
    await signUp(other);
    for (const path of ["/admin", "/admin/connections", "/admin/connections/export"]) {
      expect((await other.request.get(path)).status(), path).toBe(404);
    }
  });

  await test.step("the admin's pages are accessible, light and dark, wide and narrow", async () => {
    await page.goto("/admin/connections");
    const detail = await page.getByRole("link", { name: /^Ada / }).first().getAttribute("href");
    const paths = ["/admin", "/admin/connections", detail ?? "", "/admin/users", "/admin/abuse"];
    await examine(
      browser,
      paths.map((path) => `${url}${path}`),
      page.context(),
    );
  });
});
