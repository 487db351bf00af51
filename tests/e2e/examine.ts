import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, expect } from "@playwright/test";

const looks = [
  { width: 1280, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
  { width: 390, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
] as const;

/** Looks at each page in each look: axe finds nothing, nothing scrolls sideways, the console is silent. */
export async function examine(browser: Browser, paths: string[], context?: BrowserContext): Promise<void> {
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
