import { type Browser, type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import { expectNothingFound } from "@/tests/e2e/examine";
import { holdScripts } from "@/tests/e2e/hold-scripts";
import { apiOf, bookBy, fillBookingForm, type Person, signUp, timeOfDay } from "@/tests/e2e/people";

const times = (page: Page) => page.getByRole("radio", { name: timeOfDay });
const days = (page: Page) => page.getByRole("grid").getByRole("link", { name: /, [1-9]\d* times?$/ });
const confirm = (page: Page) => page.getByRole("button", { name: "Confirm booking" }).click();

let organizer: Person;
let path: string;

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  organizer = await signUp(page);
  path = `/${organizer.handle}/appointment`;
  await page.close();
});

async function visitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  return (await browser.newContext(options)).newPage();
}

/** The page listens to the keyboard from now on. */
async function scripted(page: Page): Promise<void> {
  await expect(page.locator('[role=grid] [tabindex="0"]')).toHaveCount(1);
}

test.describe("the organizer's public page", () => {
  test("lists what can be booked and leads to it", async ({ page }) => {
    await page.goto(`/${organizer.handle}`);
    await expect(page.getByRole("heading", { level: 1, name: organizer.name })).toBeVisible();
    await expect(page.getByText("30 minutes")).toBeVisible();
    await page.getByRole("link", { name: "Online appointment" }).click();
    await expect(page).toHaveURL(new RegExp(`${path}$`));
  });

  test("knows no one by an unknown handle, and nothing by an unknown link", async ({ page }) => {
    for (const address of ["/nobody-at-all", `/${organizer.handle}/nothing`]) {
      expect((await page.goto(address))?.status()).toBe(404);
      await expect(page.getByRole("heading", { name: "We can't find this booking page" })).toBeVisible();
    }
  });
});

test.describe("choosing a time", () => {
  test("the first free day is open, and its times are in the page as it was sent", async ({ browser }) => {
    const page = await visitor(browser, { javaScriptEnabled: false });
    await page.goto(path);
    await expect(page.getByRole("gridcell", { selected: true })).toHaveCount(1);
    expect(await times(page).count()).toBeGreaterThan(0);
    await expect(page.getByLabel("Your name")).toBeHidden();
    await times(page).first().check({ force: true });
    await expect(page.getByLabel("Your name")).toBeVisible();
  });

  test("arrow keys walk the month, and Enter opens a day", async ({ page }) => {
    const month = monthAhead(1);
    const middle = `${month}-15`;
    await page.goto(`${path}?month=${month}`);
    await scripted(page);
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.date ?? "");
    const weekday = async () => new Date(await focused()).getUTCDay();

    await page.locator(`[data-date="${middle}"]`).focus();
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe(`${month}-16`);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe(`${month}-22`);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Home");
    expect(await weekday()).toBe(1);
    await page.keyboard.press("End");
    expect(await weekday()).toBe(0);

    await page.locator(`[data-date="${middle}"]`).focus();
    await page.keyboard.press("PageUp");
    await expect.poll(focused).toBe(`${monthAhead(0)}-15`);
    await page.keyboard.press("PageDown");
    await expect.poll(focused).toBe(middle);

    await days(page).last().focus();
    const wanted = await focused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`date=${wanted}`));
    await expect(page.locator("[aria-selected=true] [data-date]")).toHaveAttribute("data-date", wanted);
    const opened = page.getByRole("region", { name: /, [1-9]\d* times?$/ });
    await expect(opened).toBeFocused();
    await expect(page.getByRole("status").filter({ hasText: /times/ })).toHaveCount(1);
    await opened.getByRole("link", { name: "Choose another date" }).click();
    await expect.poll(focused).toBe(wanted);
  });

  test("Enter on a time goes to the form", async ({ page }) => {
    await page.goto(path);
    await scripted(page);
    await times(page).first().focus();
    await page.keyboard.press("Enter");
    await expect(times(page).first()).toBeChecked();
    await expect(page.getByLabel("Your name")).toBeFocused();
  });

  test("what was typed stays while days and months change", async ({ page }) => {
    await fillBookingForm(page, path);
    await scripted(page);
    await page.getByRole("link", { name: /^Next month/ }).click();
    await expect(page).toHaveURL(/month=/);
    await days(page).nth(1).click();
    await expect(page).toHaveURL(/date=/);
    await times(page).last().check({ force: true });
    await expect(page.getByLabel("Your name")).toHaveValue("Vera Visitor");
    await expect(page.getByLabel("Email")).toHaveValue("vera@example.org");
  });

  test("the zone is found from the browser, and another one keeps the chosen instant", async ({
    browser,
  }) => {
    const page = await visitor(browser, { timezoneId: "America/New_York" });
    // Before any script has come: no one sees other times first.
    await page.route("**/_next/**/*.js", (route) => route.abort());
    await page.goto(path);
    await expect(page.getByLabel("Time zone")).toHaveValue("America/New_York");
    await page.unroute("**/_next/**/*.js");
    await page.reload();
    await expect(page.getByText("Detected from your browser.")).toBeVisible();
    // A whole day, however late it is, and a time that no other test takes meanwhile.
    await days(page).nth(1).click();
    await expect(page).toHaveURL(/date=/);
    const first = times(page).nth(4);
    await first.check({ force: true });
    const instant = await first.getAttribute("value");
    await expect(page.getByText(`for ${organizer.name}, in Paris`)).toBeVisible();

    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await expect(page.getByText("for you, in Tokyo")).toBeVisible();
    await expect(page.locator("[name=start]:checked")).toHaveValue(instant ?? "");
    await page.getByText("12 h").click();
    await expect(page.getByRole("radio", { name: /^\d{1,2}:\d{2} [AP]M/ }).first()).toBeVisible();
  });

  test("a browser that knows its zone by itself isn't made to load a language before it may paint", async ({
    browser,
  }) => {
    const page = await visitor(browser, { timezoneId: "Europe/Paris" });
    await page.addInitScript(() => {
      const asked: string[] = [];
      Object.assign(window, { asked });
      const { DateTimeFormat } = Intl;
      const note = (...options: ConstructorParameters<typeof DateTimeFormat>) => {
        asked.push("DateTimeFormat");
        return new DateTimeFormat(...options);
      };
      Intl.DateTimeFormat = new Proxy(DateTimeFormat, {
        apply: (_format, _this, options) => note(...(options as [])),
        construct: (_format, options) => note(...(options as [])),
      });
    });
    await page.goto(path);
    await scripted(page);
    await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Paris");
    expect(await page.evaluate(() => Reflect.get(window, "asked"))).toEqual([]);
  });

  test("the zone is found in browsers without Temporal, too", async ({ browser }) => {
    const page = await visitor(browser, { timezoneId: "America/New_York" });
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, "Temporal"));
    await page.goto(path);
    await expect(page.getByLabel("Time zone")).toHaveValue("America/New_York");
  });

  for (const javaScriptEnabled of [true, false]) {
    test(`a week and the next times can be looked at and booked ${javaScriptEnabled ? "with" : "without"} scripts`, async ({
      browser,
    }) => {
      const page = await visitor(browser, { javaScriptEnabled });
      await page.goto(path);
      const views = page.getByRole("navigation", { name: "Show times by" });
      await views.getByRole("link", { name: "Week" }).click();
      await expect(page).toHaveURL(/view=week/);
      await page.getByRole("link", { name: "Next week" }).click();
      await expect(page.getByRole("group", { name: /^(Times on )?\w+day \d/ })).toHaveCount(7);
      await expect(page.getByRole("group", { name: /^Saturday .*, no times$/ })).toHaveCount(1);

      await views.getByRole("link", { name: "List" }).click();
      await expect(page.getByRole("heading", { name: "Next available times" })).toBeVisible();
      await expect(page.getByRole("group", { name: /^Times on / })).toHaveCount(5);
      await page.getByRole("link", { name: "Later times" }).click();
      await expect(page.getByRole("link", { name: "First available times" })).toBeVisible();
      await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
      if (!javaScriptEnabled) await page.getByRole("button", { name: "Show times" }).click();
      await expect(page.getByRole("group", { name: /^Times on .*, Tokyo$/ })).toHaveCount(5);
      await times(page)
        .nth(javaScriptEnabled ? 0 : 1)
        .check({ force: true });
      await page.getByLabel("Your name").fill(`Lista ${javaScriptEnabled ? "Quick" : "Plain"}`);
      await page.getByLabel("Email").fill("lista@example.org");
      await confirm(page);
      await expect(page).toHaveURL(/\/booking\//);
    });
  }

  test("a zone or a clock that was chosen before the script came is followed", async ({ browser }) => {
    const page = await visitor(browser, { timezoneId: "Europe/Paris" });
    const openEarly = async () => {
      const release = await holdScripts(page);
      await page.goto(path, { waitUntil: "domcontentloaded" });
      return release;
    };
    let release = await openEarly();
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await release();
    await expect(page).toHaveURL(/tz=Asia%2FTokyo/);
    await expect(page.getByLabel("Time zone")).toHaveValue("Asia/Tokyo");
    await times(page).first().check({ force: true });
    await expect(page.getByText("for you, in Tokyo")).toBeVisible();

    release = await openEarly();
    await page.getByLabel("Time zone").selectOption("America/Lima");
    await page.getByText("12 h").click();
    await release();
    await expect(page.getByRole("radio", { name: /^\d{1,2}:\d{2} [AP]M/ }).first()).toBeVisible();
    await expect(page.getByLabel("12 h")).toBeChecked();
    await expect(page.getByLabel("Time zone")).toHaveValue("America/Lima");
  });

  test("without a script the zone is a form of its own", async ({ browser }) => {
    const page = await visitor(browser, { javaScriptEnabled: false });
    await page.goto(path);
    await page.getByLabel("Time zone").selectOption("America/New_York");
    await page.getByRole("button", { name: "Show times" }).click();
    await expect(page).toHaveURL(/tz=America(\/|%2F)New_York/);
    await expect(page.getByLabel("Time zone")).toHaveValue("America/New_York");
  });

  test("without a script a chosen time says itself what it is for the organizer", async ({ browser }) => {
    const page = await visitor(browser, { javaScriptEnabled: false });
    for (const view of ["month", "week"]) {
      await page.goto(`${path}?tz=America/New_York&view=${view}`);
      const time = page.locator("label[data-host]").first();
      const said = () => time.evaluate((label) => getComputedStyle(label, "::after").content);
      expect(await said(), view).toBe("none");
      await times(page).first().check({ force: true });
      expect(await said(), view).toMatch(/^"\d\d:\d\d.* for Ada /);
    }
  });
});

test.describe("sending the form", () => {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
      test("mistakes are shown beside their fields, and nothing has to be typed or chosen twice", async ({
        browser,
      }) => {
        const page = await visitor(browser, { javaScriptEnabled });
        await fillBookingForm(page, path, { name: "Vera Visitor", email: "no-ending@example" });
        await confirm(page);
        await expect(page.getByRole("alert").filter({ hasText: "needs your attention" })).toBeVisible();
        await expect(page.getByText("This address has no ending")).toBeVisible();
        await expect(page.getByLabel("Your name")).toHaveValue("Vera Visitor");
        await page.getByLabel("Email").fill("vera@example.org");
        await confirm(page);
        await expect(page).toHaveURL(/\/booking\//);
      });

      test("a lost time is reported immediately, with available times", async ({ browser }) => {
        const [quick, slow] = [
          await visitor(browser, { javaScriptEnabled }),
          await visitor(browser, { javaScriptEnabled }),
        ];
        // The last day there is keeps out of the way of other tests.
        await slow.goto(`${path}?month=${monthAhead(1)}`);
        const day = (await days(slow).last().getAttribute("href")) ?? "";
        const time = javaScriptEnabled ? 2 : 8;
        // Both see the time before either has chosen it: from then on it is hidden from others.
        for (const page of [quick, slow]) await page.goto(day);
        for (const page of [quick, slow]) {
          await times(page).nth(time).check({ force: true });
          await page.getByLabel("Your name").fill("Vera Visitor");
          await page.getByLabel("Email").fill("vera@example.org");
        }
        await confirm(quick);
        await expect(quick).toHaveURL(/\/booking\//);
        await confirm(slow);
        await expect(slow.getByRole("alert").filter({ hasText: "This time was just taken" })).toBeVisible();
        await expect(slow.getByLabel("Your name")).toHaveValue("Vera Visitor");
        await slow.getByRole("group", { name: "Nearest available times" }).getByRole("radio").last().check({
          force: true,
        });
        await confirm(slow);
        await expect(slow).toHaveURL(/\/booking\//);
      });
    });
  }

  test("sent twice, it books once", async ({ page }) => {
    await fillBookingForm(page, path);
    const addresses = await page.evaluate(async () => {
      const form = document.querySelector<HTMLFormElement>("form#book");
      const body = new FormData(form ?? undefined);
      const send = () => fetch(location.href, { method: "POST", body });
      return (await Promise.all([send(), send()])).map((response) => response.url);
    });
    expect(addresses[0]).toMatch(/\/booking\//);
    expect(addresses[1]).toBe(addresses[0]);
  });

  test("details are remembered in the browser alone when a visitor asks for it, until they clear the box", async ({
    page,
  }) => {
    await page.goto(path);
    // A whole day, however late it is, and a time that no other test takes meanwhile.
    const day = ((await days(page).nth(1).getAttribute("href")) ?? "").replace("#times", "");
    await page.goto(day);
    await scripted(page);
    const box = page.getByLabel("Remember my details on this device");
    const name = page.getByLabel("Your name");
    const open = () => times(page).nth(6).check({ force: true });
    await open();
    await name.fill("Rhea Member");
    await expect(box).not.toBeChecked();
    await box.check();
    await page.getByLabel("Email").fill("rhea@example.org");
    await confirm(page);
    await expect(page).toHaveURL(/\/booking\//);

    await page.goto(day);
    await open();
    await expect(name).toHaveValue("Rhea Member");
    await expect(page.getByLabel("Email")).toHaveValue("rhea@example.org");
    expect(JSON.stringify(await page.context().cookies())).not.toMatch(/rhea/i);
    await page.goto(`${day}&name=Ada+Lovelace`);
    await open();
    await expect(page.getByLabel("Email")).toHaveValue("rhea@example.org");
    await expect(name).toHaveValue("Ada Lovelace");
    await box.uncheck();
    expect(await page.evaluate(() => localStorage.getItem("visitor-details"))).toBeNull();
  });

  test("offline, nothing is lost", async ({ page, context }) => {
    await fillBookingForm(page, path);
    await scripted(page);
    await context.setOffline(true);
    await expect(page.getByText("You're offline. Your details are saved.").first()).toBeVisible();
    await confirm(page);
    await expect(page.getByText("Confirm the booking when you're back online.")).toBeVisible();
    await expect(page.getByLabel("Your name")).toHaveValue("Vera Visitor");
    await context.setOffline(false);
    await confirm(page);
    await expect(page).toHaveURL(/\/booking\//);
  });
});

test.describe("the visitor's page", () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`moves and cancels ${javaScriptEnabled ? "with" : "without"} scripts`, async ({ browser }) => {
      const page = await visitor(browser, { javaScriptEnabled });
      await fillBookingForm(page, path);
      await confirm(page);
      await expect(page.getByText("Booked. We'll email your link")).toBeVisible();
      await page.getByRole("link", { name: "Reschedule" }).click();
      await expect(page.getByText("your current time", { exact: true })).toBeVisible();
      await times(page).last().check({ force: true });
      const moved = await times(page).last().getAttribute("value");
      await page.getByRole("button", { name: "Reschedule booking" }).click();
      await expect(page).toHaveURL(/\/booking\/[^/]+$/);

      const file = await page.request.get(`${page.url()}/invite.ics`);
      expect(file.headers()["content-type"]).toContain("text/calendar");
      const written = moved?.replace(/[-:]/g, "") ?? "";
      expect(await file.text()).toContain(`DTSTART:${written}`);
      expect(await file.text()).toContain("SEQUENCE:1");

      await page.getByRole("link", { name: "Cancel booking" }).click();
      await page.getByLabel("Message to").fill("I am ill.");
      await page.getByRole("button", { name: "Cancel booking" }).click();
      await expect(page.getByRole("status").filter({ hasText: "Cancelled" })).toBeVisible();
      await expect(page.getByText("“I am ill.”")).toBeVisible();
      await expect(page.getByRole("link", { name: "Book another time" })).toBeVisible();
    });
  }

  test("offers four calendars, and keeps itself to itself", async ({ page }) => {
    await fillBookingForm(page, path);
    await confirm(page);
    await expect(page).toHaveURL(/\/booking\//);
    await page.getByRole("button", { name: "Add to calendar" }).click();
    for (const name of ["Microsoft 365", "Outlook.com", "Google Calendar", "Calendar file (.ics)"]) {
      await expect(page.getByRole("link", { name })).toBeVisible();
    }
    const headers = (await page.request.get(page.url())).headers();
    expect(headers["cache-control"]).toContain("no-store");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["x-robots-tag"]).toContain("noindex");
  });

  test("a token that is none leads nowhere and says no more", async ({ page }) => {
    for (const address of [
      "/booking/nothing",
      "/booking/nothing/reschedule",
      "/booking/nothing/cancel",
      "/j/nothing",
    ]) {
      expect((await page.goto(address))?.status()).toBe(404);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    }
    expect((await page.request.get("/booking/nothing/invite.ics")).status()).toBe(404);
  });

  test("the join page tells when it starts, and nothing about who booked", async ({ page }) => {
    await fillBookingForm(page, path);
    await confirm(page);
    await page.getByRole("link", { name: /\/j\// }).click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText(organizer.name).first()).toBeVisible();
    await expect(page.getByText("vera@example.org")).toHaveCount(0);
    await expect(page.locator('a[href*="/booking/"]')).toHaveCount(0);
  });
});

test.describe("in a browser whose clock is days ahead", () => {
  const ahead = () => Date.now() + 5 * 86_400_000;

  test("a time is held as long as in any other", async ({ page }) => {
    await page.clock.setFixedTime(ahead());
    await page.goto(path);
    await times(page).last().check({ force: true });
    const said = page.getByText(/holding this time for you/);
    await expect(said).toHaveText(/^We're holding this time for you until/);
    await page.waitForTimeout(1_000);
    await expect(said).toHaveText(/^We're holding this time for you until/);
  });

  test("the join page waits for its door to open, and isn't asked for again and again", async ({
    page,
    browser,
  }) => {
    const owner = await signUp(page);
    const { changeEventType } = await apiOf(page);
    await changeEventType({ location: { kind: "link", value: "https://meet.example.com/room" } });
    const { joinPageUrl, start } = await bookBy(page.request, owner, { fromDay: 2 });
    const early = await visitor(browser);
    await early.clock.setFixedTime(ahead());
    let loads = 0;
    early.on("load", () => {
      loads += 1;
    });
    await early.goto(new URL(joinPageUrl).pathname);
    await early.waitForTimeout(3_000);
    expect(loads).toBe(1);

    await early.clock.install();
    await early.reload();
    await early.waitForTimeout(1_000);
    await early.clock.fastForward(Date.parse(start) - Date.now());
    await expect.poll(() => loads).toBe(3);
  });
});

test.describe("for everyone", () => {
  for (const { colorScheme, width } of [
    { colorScheme: "light", width: 1280 },
    { colorScheme: "dark", width: 390 },
  ] as const) {
    test(`no page has a barrier that a tool can find (${colorScheme}, ${width} wide)`, async ({
      browser,
    }) => {
      test.slow();
      const page = await visitor(browser, { colorScheme, viewport: { width, height: 900 } });
      await page.goto(`/${organizer.handle}`);
      await expectNothingFound(page);
      for (const view of ["week", "list"]) {
        await page.goto(`${path}?view=${view}`);
        await expectNothingFound(page);
      }
      await fillBookingForm(page, path);
      await scripted(page);
      await expectNothingFound(page);
      await page.getByLabel("Email").fill("");
      await confirm(page);
      await expect(page.getByRole("alert").filter({ hasText: "your attention" })).toBeVisible();
      await expectNothingFound(page);
      await page.getByLabel("Email").fill("vera@example.org");
      await confirm(page);
      await expect(page).toHaveURL(/\/booking\//);
      const own = page.url();
      for (const address of [own, `${own}/reschedule`, `${own}/cancel`, "/booking/nothing"]) {
        await page.goto(address);
        await expectNothingFound(page);
      }
    });
  }

  test("nothing scrolls sideways on a narrow screen", async ({ browser }) => {
    const page = await visitor(browser, { viewport: { width: 320, height: 700 }, locale: "en-US" });
    const overhang = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.goto(`${path}?view=week`);
    expect(await overhang()).toBeLessThanOrEqual(0);
    await fillBookingForm(page, path);
    expect(await overhang()).toBeLessThanOrEqual(0);
    await confirm(page);
    await expect(page).toHaveURL(/\/booking\//);
    expect(await overhang()).toBeLessThanOrEqual(0);
  });

  test("the booking page sends little more script than a page that has none of its own", async ({
    browser,
  }) => {
    const weigh = async (address: string) => {
      const page = await visitor(browser);
      const scripts: Promise<Buffer>[] = [];
      page.on("response", (response) => {
        if (response.request().resourceType() === "script") scripts.push(response.body());
      });
      await page.goto(address, { waitUntil: "networkidle" });
      return (await Promise.all(scripts)).reduce((bytes, script) => bytes + script.length, 0);
    };
    const bare = await weigh(`/${organizer.handle}`);
    expect(bare).toBeGreaterThan(0);
    expect(await weigh(path)).toBeLessThan(bare * 1.15);
  });
});

/** `YYYY-MM` in Paris, where this visitor is: the month that many months from the present one. */
function monthAhead(months: number): string {
  const [year, month] = new Date()
    .toLocaleDateString("sv", { timeZone: "Europe/Paris" })
    .split("-")
    .map(Number);
  return new Date(Date.UTC(year ?? 0, (month ?? 0) - 1 + months, 1)).toISOString().slice(0, 7);
}
