/** People read in the language that they choose, and a booking stays in the one it was made in. */
import { randomUUID } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { apiOf, type Person, signUp } from "@/tests/e2e/people";
import { readCatalogue } from "@/tests/support/catalogues";

/** A message of a language, by its whole key. */
const say = (tag: string, key: string) => readCatalogue(tag).get(key) ?? key;

const inGerman = (key: string) => say("de", key);

let organizer: Person;
let path: string;
let own: Page;
let organizerApi: Awaited<ReturnType<typeof apiOf>>;

test.beforeAll(async ({ browser }) => {
  own = await browser.newPage();
  organizer = await signUp(own);
  organizerApi = await apiOf(own);
  path = `/${organizer.handle}/appointment`;
});

test.afterAll(() => own.context().close());

async function visitor(browser: Browser, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  return (await browser.newContext({ locale: "en-GB", ...options })).newPage();
}

/** The organizer writes in German without a script; a mistake costs nothing that was typed. */
async function writeInGerman(browser: Browser): Promise<void> {
  const { id } = await organizerApi.changeEventType({
    description: "Ask anything.",
    questions: [
      { id: "topic", label: "Topic", kind: "select", required: true, options: ["Tax", "Law"], hint: "One." },
    ],
  });
  const storageState = await own.context().storageState();
  const context = await browser.newContext({ javaScriptEnabled: false, storageState });
  const page = await context.newPage();
  await page.goto(`/account/event-types/${id}#languages`);
  await page.getByRole("link", { name: "Write them in other languages" }).click();
  await page.getByRole("link", { name: "Deutsch", exact: true }).click();
  await expect(page.getByText("Yours: Ask anything.")).toBeVisible();
  await page.getByLabel("Title", { exact: true }).fill("B".repeat(121));
  await page.getByLabel("Description", { exact: true }).fill("Fragen Sie alles.");
  await page.getByLabel("Question 1", { exact: true }).fill("Thema");
  await page.getByLabel("Help text of question 1").fill("Eines genügt.");
  await page.getByLabel("Question 1: Tax").fill("Steuern");
  const save = page.getByRole("button", { name: "Save Deutsch" });
  await save.click();
  await expect(page.getByRole("alert").getByRole("link", { name: "Title" })).toBeVisible();
  await expect(page.getByLabel("Question 1: Tax")).toHaveValue("Steuern");
  await page.getByLabel("Title", { exact: true }).fill("Beratung");
  await save.click();
  await expect(page.getByText("Saved. Visitors see these words now.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Deutsch Written" })).toBeVisible();
  await expect(page.getByLabel("Description", { exact: true })).toHaveValue("Fragen Sie alles.");
  await context.close();
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
    expect(await loadedFonts(page, /noto_sans_arabic_(\w+?)_?(?:wght|\.)/)).toEqual(
      tag === "ar" ? ["everyday"] : [],
    );
  });
}

/** What the names of fonts that a page has come to load say, as this shape captures it. */
function loadedFonts(page: Page, shape: RegExp): Promise<string[]> {
  return page.evaluate(async (source) => {
    await document.fonts.ready;
    const names = performance.getEntriesByType("resource").map(({ name }) => name.match(source)?.[1]);
    return names.filter((name) => name !== undefined);
  }, shape);
}

test("a booking and its pages are in the language it was made in, and the browser remembers it", async ({
  browser,
}) => {
  const name = `Vera ${randomUUID().slice(0, 8)}`;
  await writeInGerman(browser);
  const page = await visitor(browser, { javaScriptEnabled: false });
  await page.goto(`${path}?lang=de`);
  await expect(page.getByRole("heading", { level: 1, name: "Beratung", exact: true })).toBeVisible();
  await expect(page.getByText("Fragen Sie alles.")).toBeVisible();
  await page.goto(path);
  await expectLanguage(page, "de");
  await page.locator("input[type=radio][name=start]").first().check({ force: true });
  await page.getByLabel(inGerman("booking.form.name")).fill(name);
  await page.getByLabel(inGerman("booking.form.email"), { exact: true }).fill("vera@example.org");
  await expect(page.getByLabel("Thema")).toHaveAccessibleDescription("Eines genügt.");
  await page.getByLabel("Thema").selectOption({ label: "Steuern" });
  await page.getByRole("button", { name: inGerman("booking.form.submit") }).click();
  await expect(page).toHaveURL(/\/booking\//);
  const booking = page.url();
  await expect(page.getByRole("heading", { level: 1, name: /Beratung/ })).toBeVisible();
  await expect(page.getByText("Steuern", { exact: true })).toBeVisible();
  // One value, in whichever language it was chosen.
  const { items } = await organizerApi.send("GET", "/me/bookings");
  const made = items.find((one: { visitor: { name: string } }) => one.visitor.name === name);
  expect(made).toMatchObject({ title: "Online appointment", answers: { topic: "Tax" } });

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
