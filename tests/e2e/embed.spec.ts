/** The booking page on another website: another origin, a strict policy, and no cookies for the frame. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { createChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { expectNothingFound } from "@/tests/e2e/examine";
import { apiOf, openSection, type Person, signUp, timeOfDay } from "@/tests/e2e/people";

const bellhop = `http://localhost:${process.env.E2E_PORT ?? 3210}`;

interface Host {
  /** Its origin; another site than Bellhop's, so that no cookie of ours reaches the frame. */
  origin: string;
  server: Server;
}

/** What the page around the frame says in its headers: a policy as strict as it can be, on a page that is isolated. */
const strict = {
  "Content-Security-Policy": `default-src 'none'; script-src ${bellhop} 'self'; frame-src ${bellhop}; style-src 'self'; require-trusted-types-for 'script'`,
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Notes what the element says, in the page's own words. */
const notes = `
  document.documentElement.dataset.heard = "";
  for (const name of ["ready", "slot", "booked", "closed"]) {
    document.addEventListener("bellhop-" + name, ({ detail }) => {
      document.documentElement.dataset.heard += name + " ";
      if (detail) document.documentElement.dataset[name] = JSON.stringify(detail);
    });
  }`;

/** A website whose one page has this element in it. */
async function startHost(element: () => string): Promise<Host> {
  const server = createServer((request, response) => {
    if (request.url === "/notes.js") {
      response.writeHead(200, { "Content-Type": "text/javascript" }).end(notes);
      return;
    }
    const framed = new URL(request.url ?? "/", bellhop).searchParams.get("frame");
    if (framed !== null) {
      response
        .writeHead(200, { "Content-Type": "text/html" })
        .end(`<iframe src="${bellhop}${framed}"></iframe>`);
      return;
    }
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...strict });
    response.end(
      `<!doctype html><html lang="en"><title>A website</title><script src="/notes.js"></script>
      <script src="${bellhop}/embed.js" async></script><h1>A website</h1><p><a href="#before">Before</a></p>${element()}`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A page to book, and a website that has it. */
async function prepare(page: Page, attributes = "", change: object = {}): Promise<Host & { person: Person }> {
  const person = await signUp(page);
  const address = `${person.handle}/appointment`;
  const host = await startHost(
    () =>
      `<bellhop-booking page="${address}" ${attributes}><a href="${bellhop}/${address}">Book a time</a></bellhop-booking>`,
  );
  const api = await apiOf(page);
  await api.openAlways();
  await api.changeEventType({
    location: { kind: "phone", value: "+33 1 23 45 67 89" },
    embedOrigins: [host.origin],
    ...change,
  });
  return { ...host, person };
}

const heard = (page: Page) => page.evaluate(() => document.documentElement.dataset.heard?.trim());

test("a visitor books on another website, under a strict policy and without cookies", async ({
  browser,
  page,
}) => {
  const questions = [{ id: "Topic", label: "Topic", kind: "text", required: true }];
  const attributes = 'name="Frida Frame" email="frida@example.org" q.Topic="Tax" theme="dark"';
  const { server, origin } = await prepare(page, attributes, { questions });
  const visitor = await (await browser.newContext({ timezoneId: "Asia/Tokyo" })).newPage();
  const complaints: string[] = [];
  visitor.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  // As if very much was going on: the worker that solves it runs on an isolated website too.
  const challenge = await createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: 10,
    counter: 3,
    deriveKey,
    hmacSignatureSecret: "test",
  });
  await visitor.route("**/api/proof", (route) => route.fulfill({ json: challenge }));
  await visitor.goto(`${origin}/?utm_source=website`);
  const frame = visitor.frameLocator("bellhop-booking iframe");
  await frame.getByRole("radio", { name: timeOfDay }).first().check({ force: true });
  await expect.poll(() => heard(visitor)).toBe("ready slot");
  await expect(frame.getByLabel("Time zone")).toHaveValue("Asia/Tokyo");
  await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(frame.getByLabel("Your name")).toHaveValue("Frida Frame");
  await expect(frame.getByLabel("Topic")).toHaveValue("Tax");
  await frame.getByLabel("Topic").focus();
  await expect(frame.locator('input[name="proof"]')).toHaveCount(1);
  // As high as what is in it, so that only the website scrolls.
  const isWhole = () =>
    visitor.locator("bellhop-booking iframe").evaluate((one) => {
      const { height } = one.getBoundingClientRect();
      return height > 500 && Math.abs(height - Number.parseFloat((one as HTMLElement).style.height)) < 2;
    });
  await expect.poll(isWhole).toBe(true);
  // Only the frame is heard.
  await visitor.evaluate(() => postMessage({ bellhop: "booked", booked: { id: "forged" } }, "*"));
  await frame.getByRole("button", { name: "Confirm booking" }).click();
  await expect(frame.getByRole("heading", { name: /Online appointment/ })).toBeVisible();
  await expect.poll(() => heard(visitor)).toBe("ready slot booked");
  const { id, start, end } = JSON.parse(
    (await visitor.evaluate(() => document.documentElement.dataset.booked)) ?? "{}",
  );
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(start).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/);
  expect(Date.parse(end) - Date.parse(start)).toBe(30 * 60_000);
  await page.goto(`/account/bookings/${id}`);
  await expect(page.getByText("utm_source: website")).toBeVisible();
  expect(await visitor.context().cookies()).toEqual([]);
  expect(complaints).toEqual([]);
  const opened = visitor.context().waitForEvent("page");
  await frame.getByRole("link", { name: "Manage booking" }).click();
  await expect((await opened).getByRole("link", { name: "Cancel booking" })).toBeVisible();
  server.close();
});

test("a dialog on another website has a name, keeps the focus, and gives it back", async ({
  browser,
  page,
}) => {
  const { server, origin } = await prepare(page, 'mode="popup"');
  const visitor = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
  await visitor.goto(origin);
  const link = visitor.getByRole("link", { name: "Book a time" });
  await link.focus();
  await visitor.keyboard.press("Enter");
  const dialog = visitor.getByRole("dialog", { name: /^Online appointment with Ada/ });
  await expect(dialog).toBeVisible();
  const frame = visitor.frameLocator("bellhop-booking iframe");
  // Wherever the Tab key leads, it is not behind the dialog.
  for (let stop = 0; stop < 4; stop += 1) {
    await visitor.keyboard.press("Tab");
    expect(await visitor.evaluate(() => document.activeElement?.matches("bellhop-booking, body"))).toBe(true);
  }
  await visitor.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(link).toBeFocused();
  await link.click();
  await frame.getByRole("radio", { name: timeOfDay }).first().focus();
  await visitor.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(link).toBeFocused();
  await link.click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  expect(await heard(visitor)).toBe("ready closed closed closed");
  server.close();
});

test("a floating button opens the same dialog, and works as a link without a script", async ({
  browser,
  page,
}) => {
  const { server, origin, person } = await prepare(page, 'mode="button"');
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const visitor = await context.newPage();
  await visitor.goto(origin);
  const button = visitor.getByRole("link", { name: "Book a time" });
  await expect.poll(async () => ((await button.boundingBox())?.y ?? 0) > 700).toBe(true);
  await button.click();
  await expect(visitor.getByRole("dialog")).toBeVisible();
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(origin);
  await plain.getByRole("link", { name: "Book a time" }).click();
  await expect(plain).toHaveURL(`${bellhop}/${person.handle}/appointment`);
  await expect(plain.getByRole("radio", { name: timeOfDay }).first()).toBeAttached();
  server.close();
});

test("a website that the event type doesn't name shows its own link", async ({ browser, page }) => {
  const { server, origin } = await prepare(page, "", { embedOrigins: ["https://www.example.com"] });
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(origin);
  await expect(visitor.locator("bellhop-booking iframe")).toBeVisible();
  await expect(visitor.getByRole("link", { name: "Book a time" })).toBeVisible();
  await expect(visitor.locator("bellhop-booking iframe")).toBeHidden();
  expect(await heard(visitor)).toBe("");
  server.close();
});

test("a plain frame finds its visitor's time zone, and no other page of Bellhop's is shown in one", async ({
  browser,
  page,
}) => {
  const { server, origin, person } = await prepare(page);
  const visitor = await (await browser.newContext({ timezoneId: "Asia/Tokyo" })).newPage();
  await visitor.goto(`${origin}/?frame=/embed/${person.handle}/appointment`);
  // No cookie can say it, and no script around the frame does.
  await expect(visitor.frameLocator("iframe").getByLabel("Time zone")).toHaveValue("Asia/Tokyo");
  for (const path of ["/sign-in", `/${person.handle}/appointment`, "/booking/unknown"]) {
    await visitor.goto(`${origin}/?frame=${path}`);
    await expect.poll(() => visitor.frames()[1]?.url(), path).toMatch(/^chrome-error:/);
  }
  server.close();
});

test("organizers see their page on a sample website, and copy the code for theirs", async ({ page }) => {
  const { server, person, origin } = await prepare(page);
  await page.goto("/account/event-types");
  await page.getByRole("link", { name: "Online appointment", exact: true }).click();
  const field = page.getByLabel("Websites that can show this page");
  await expect(field).toHaveValue(origin);
  await openSection(page, "Embedding");
  await field.fill("http://www.example.com");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Start with https://. Only localhost can have http://.").first()).toBeVisible();
  await field.fill("https://WWW.example.com/\nhttps://shop.example.com");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/\/account\/event-types\?/);
  await page.getByRole("link", { name: "Online appointment", exact: true }).click();
  await expect(field).toHaveValue("https://www.example.com\nhttps://shop.example.com");
  await openSection(page, "Embedding");
  await page.getByRole("link", { name: "See it on a website, and copy the code" }).click();
  const frame = page.frameLocator("bellhop-booking iframe");
  await expect(frame.getByRole("radio", { name: timeOfDay }).first()).toBeAttached();
  await expectNothingFound(page);
  await page.getByLabel("Shown as").selectOption("popup");
  await page.getByLabel("Theme", { exact: true }).selectOption("dark");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.locator("pre").first()).toContainText(
    `<bellhop-booking page="${person.handle}/appointment" mode="popup" theme="dark">`,
  );
  await page.getByRole("link", { name: "Book a time" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
  server.close();
});
