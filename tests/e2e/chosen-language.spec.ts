/** People read in the language that they choose, and a booking stays in the one it was made in. */
import { randomUUID } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { type Person, signUp } from "@/tests/e2e/people";
import { readCatalogue } from "@/tests/support/catalogues";

/** A message of a language, by its whole key. */
const say = (tag: string, key: string) => readCatalogue(tag).get(key) ?? key;

const inGerman = (key: string) => say("de", key);

let organizer: Person;
let path: string;

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  organizer = await signUp(page);
  path = `/${organizer.handle}/appointment`;
  await page.close();
});

async function visitor(browser: Browser, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  return (await browser.newContext({ locale: "en-GB", ...options })).newPage();
}

const expectLanguage = (page: Page, lang: string, dir = "ltr") =>
  expect(page.locator(`html[lang="${lang}"][dir="${dir}"]`)).toHaveCount(1);

for (const [tag, dir] of [
  ["de", "ltr"],
  ["ar", "rtl"],
  ["ja", "ltr"],
] as const) {
  test(`the booking page is in ${tag} if its address says so`, async ({ browser }) => {
    const page = await visitor(browser);
    await page.goto(`${path}?lang=${tag}`);
    await expectLanguage(page, tag, dir);
    await expect(page.getByRole("heading", { name: say(tag, "booking.month.heading") })).toBeVisible();
    const weekday = new Intl.DateTimeFormat(tag, { weekday: "short" }).format(Date.UTC(2027, 0, 4));
    await expect(page.getByRole("columnheader", { name: weekday })).toHaveCount(1);
  });
}

test("a booking and its pages are in the language it was made in, and the browser remembers it", async ({
  browser,
}) => {
  const name = `Vera ${randomUUID().slice(0, 8)}`;
  const page = await visitor(browser, { javaScriptEnabled: false });
  await page.goto(`${path}?lang=de`);
  await page.goto(path);
  await expectLanguage(page, "de");
  await page.locator("input[type=radio][name=start]").first().check({ force: true });
  await page.getByLabel(inGerman("booking.form.name")).fill(name);
  await page.getByLabel(inGerman("booking.form.email"), { exact: true }).fill("vera@example.org");
  await page.getByRole("button", { name: inGerman("booking.form.submit") }).click();
  await expect(page).toHaveURL(/\/booking\//);
  const booking = page.url();

  await page.goto(`/${organizer.handle}`);
  await page.getByLabel(inGerman("common.language.label")).selectOption({ label: "Français" });
  await page.getByRole("button", { name: inGerman("common.language.change"), exact: true }).click();
  await expectLanguage(page, "fr");
  await expect(page).toHaveURL(new RegExp(`/${organizer.handle}$`));

  await page.goto(`${booking}?lang=fr`);
  await expectLanguage(page, "de");
  await expect(page.locator("select[name=lang]")).toHaveCount(0);
});

test("someone who is signed in chooses a language in their profile", async ({ browser }) => {
  const page = await visitor(browser);
  await signUp(page);
  await page.goto("/account/profile");
  await page.getByLabel("Language").selectOption({ label: "Deutsch" });
  await page.getByRole("button", { name: "Save language" }).click();
  await expectLanguage(page, "de");
  await expect(page.getByText(inGerman("account.profile.languageSaved"))).toBeVisible();
  await expect(page.getByLabel(inGerman("account.profile.language"), { exact: true })).toHaveValue("de");
  await page.context().clearCookies({ name: "lang" });
  await page.goto("/account/bookings");
  await expectLanguage(page, "de");
});
