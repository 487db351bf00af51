import { expect, test } from "@playwright/test";

declare global {
  interface Window {
    /** How far things have moved by themselves, by the browser's own count. */
    moved: number[];
  }
}

for (const viewport of [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
]) {
  test.describe(`${viewport.width} pixels wide`, () => {
    test.use({ viewport });

    test("nothing of the tour moves when its pictures come, and the first of them comes first", async ({
      page,
    }) => {
      let arrive = () => {};
      const arrival = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      const asked: string[] = [];
      await page.route("**/images/**", async (route) => {
        asked.push(new URL(route.request().url()).pathname);
        await arrival;
        await route.continue();
      });
      await page.goto("/help/tour", { waitUntil: "domcontentloaded" });
      await page.evaluate(async () => {
        await document.fonts.ready;
        window.moved = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            window.moved.push((entry as unknown as { value: number }).value);
        }).observe({ type: "layout-shift" });
      });
      const pictures = page.getByRole("article").locator("img");
      expect(await pictures.count()).toBeGreaterThan(4);
      const [first, ...others] = await pictures.evaluateAll((all: HTMLImageElement[]) =>
        all.map(({ loading, fetchPriority, width, height }) => ({ loading, fetchPriority, width, height })),
      );
      expect(first).toMatchObject({ loading: "auto", fetchPriority: "high" });
      for (const picture of others) expect(picture.loading).toBe("lazy");
      for (const { width, height } of [first, ...others].filter((one) => one !== undefined)) {
        expect(width).toBeGreaterThan(300);
        expect(height).toBeGreaterThan(200);
      }
      await expect.poll(() => asked.length).toBeGreaterThan(0);
      expect(asked[0]).toMatch(/booking-light-\d+\.webp$/);
      expect(asked).not.toContainEqual(expect.stringContaining("team"));
      arrive();
      for (const picture of await pictures.all()) {
        await picture.scrollIntoViewIfNeeded();
        await expect
          .poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0))
          .toBe(true);
      }
      // Two frames: the observer is told after what it reports was painted.
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      expect(await page.evaluate(() => window.moved)).toEqual([]);
      for (const name of asked) expect(name).toMatch(/-(?:320|640|768|1280)\.webp$/);
    });
  });
}
