/** A browser at the demo: what pictures and the look at accessibility need of it. */
import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";

/** Where the demo is: `DEMO_URL`, or the address that it has by itself. */
export const demoUrl = process.env.DEMO_URL ?? "http://localhost:3000";

const password = "demo-password-1";
const clock = { locale: "en-GB", timezoneId: "Europe/Paris" };

/** A Chromium: the one named by PLAYWRIGHT_CHROMIUM_PATH, the system's, or Playwright's own. */
export function openBrowser(): Promise<Browser> {
  const known = [process.env.PLAYWRIGHT_CHROMIUM_PATH, "/usr/bin/chromium"];
  const executablePath = known.find((file) => file && existsSync(file));
  return chromium.launch({ args: ["--no-sandbox"], ...(executablePath ? { executablePath } : {}) });
}

interface Visit {
  /** CSS pixels */
  width?: number;
  height?: number;
  theme?: "light" | "dark";
  /** BCP 47 */
  language?: string;
  /** Pixels of the picture for each CSS pixel. */
  scale?: number;
}

/** A visit of its own, signed in as no one. */
export function visit(
  browser: Browser,
  { width = 1280, height = 900, ...more }: Visit = {},
): Promise<BrowserContext> {
  return browser.newContext({
    ...clock,
    baseURL: demoUrl,
    viewport: { width, height },
    colorScheme: more.theme ?? "light",
    reducedMotion: "reduce",
    deviceScaleFactor: more.scale ?? 1,
    ...(more.language ? { locale: more.language } : {}),
  });
}

/** Signs in as one of the demo's people, in a visit that isn't signed in. */
export async function signIn(context: BrowserContext, name: "ines" | "admin"): Promise<Page> {
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.locator("input[name=email]").fill(`${name}@bellhop.example`);
  await page.locator("input[name=password]").fill(password);
  await Promise.all([
    page.waitForURL((url) => !url.pathname.startsWith("/sign-in")),
    page.locator("input[name=password]").press("Enter"),
  ]);
  return page;
}

/** Connects Ines to her Outlook at the emulator, unless she is. */
export async function connectOutlook(page: Page): Promise<void> {
  await page.goto("/account/integrations");
  const connect = page
    .locator("a[href^='/api/teams/connect'], form[action^='/api/teams/connect'] button")
    .first();
  if ((await page.getByText("ines.moreau@contoso.example").count()) > 0) return;
  await connect.click();
  await page.locator("input[name=email]").fill("ines.moreau@contoso.example");
  await page.locator("input[name=password]").fill("Password1!");
  await page.locator("input[name=password]").press("Enter");
  await page.getByRole("button", { name: "Accept" }).click();
  await page.waitForURL(/\/account\/integrations/);
}

/** Chooses the language that someone's own pages are in. */
export async function readIn(page: Page, language: string): Promise<void> {
  await page.goto("/account/profile");
  const field = page.locator("select[name=language]");
  if ((await field.inputValue()) === language) return;
  await field.selectOption(language);
  await field.evaluate((select: HTMLSelectElement) => select.form?.requestSubmit());
  await page.waitForFunction((tag) => document.documentElement.lang === tag, language);
}
