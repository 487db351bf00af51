/** `DEMO_URL=… tsx scripts/pictures.ts`: takes the pictures of the README and the tour (public/images) from a running demo. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import sharp from "sharp";
import { copiesOf } from "@/lib/help/pictures";
import { connectOutlook, openBrowser, readIn, signIn, visit } from "@/scripts/demo-visit";

const folder = path.join("public", "images");
const wide = { width: 1200, height: 800, scale: 1.5 } as const;
const phone = { width: 390, height: 780, scale: 2 } as const;

const browser = await openBrowser();
mkdirSync(folder, { recursive: true });

for (const theme of ["light", "dark"] as const) {
  await picture(
    await visit(browser, { ...wide, theme }),
    `booking-${theme}`,
    "/ines/first-consultation",
    choose,
  );
}
await picture(await visit(browser, { ...phone, language: "ar" }), "booking-ar", "/ines/first-consultation");
await picture(await visit(browser, wide), "team", "/moreau-partners/phone-advice", choose);

const desk = await visit(browser, wide);
const ines = await signIn(desk, "ines");
await readIn(ines, "en");
await connectOutlook(ines);
await picture(desk, "bookings", "/account/bookings");
const night = await visit(browser, { ...wide, theme: "dark" });
await signIn(night, "ines");
const list = await night.newPage();
await list.goto("/account/bookings");
const booking = await list.getByRole("link", { name: "Nora Byrne" }).first().getAttribute("href");
await picture(night, "activity-dark", booking ?? "/account/bookings");
await browser.close();

/** A whole month ahead, with a time chosen. */
async function choose(page: Page): Promise<void> {
  await page.locator("a[rel=next]").click();
  await page.waitForURL(/month=|day=/);
  await page
    .getByRole("radio", { name: /^\d{1,2}:\d{2}/ })
    .nth(3)
    .check({ force: true });
  await page.evaluate(() => scrollTo(0, 0));
}

async function picture(
  context: BrowserContext,
  name: string,
  address: string,
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  const page = await context.newPage();
  await page.goto(address);
  await prepare(page);
  await page.evaluate(() => document.fonts.ready);
  const shown = await page.screenshot({ caret: "hide" });
  await write(shown, `${name}.webp`);
  for (const copy of copiesOf(`${name}.webp`)) await write(shown, copy.name, copy.width);
  await page.close();
}

async function write(shown: Buffer, file: string, width?: number): Promise<void> {
  const small = await sharp(shown)
    .resize(width === undefined ? {} : { width })
    .webp({ quality: 78, effort: 6, smartSubsample: true })
    .toBuffer();
  writeFileSync(path.join(folder, file), small);
  process.stdout.write(`${file}  ${Math.round(small.byteLength / 1024)} KiB\n`);
}
