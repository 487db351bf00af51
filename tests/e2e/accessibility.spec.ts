import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { addMicrosoftAccount, connectTeams, fillBookingForm, type Person, signUp } from "@/tests/e2e/people";

const looks = [
  { width: 1280, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
  { width: 390, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
] as const;

/** Looks at each page in each look: axe finds nothing, nothing scrolls sideways, the console is silent. */
async function examine(browser: Browser, paths: string[], context?: BrowserContext): Promise<void> {
  const storageState = await context?.storageState();
  for (const { width, colorScheme } of looks) {
    const visit = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      ...(storageState ? { storageState } : {}),
    });
    const page = await visit.newPage();
    const said: string[] = [];
    page.on("console", (message) => {
      const isMissingPage = message.text().includes("404 (Not Found)");
      if (["error", "warning"].includes(message.type()) && !isMissingPage) said.push(message.text());
    });
    page.on("pageerror", (error) => said.push(error.message));
    for (const path of paths) {
      said.length = 0;
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
        .analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
      const where = `${path} at ${width}, ${colorScheme}`;
      expect.soft(found, where).toEqual([]);
      expect
        .soft(
          await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
          `${where} scrolls sideways`,
        )
        .toBe(true);
      expect.soft(said, `the console of ${where}`).toEqual([]);
    }
    await visit.close();
  }
}

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
