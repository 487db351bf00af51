/** The life of a booking after it was made: decided by mail, moved, cancelled, found again, and made for someone else. */
import { expect, type Page, test } from "@playwright/test";
import { dateAhead } from "@/tests/e2e/dates";
import { expectNothingFound } from "@/tests/e2e/examine";
import { apiOf, bookBy, fillBookingForm, readMail, signUp, timeOfDay } from "@/tests/e2e/people";

const phone = { location: { kind: "phone", value: "+33 1 23 45 67 89" } };
const times = (page: Page) => page.getByRole("radio", { name: timeOfDay });

async function expectNoBarriers(page: Page): Promise<void> {
  await expectNothingFound(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`a link in a mail decides by its button alone, once (${how})`, async ({ browser, page, request }) => {
    test.slow();
    const organizer = await signUp(page);
    const api = await apiOf(page);
    await api.changeEventType({ ...phone, requiresApproval: true });
    const name = `Rosa ${organizer.handle}`;
    const { token } = await bookBy(request, organizer, { name });
    const mail = await readMail(browser, `Approval needed: ${name}`);
    const [approve = "", decline = ""] = mail.match(/http\S+\/decide\/[\w-]+/g) ?? [];
    const status = async () => (await (await request.get(`/api/v1/bookings/${token}`)).json()).status;

    // Programs that look into mails open every link, and some of them twice.
    for (const link of [approve, decline, approve]) {
      await request.get(link);
      await request.head(link);
    }
    expect(await status()).toBe("pending");

    const reader = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await reader.goto(decline);
    await expect(reader.getByRole("heading", { name: `Decline ${name}'s request?` })).toBeVisible();
    await expect(reader.getByLabel(`Message to ${name}`)).toBeVisible();
    await reader.goto(approve);
    // The tool that looks for barriers is a script itself.
    if (javaScriptEnabled) await expectNoBarriers(reader);
    await reader.getByRole("button", { name: "Approve" }).click();
    await expect(reader.getByRole("heading", { name: "Approved" })).toBeVisible();
    expect(await status()).toBe("confirmed");

    await reader.goto(decline);
    await expect(reader.getByRole("heading", { name: "Approved" })).toBeVisible();
    await expect(reader.getByRole("button", { name: "Decline" })).toHaveCount(0);
    await reader.goto("/decide/nothing");
    await expect(reader.getByRole("heading", { name: "We can't find this request" })).toBeVisible();
  });

  test(`a visitor says why, moves and cancels (${how})`, async ({ browser, page, request }) => {
    const organizer = await signUp(page);
    const api = await apiOf(page);
    const changePolicy = { cancelMinutes: 60, rescheduleMinutes: 120, reason: "required" };
    await api.changeEventType({ ...phone, changePolicy });
    const { id, token } = await bookBy(request, organizer, { fromDay: 3 });

    const visitor = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await visitor.goto(`/booking/${token}`);
    await expect(visitor.getByText(/^Can be rescheduled until/)).toBeVisible();
    await expect(visitor.getByText(/^Can be cancelled until/)).toBeVisible();

    await visitor.getByRole("link", { name: "Reschedule" }).click();
    await times(visitor).nth(2).check({ force: true });
    await visitor.getByRole("button", { name: "Reschedule booking" }).click();
    await expect(visitor.getByRole("alert").filter({ hasText: "your attention" })).toBeVisible();
    await visitor.getByLabel(`Message to ${organizer.name}`).fill("My train is late");
    await visitor.getByRole("button", { name: "Reschedule booking" }).click();
    await expect(visitor).toHaveURL(new RegExp(`/booking/${token}$`));
    await expect(visitor.getByText("My train is late")).toBeVisible();

    await visitor.getByRole("link", { name: "Cancel booking" }).click();
    await visitor.getByRole("button", { name: "Cancel booking" }).click();
    await expect(visitor.getByText(/asks for a reason/)).toBeVisible();
    await visitor.getByLabel(`Message to ${organizer.name}`).fill("No trains at all");
    await visitor.getByRole("button", { name: "Cancel booking" }).click();
    await expect(visitor.getByText("You cancelled this appointment.", { exact: false })).toBeVisible();
    // The page of what is over can't be brought back to life.
    await visitor.goto(`/booking/${token}/reschedule`);
    await expect(visitor).toHaveURL(new RegExp(`/booking/${token}$`));

    await page.goto(`/account/bookings/${id}`);
    await expect(page.getByText("No trains at all")).toBeVisible();
  });

  test(`an organizer books for someone, and moves it with a word (${how})`, async ({ browser }) => {
    const signedIn = await browser.newContext();
    await signUp(await signedIn.newPage());
    const context = await browser.newContext({
      javaScriptEnabled,
      storageState: await signedIn.storageState(),
    });
    const page = await context.newPage();
    await page.goto("/account/bookings");
    await page.getByRole("link", { name: "Book for someone" }).click();
    await page.getByRole("link", { name: "Online appointment" }).click();
    await expect(page).toHaveURL(/\/bookings\/new\/[\w-]+$/);
    // Late in the day fewer than three times are left of it.
    await page.goto(`${page.url()}?date=${dateAhead(2)}`);
    await times(page).first().check({ force: true });
    await page.getByLabel("Visitor's name").fill("Rosa Delgado");
    await page.getByLabel("Visitor's email").fill("rosa@example.org");
    await page.getByRole("button", { name: "Book this time" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Online appointment with Rosa Delgado");
    await expect(page.getByText(/^You booked for Rosa Delgado/)).toBeVisible();

    await page.getByRole("link", { name: "Reschedule" }).click();
    await times(page).nth(2).check({ force: true });
    await page.getByLabel("Message to Rosa Delgado").fill("I am travelling");
    await page.getByRole("button", { name: "Reschedule booking" }).click();
    await expect(page.getByText("I am travelling")).toBeVisible();
    await expect(page.getByText("Moved by you")).toBeVisible();
  });
}

test("what was typed before a reload is there afterwards", async ({ page, request }) => {
  const organizer = await signUp(page);
  const { token } = await bookBy(request, organizer, { fromDay: 3 });
  for (const [form, label] of [
    ["cancel", `Message to ${organizer.name}`],
    ["reschedule", `Message to ${organizer.name}`],
  ] as const) {
    await page.goto(`/booking/${token}/${form}`);
    await page.waitForLoadState("networkidle");
    if (form === "reschedule") await times(page).first().check({ force: true });
    await page.getByLabel(label).fill(`Typed into ${form}`);
    await page.reload();
    if (form === "reschedule") await times(page).first().check({ force: true });
    await expect(page.getByLabel(label)).toHaveValue(`Typed into ${form}`);
  }
});

test("a visitor who comes too late reads how to reach the organizer", async ({ browser, page, request }) => {
  const organizer = await signUp(page);
  const api = await apiOf(page);
  await api.changeEventType({ changePolicy: { cancelMinutes: null, rescheduleMinutes: null } });
  const { token } = await bookBy(request, organizer, { fromDay: 3 });
  const visitor = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
  await visitor.goto(`/booking/${token}`);
  await expect(visitor.getByText("It can't be rescheduled or cancelled here.")).toBeVisible();
  await expect(visitor.getByRole("link", { name: organizer.email }).first()).toHaveAttribute(
    "href",
    /^mailto:/,
  );
  await expect(visitor.getByRole("link", { name: "Cancel booking" })).toHaveCount(0);
  await expect(visitor.getByRole("heading", { name: "What is stored about you" })).toBeVisible();
  await expectNoBarriers(visitor);
  for (const form of ["cancel", "reschedule"]) {
    await visitor.goto(`/booking/${token}/${form}`);
    await expect(visitor).toHaveURL(new RegExp(`/booking/${token}$`));
  }
});

test("a single-use link books once and then says so", async ({ browser, page }) => {
  const organizer = await signUp(page);
  const api = await apiOf(page);
  await api.changeEventType({ ...phone, requiresLink: true, redirectUrl: "https://www.example.com/thanks" });
  await page.goto("/account/event-types");
  await expect(page.getByText("Only by single-use link")).toBeVisible();
  await page.getByRole("link", { name: "Online appointment", exact: true }).click();
  await page.getByRole("link", { name: "Single-use links" }).click();
  await page.getByLabel("Who it's for").fill("Rosa");
  await page.getByRole("button", { name: "Create link" }).click();
  const link = await page.getByRole("textbox", { name: "Single-use link" }).inputValue();
  await expectNoBarriers(page);

  const visitor = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await visitor.route("https://www.example.com/**", (route) => route.fulfill({ body: "Thanks" }));
  await visitor.goto(`/${organizer.handle}`);
  await expect(visitor.getByText("Nothing to book right now")).toBeVisible();
  await visitor.goto(`/${organizer.handle}/appointment`);
  await expect(visitor.getByRole("heading", { name: "You need a personal link to book here" })).toBeVisible();

  await fillBookingForm(visitor, new URL(link).pathname + new URL(link).search);
  await visitor.getByRole("button", { name: "Confirm booking" }).click();
  await expect(visitor.getByRole("heading", { name: "You are booked" })).toBeVisible();
  const onward = await visitor
    .getByRole("link", { name: "Continue to www.example.com" })
    .getAttribute("href");
  expect(onward).toMatch(/^https:\/\/www\.example\.com\/thanks\?booking=[0-9a-f-]{36}$/);

  await visitor.goto(link);
  await expect(visitor.getByRole("heading", { name: "This link has already been used" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("row", { name: /^Rosa/ })).toContainText("Used");
});

test("a form knows what its address says", async ({ page }) => {
  const organizer = await signUp(page);
  const api = await apiOf(page);
  await api.changeEventType({
    ...phone,
    questions: [
      { id: "topic", label: "Topic", kind: "text", required: true },
      { id: "size", label: "Size", kind: "select", required: false, options: ["Small", "Large"] },
    ],
  });
  const prefilled =
    "name=Rosa+Delgado&email=rosa@example.org&guests=g@example.org&answers.topic=Tax&answers.size=Large";
  await page.goto(`/${organizer.handle}/appointment?${prefilled}`);
  await times(page).first().check({ force: true });
  await expect(page.getByLabel("Your name")).toHaveValue("Rosa Delgado");
  await expect(page.getByLabel("Topic")).toHaveValue("Tax");
  await expect(page.getByLabel("Size")).toHaveValue("Large");
  await expect(page.getByLabel("Guests")).toHaveValue("g@example.org");
  await page.getByRole("button", { name: "Confirm booking" }).click();
  await expect(page.getByText(/Guest: g@example.org/)).toBeVisible();
});

test("anyone who is late says so once", async ({ browser, page, request }) => {
  const organizer = await signUp(page);
  const api = await apiOf(page);
  await api.openAlways();
  await api.changeEventType({ ...phone, minimumNoticeMinutes: 0 });
  const { id, token, joinPageUrl } = await bookBy(request, organizer);
  const visitor = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await visitor.goto(`/booking/${token}`);
  await visitor.getByRole("button", { name: "10 minutes" }).click();
  const notice = `We've let ${organizer.name} know that you'll be about 10 minutes late`;
  await expect(visitor.getByText(notice)).toBeVisible();
  await expect(visitor.getByRole("button", { name: "10 minutes" })).toHaveCount(0);
  await visitor.goto(new URL(joinPageUrl).pathname);
  await expect(visitor.getByText(notice)).toBeVisible();
  expect(await readMail(browser, `running about 10 minutes late: Online`)).toContain("10 minutes late");

  await page.goto(`/account/bookings/${id}`);
  await page.getByRole("button", { name: "5 minutes", exact: true }).click();
  await expect(
    page.getByText("We've let Vera Visitor know that you'll be about 5 minutes late"),
  ).toBeVisible();
  await visitor.goto(`/booking/${token}`);
  await expect(visitor.getByText(`${organizer.name} is running about 5 minutes late`)).toBeVisible();
});

test("a week is drawn to scale, and every booking in it is a link", async ({ page, request }) => {
  const organizer = await signUp(page);
  const first = await bookBy(request, organizer, { name: "Rosa Delgado", fromDay: 3 });
  await bookBy(request, organizer, { name: "Tom Ash", fromDay: 3, skip: 2 });
  const week = first.start.slice(0, 10);
  for (const { width, colorScheme } of [
    { width: 1280, colorScheme: "light" },
    { width: 390, colorScheme: "dark" },
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.goto(`/account/bookings/week?week=${week}`);
    const rosa = page.getByRole("link", { name: /Rosa Delgado, Online appointment/ });
    const tom = page.getByRole("link", { name: /Tom Ash/ });
    const [upper, lower] = [await rosa.boundingBox(), await tom.boundingBox()];
    expect((upper?.y ?? 0) + (upper?.height ?? 0)).toBeLessThan(lower?.y ?? 0);
    if (width === 1280) expect(upper?.height).toBeCloseTo(23, 0);
    expect(upper?.height).toBeGreaterThanOrEqual(23);
    await expectNoBarriers(page);
  }
  await page.getByRole("link", { name: /Rosa Delgado/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/account/bookings/${first.id}$`));
  await page.goto(`/account/bookings/week?week=${week}`);
  await page.getByRole("link", { name: "Next week" }).click();
  await expect(page.getByText("No bookings.", { exact: false })).toBeVisible();
  await page.getByRole("link", { name: "This week" }).click();
  await expect(page).toHaveURL(/\/account\/bookings\/week$/);
});

test("bookings are found, noted on, downloaded, and forgotten", async ({ browser, page, request }) => {
  const organizer = await signUp(page);
  const rosa = await bookBy(request, organizer, { name: "Rosa Delgado", fromDay: 3 });
  await bookBy(request, organizer, { name: "Tom Ash", fromDay: 3, skip: 2 });
  await page.goto("/account/bookings");
  await page.getByRole("searchbox", { name: "Search bookings" }).fill("delgado");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=delgado/);
  await expect(page.getByText("Tom Ash")).toHaveCount(0);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as CSV" }).click();
  expect((await download).suggestedFilename()).toBe("bookings.csv");
  const csv = await (await page.request.get("/account/bookings/export?q=delgado")).text();
  expect(csv.trim().split("\r\n")).toHaveLength(2);
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto("/account/bookings/export");
  await expect(stranger).toHaveURL(/\/sign-in/);

  await page.goto(`/account/bookings?q=${rosa.id.slice(0, 8)}`);
  await page.getByRole("link", { name: "Rosa Delgado" }).last().click();
  await page.getByLabel("Private note").fill("Prefers the back entrance");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Private note")).toHaveValue("Prefers the back entrance");
  await expectNoBarriers(page);
  expect(await (await request.get(`/booking/${rosa.token}`)).text()).not.toContain("back entrance");

  await page.getByRole("button", { name: "Cancel booking" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel booking" }).click();
  await page.getByRole("button", { name: "Remove personal data" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove personal data" }).click();
  await expect(page.getByText(/^Personal data was removed on/)).toBeVisible();
  expect((await request.get(`/booking/${rosa.token}`)).status()).toBe(404);
});

for (const { width, colorScheme } of [
  { width: 1280, colorScheme: "dark" },
  { width: 390, colorScheme: "light" },
] as const) {
  test(`no new page has a barrier that a tool can find (${colorScheme}, ${width} wide)`, async ({
    page,
    request,
  }) => {
    test.slow();
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const organizer = await signUp(page);
    const { id } = await bookBy(request, organizer, { fromDay: 3 });
    await page.goto("/account/bookings/new");
    await expectNoBarriers(page);
    await page.getByRole("link", { name: "Online appointment" }).click();
    await times(page).first().check({ force: true });
    await expectNoBarriers(page);
    for (const path of [
      `/account/bookings/${id}/reschedule`,
      "/account/bookings?q=vera&status=confirmed",
      "/help/visitor-data",
    ]) {
      await page.goto(path);
      await expectNoBarriers(page);
    }
    await page.goto("/account/event-types");
    await page.getByRole("link", { name: "Online appointment", exact: true }).click();
    await page.getByRole("link", { name: "All settings" }).click();
    await expect(page.getByText("Visitors can cancel", { exact: true })).toBeVisible();
    await expectNoBarriers(page);
  });
}
