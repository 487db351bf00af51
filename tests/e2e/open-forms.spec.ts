import { type Browser, expect, type Page, test } from "@playwright/test";
import { apiOf, bookBy, fillBookingForm, type Person, signUp, timeOfDay } from "@/tests/e2e/people";

/** Forms that were opened before something happened: a new build, a reload, a lost network. */

const older = "40".padEnd(42, "f");
const confirm = (page: Page) => page.getByRole("button", { name: "Confirm booking" }).click();
const renewed = "This page has been updated since you opened it";

let organizer: Person;
let path: string;

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  organizer = await signUp(page);
  path = `/${organizer.handle}/appointment`;
  await page.close();
});

async function visitor(browser: Browser, options: object = {}): Promise<Page> {
  return (await browser.newContext({ timezoneId: "Europe/Paris", ...options })).newPage();
}

/** The page's next form names an action as an older build would have. */
async function ageNextForm(page: Page): Promise<void> {
  let isFirst = true;
  await page.route("**/*", async (route) => {
    const request = route.request();
    if (request.method() !== "POST" || !isFirst || request.url().includes("/api/")) return route.fallback();
    isFirst = false;
    const headers = { ...request.headers() };
    if (headers["next-action"]) headers["next-action"] = older;
    const sent = request.postDataBuffer()?.toString("latin1") ?? "";
    const postData = Buffer.from(
      sent
        .replace(/"id":"[0-9a-f]{42}"/g, `"id":"${older}"`)
        .replace(/\$ACTION_ID_[0-9a-f]{42}/g, `$ACTION_ID_${older}`),
      "latin1",
    );
    return route.continue({ headers, postData });
  });
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`on a page of an older build, ${javaScriptEnabled ? "with" : "without"} a script`, () => {
    test("what was typed comes back, and pressing once more books", async ({ browser }) => {
      const page = await visitor(browser, { javaScriptEnabled });
      await fillBookingForm(page, path, { name: "Vera Visitor", email: "vera+x@example.org" });
      const start = await page.getByRole("radio", { name: timeOfDay }).first().inputValue();
      await page.locator("summary").filter({ hasText: "Add guests" }).click();
      await page.getByLabel("Guests").fill("one@example.org,\ntwo@example.org");
      await ageNextForm(page);
      await confirm(page);
      await expect(page.getByText(renewed)).toBeVisible();
      await expect(page.getByLabel("Your name")).toHaveValue("Vera Visitor");
      await expect(page.getByLabel("Email", { exact: true })).toHaveValue("vera+x@example.org");
      await expect(page.getByLabel("Guests")).toHaveValue(/one@example\.org,\s+two@example\.org/);
      await expect(page.locator(`[name=start][value="${start}"]`)).toBeChecked();
      await confirm(page);
      await expect(page).toHaveURL(/\/booking\//);
    });

    test("a reason is not lost, and a booking can be moved, cancelled and reported late", async ({
      browser,
    }) => {
      const page = await visitor(browser, { javaScriptEnabled });
      const { token } = await bookBy(page.request, organizer, { fromDay: 3 });
      await page.goto(`/booking/${token}/reschedule`);
      await page.getByRole("radio", { name: timeOfDay }).last().check({ force: true });
      await page.getByLabel("Message to").fill("My train is late");
      await ageNextForm(page);
      await page.getByRole("button", { name: "Reschedule booking" }).click();
      await expect(page.getByText(renewed)).toBeVisible();
      await expect(page.getByLabel("Message to")).toHaveValue("My train is late");
      await page.getByRole("button", { name: "Reschedule booking" }).click();
      await expect(page).toHaveURL(/\/booking\/[^/]+$/);

      await page.goto(`/booking/${token}/cancel`);
      await page.getByLabel("Message to").fill("I am ill");
      await page.unrouteAll();
      await ageNextForm(page);
      await page.getByRole("button", { name: "Cancel booking" }).click();
      await expect(page.getByText(renewed)).toBeVisible();
      await expect(page.getByLabel("Message to")).toHaveValue("I am ill");
      await page.getByRole("button", { name: "Cancel booking" }).click();
      await expect(page.getByText("“I am ill”")).toBeVisible();
    });
  });
}

test("a script of an older build is not taken for a fault", async ({ page }) => {
  const answer = await page.request.post(path, {
    headers: { "next-action": older, accept: "text/x-component" },
    multipart: { name: "Vera" },
  });
  expect(answer.headers()["x-nextjs-action-not-found"]).toBe("1");
});

test("a reload keeps what was typed and chosen; once it has arrived, it is forgotten", async ({ page }) => {
  await fillBookingForm(page, path);
  await page.locator("summary").filter({ hasText: "Add guests" }).click();
  await page.getByLabel("Guests").fill("one@example.org");
  const start = await page.getByRole("radio", { name: timeOfDay, checked: true }).inputValue();
  await page.reload();
  await expect(page.locator(`[name=start][value="${start}"]`)).toBeChecked();
  await expect(page.getByRole("heading", { name: "Your choice" })).toBeVisible();
  await expect(page.getByLabel("Your name")).toHaveValue("Vera Visitor");
  await expect(page.getByLabel("Guests")).toHaveValue("one@example.org");
  await confirm(page);
  await expect(page).toHaveURL(/\/booking\//);
  expect(
    await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("typed:book"))),
  ).toEqual([]);
});

test("a reload after the time is gone still shows what was typed", async ({ page, request }) => {
  await fillBookingForm(page, path);
  const start = await page.getByRole("radio", { name: timeOfDay, checked: true }).inputValue();
  const taken = await request.post("/api/v1/bookings", {
    data: {
      handle: organizer.handle,
      slug: "appointment",
      start,
      visitor: { name: "Faster", email: "faster@example.org", timeZone: "Europe/Paris" },
    },
  });
  expect(taken.status()).toBe(201);
  await page.reload();
  await expect(page.getByLabel("Your name")).toBeVisible();
  await expect(page.getByLabel("Your name")).toHaveValue("Vera Visitor");
});

test("a time that becomes too soon while its visitor types can still be booked and moved to", async ({
  browser,
}) => {
  const minute = 60_000;
  const owner = await (await browser.newContext()).newPage();
  const person = await signUp(owner);
  const { handle } = person;
  const { openAlways, changeEventType } = await apiOf(owner);
  await openAlways();
  await changeEventType({ location: { kind: "none" }, minimumNoticeMinutes: 60, seats: 5 });
  const { token } = await bookBy(owner.request, person, { fromDay: 3 });
  const [scripted, plain, moving] = await Promise.all([
    visitor(browser),
    visitor(browser, { javaScriptEnabled: false }),
    visitor(browser),
  ]);
  const address = `/${handle}/appointment`;
  await fillBookingForm(scripted, address);
  const start = await scripted.locator("[name=start]:checked").inputValue();
  await fillBookingForm(plain, address, { name: "Paul Plain", email: "no address" });
  await expect(plain.locator("[name=start]:checked")).toHaveValue(start);
  await moving.goto(`/booking/${token}/reschedule?start=${start}`);
  await moving.locator(`[name=start][value="${start}"]`).check({ force: true });

  const notice = Math.floor((Date.parse(start) - Date.now()) / minute);
  await changeEventType({ minimumNoticeMinutes: notice });
  const lastMoment = Date.parse(start) - notice * minute;
  await expect.poll(() => Date.now() - lastMoment, { timeout: 2 * minute }).toBeGreaterThan(0);
  const late = await owner.request.post("/api/v1/bookings", {
    data: {
      handle,
      slug: "appointment",
      start,
      visitor: { name: "Lee Late", email: "lee@example.org", timeZone: "UTC" },
    },
  });
  expect(await late.json()).toMatchObject({ code: "outside_availability" });

  await confirm(scripted);
  await expect(scripted).toHaveURL(/\/booking\//);
  await moving.getByRole("button", { name: "Reschedule booking" }).click();
  await expect(moving).toHaveURL(/\/booking\/[^/]+$/);
  await confirm(plain);
  await expect(plain.getByLabel("Your name")).toHaveValue("Paul Plain");
  await plain.getByLabel("Email", { exact: true }).fill("paul@example.org");
  await confirm(plain);
  await expect(plain).toHaveURL(/\/booking\//);
});

test("offline is said while it is so, and no longer", async ({ page, context }) => {
  await fillBookingForm(page, path);
  const said = page.getByText("You're offline. Your details are saved.");
  await context.setOffline(true);
  await expect(said.first()).toBeVisible();
  await confirm(page);
  await expect(page.getByText("Confirm the booking when you're back online.")).toBeVisible();
  await context.setOffline(false);
  await expect(said).toHaveCount(0);
  await expect(page.getByText("Confirm the booking when you're back online.")).toHaveCount(0);
});

test("a browser that errs about its network is not believed", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "onLine", { get: () => false }));
  await fillBookingForm(page, path);
  const asked = page.waitForResponse((response) => response.url().endsWith("/api/health"));
  await page.evaluate(() => dispatchEvent(new Event("offline")));
  await asked;
  await expect(page.getByText("You're offline. Your details are saved.")).toHaveCount(0);
  await confirm(page);
  await expect(page).toHaveURL(/\/booking\//);
});

test.describe("one clock, by the reader's language", () => {
  const twelve = /\b(1[0-2]|[1-9]):\d\d [AP]M/;
  const twentyFour = /\b[0-2]\d:\d\d\b/;

  for (const [locale, isTwelve] of [
    ["en-US", true],
    ["en-GB", false],
  ] as const) {
    test(`${locale}: in the page as it is sent, after its script has run, on the booking's pages`, async ({
      browser,
    }) => {
      const page = await visitor(browser, { locale });
      const sent = await (await page.request.get(path, { headers: { "accept-language": locale } })).text();
      const labels = [...sent.matchAll(/data-range="([^"]+)"/g)].map(([, range]) => range ?? "");
      expect(labels.length).toBeGreaterThan(0);
      for (const label of labels) {
        expect(label).toMatch(isTwelve ? twelve : twentyFour);
        expect(twelve.test(label)).toBe(isTwelve);
      }
      await fillBookingForm(page, path);
      await expect(page.getByRole("radio", { name: isTwelve ? "12 h" : "24 h" })).toBeChecked();
      await confirm(page);
      await expect(page).toHaveURL(/\/booking\//);
      const main = await page.getByRole("main").innerText();
      expect(twelve.test(main)).toBe(isTwelve);
      // Anyone who else opens it reads what its mails say.
      const other = await visitor(browser, { locale: isTwelve ? "en-GB" : "en-US" });
      await other.goto(page.url());
      expect(twelve.test(await other.getByRole("main").innerText())).toBe(isTwelve);
    });
  }

  test("an organizer in the United States reads twelve hours everywhere", async ({ browser }) => {
    const page = await visitor(browser, { locale: "en-US" });
    const person = await signUp(page);
    await bookBy(page.request, person, { fromDay: 3 });
    for (const address of ["/account/bookings", "/account/bookings/week", "/account/availability"]) {
      await page.goto(address);
      const main = page.getByRole("main");
      await expect(main).toContainText(address.endsWith("bookings") ? twelve : /\d{1,2} [AP]M/);
      await expect(main).not.toContainText(/(?<!UTC[+−])\b[012]\d:\d\d(?! [AP]M)/);
    }
  });
});
