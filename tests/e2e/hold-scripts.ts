import type { Page, Route } from "@playwright/test";

/** Keeps all scripts of the next page on their way until they are released. */
export async function holdScripts(page: Page): Promise<() => Promise<void>> {
  const held: Route[] = [];
  let isHeld = true;
  const hold = (route: Route) => (isHeld ? void held.push(route) : route.continue());
  await page.route("**/*.js", hold);
  return async () => {
    isHeld = false;
    await Promise.all(held.map((route) => route.continue()));
    await page.unroute("**/*.js", hold);
  };
}
