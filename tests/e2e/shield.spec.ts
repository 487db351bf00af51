import { type Browser, type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import { type FreshServer, startFreshServer } from "@/tests/e2e/fresh-server";
import { apiOf, fillBookingForm, type Person, signUp } from "@/tests/e2e/people";

/* A rush of bookings from everywhere, and visitors who come meanwhile. */

let server: FreshServer | undefined;
let url = "";
let organizer: Person;
test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  server = await startFreshServer({ TRUST_PROXY: "1" });
  ({ url } = server);
  const page = await (await browser.newContext({ baseURL: url })).newPage();
  organizer = await signUp(page);
  const api = await apiOf(page);
  await api.openAlways();
  await api.changeEventType({ location: { kind: "none" } });
  await page.context().close();
  await rush(30);
});
test.afterAll(() => server?.stop());

/** So many people book, each from a network of their own. */
async function rush(count: number): Promise<void> {
  const { handle } = organizer;
  const from = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const to = new Date(Date.now() + 4 * 86_400_000).toISOString().slice(0, 10);
  const base = `${url}/api/v1`;
  const listed = await fetch(
    `${base}/organizers/${handle}/event-types/appointment/slots?from=${from}&to=${to}&timeZone=UTC`,
  );
  const { slots } = (await listed.json()) as { slots: { start: string }[] };
  for (const [nth, { start }] of slots.slice(0, count).entries()) {
    const visitor = { name: `Visitor ${nth}`, email: `visitor${nth}@example.org`, timeZone: "UTC" };
    const booked = await fetch(`${base}/bookings`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": `10.9.${nth}.1` },
      body: JSON.stringify({ handle, slug: "appointment", start, visitor }),
    });
    expect(booked.status).toBe(201);
  }
}

async function visit(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    extraHTTPHeaders: { "x-forwarded-for": address },
    ...options,
  });
  return context.newPage();
}

const fillIn = (page: Page) => fillBookingForm(page, `/${organizer.handle}/appointment`);

const confirm = (page: Page) => page.getByRole("button", { name: "Confirm booking" }).click();

test("a browser solves a puzzle while its visitor types in a rush, and the booking goes through", async ({
  browser,
}) => {
  const page = await visit(browser, "10.8.1.1");
  const others: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) others.push(request.url());
  });
  await fillIn(page);
  await expect(page.locator('input[name="proof"]')).toHaveCount(1);
  await confirm(page);
  await expect(page.getByText("Confirmed", { exact: true }).first()).toBeVisible();
  expect(others).toEqual([]);
});

test("without scripts a visitor confirms in a rush by mail", async ({ browser }) => {
  const page = await visit(browser, "10.8.2.1", { javaScriptEnabled: false });
  await fillIn(page);
  await confirm(page);
  await expect(page.getByText("Confirm your email address").first()).toBeVisible();
});
