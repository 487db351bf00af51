import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import { rulesOfColour, standards } from "@/tests/e2e/standards";

/**
 * Looks at each page wide and narrow, light and dark: axe finds nothing, nothing scrolls sideways, the console is silent, and where motion
 * is welcome nothing moves by itself.
 * A page is opened once; its width and its theme change under it, as they may under a visitor.
 */
export async function examine(browser: Browser, paths: string[], context?: BrowserContext): Promise<void> {
  const storageState = await context?.storageState();
  const visit = await browser.newContext({
    // A colour on its way to another one is not the colour to judge.
    reducedMotion: "reduce",
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
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(path);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: "light" });
      await expectNothingFound(page, `${path} at ${width}, light`);
      await page.emulateMedia({ colorScheme: "dark" });
      await expectNothingFound(page, `${path} at ${width}, dark`, { type: "rule", values: rulesOfColour });
      expect
        .soft(
          await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
          `${path} at ${width} scrolls sideways`,
        )
        .toBe(true);
    }
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await expect.poll(() => page.evaluate(whatMoves), `what moves on ${path}, at rest`).toEqual([]);
    await page.emulateMedia({ reducedMotion: "reduce" });
    expect.soft(said, `the console of ${path}`).toEqual([]);
  }
  await visit.close();
}

/** What is animated, seen or not: each frame of it costs a phone's battery. Runs in the page. */
const whatMoves = () =>
  document.getAnimations().map(({ effect }) => (effect as KeyframeEffect).target?.outerHTML.slice(0, 200));

/** axe finds nothing on a page as it is now. */
export async function expectNothingFound(
  page: Page,
  where = page.url(),
  runOnly: { type: "tag" | "rule"; values: string[] } = { type: "tag", values: standards },
): Promise<void> {
  // No page of ours has frames: looking at it in one go, without a second page to gather in, takes half the time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ runOnly, resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  expect.soft(found, where).toEqual([]);
}
