import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { examine, expectNothingFound } from "@/tests/e2e/examine";
import {
  addMicrosoftAccount,
  apiOf,
  bookBy,
  connectTeams,
  microsoft,
  type Person,
  signUp,
} from "@/tests/e2e/people";
import { PASSWORD } from "@/tests/emulator/seed";

interface Booked {
  id: string;
  token: string;
}

/** Books the first slot that is offered, or a later one, the way another program would. */
async function book(request: APIRequestContext, { handle }: Person, name = "Vera Visitor", skip = 0) {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const slots = await request.get(
    `/api/v1/organizers/${handle}/event-types/appointment/slots?from=${day(0)}&to=${day(10)}&timeZone=UTC`,
  );
  const { slots: offered } = (await slots.json()) as { slots: { start: string }[] };
  const answer = await request.post("/api/v1/bookings", {
    data: {
      handle,
      slug: "appointment",
      start: offered[skip]?.start,
      visitor: { name, email: "vera@example.org", timeZone: "America/New_York" },
    },
  });
  expect(answer.status()).toBe(201);
  return (await answer.json()) as Booked;
}

/** Makes the one event type of a new organizer wait for approval. */
async function requireApproval(page: Page, request: APIRequestContext): Promise<void> {
  await page.goto("/account/developer");
  await page.getByLabel("Name", { exact: true }).fill("Test");
  await page.getByRole("button", { name: "Create key" }).click();
  const apiKey = await page.getByRole("textbox", { name: "API key" }).inputValue();
  const headers = { authorization: `Bearer ${apiKey}` };
  const list = await request.get("/api/v1/me/event-types", { headers });
  const { items } = (await list.json()) as { items: { id: string }[] };
  const changed = await request.patch(`/api/v1/me/event-types/${items[0]?.id}`, {
    headers,
    data: { requiresApproval: true, location: { kind: "phone", value: "+33 1 23 45 67 89" } },
  });
  expect(changed.status()).toBe(200);
}

const register = (page: Page) => page.getByRole("listitem").filter({ hasText: "Vera Visitor" });

/** Whatever the page's policy refused, or a script threw. */
function listenForTrouble(page: Page): string[] {
  const trouble: string[] = [];
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") trouble.push(message.text());
  });
  return trouble;
}

test("a new organizer is notified what will be here, and that no confirmed booking is without its link", async ({
  page,
}) => {
  await signUp(page);
  await expect(page.getByRole("heading", { name: "No bookings yet" })).toBeVisible();
  await expect(page.getByText("0 confirmed bookings without a verified link")).toBeVisible();
  await expect(page.getByRole("link", { name: "Connect Microsoft Teams" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy your public link" }).first()).toBeVisible();
});

test("a new organizer connects from the first steps, and comes back to them", async ({ page }) => {
  await signUp(page);
  const account = await addMicrosoftAccount();
  await page.getByRole("link", { name: "Connect Microsoft Teams" }).click();
  await expect(page).toHaveURL(/\/account\/integrations/);
  await page.getByRole("link", { name: "Connect Microsoft Teams" }).click();
  await page.getByLabel("Email").fill(account);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(page).toHaveURL(/\/account\/bookings$/);
  await expect(
    page.getByRole("listitem").filter({ hasText: "Connect your Microsoft account" }),
  ).toContainText(`Connected — ${account}`);
  await expect(page.getByRole("button", { name: "Copy your public link" })).toBeVisible();
});

test("a booking that waits for the connection is counted, shown, and healed by connecting", async ({
  page,
  request,
}) => {
  const organizer = await signUp(page);
  const { id } = await book(request, organizer);
  await expect
    .poll(async () => {
      await page.goto("/account/bookings");
      return page.getByText("Waiting for connection").count();
    })
    .toBeGreaterThan(0);
  await expect(page.getByText("1 confirmed booking without a verified link")).toBeVisible();
  await page.getByRole("link", { name: "Show it" }).click();
  await expect(register(page)).toHaveCount(1);

  await connectTeams(page, await addMicrosoftAccount());
  await expect
    .poll(async () => {
      await page.goto(`/account/bookings/${id}`);
      return page.getByText("Confirmed, link verified").count();
    })
    .toBeGreaterThan(0);
  await expect(page.getByText("POST /me/events", { exact: true })).toBeVisible();
  await expect(page.getByText(/^request-id [0-9a-f-]{36}$/).first()).toBeVisible();
  await page.goto("/account/bookings");
  await expect(page.getByText("0 confirmed bookings without a verified link")).toBeVisible();
  await expect(page.getByRole("link", { name: "Join Microsoft Teams meeting" })).toHaveAttribute(
    "href",
    /^https:\/\/teams\./,
  );
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("an organizer has a meeting looked at again", async ({ page, request }) => {
      const organizer = await signUp(page);
      const { id } = await book(request, organizer);
      await page.goto(`/account/bookings/${id}`);
      await page.getByRole("button", { name: "Repair now" }).click();
      await expect(page.getByText("You requested a repair")).toBeVisible();
      await expect
        .poll(async () => {
          await page.reload();
          return page.getByText("No Microsoft account is connected").count();
        })
        .toBeGreaterThan(0);
    });

    test("an organizer cancels with a message, and Outlook tells the visitor", async ({ page, request }) => {
      const organizer = await signUp(page);
      const account = await addMicrosoftAccount();
      await connectTeams(page, account);
      const { id } = await book(request, organizer);
      await expect.poll(async () => (await microsoft.mailbox(account)).events.length).toBe(1);
      await page.goto(`/account/bookings/${id}`);
      await page.getByText("Cancel booking", { exact: true }).first().click();
      await page.getByLabel("Message to Vera Visitor").fill("I have fallen ill.");
      await page.getByRole("button", { name: "Cancel booking" }).last().click();
      await expect(page.getByText("I have fallen ill.")).toBeVisible();
      await expect(page.getByText("Cancelled by you")).toBeVisible();
      await expect.poll(async () => (await microsoft.mailbox(account)).events.length).toBe(0);
      await page.goto("/account/bookings?view=cancelled");
      await expect(register(page)).toHaveCount(1);
    });

    test("an organizer approves one booking, declines others at once but for one that changed, and saves what they look for", async ({
      page,
      request,
    }) => {
      const organizer = await signUp(page);
      await requireApproval(page, request);
      await book(request, organizer, "Vera Visitor", 0);
      await book(request, organizer, "Willem Wacht", 2);
      await book(request, organizer, "Xenia Zwei", 4);
      await page.goto("/account/bookings");
      await page.getByRole("button", { name: /^Approve Vera Visitor/ }).click();
      await expect(page.getByRole("button", { name: /^Approve Vera Visitor/ })).toHaveCount(0);
      await expect(register(page).getByText("Phone call")).toBeVisible();
      await page.getByRole("checkbox", { name: /^Select Willem Wacht/ }).check();
      await page.getByRole("checkbox", { name: /^Select Xenia Zwei/ }).check();
      const several = page.getByRole("form", { name: "With the selected bookings" });
      await several.getByRole("button", { name: "Decline" }).click();
      await expect(page.getByRole("heading", { name: "Decline 2 bookings?" })).toBeVisible();
      const elsewhere = await page.context().newPage();
      await elsewhere.goto("/account/bookings");
      const approveXenia = elsewhere.getByRole("button", { name: /^Approve Xenia Zwei/ });
      await approveXenia.click();
      await expect(approveXenia).toHaveCount(0);
      await page.getByLabel("Message to the visitors").fill("I am fully booked.");
      await page.getByRole("button", { name: "Decline" }).click();
      const outcome = page.getByRole("status").filter({ hasText: "1 booking declined." });
      await expect(outcome.getByRole("listitem").filter({ hasText: "Willem Wacht" })).toContainText(
        "Declined",
      );
      await expect(outcome.getByRole("listitem").filter({ hasText: "Xenia Zwei" })).toContainText(
        "Phone call",
      );
      await expect(outcome).toContainText("1 booking had changed in the meantime");
      await page.goto("/account/bookings");
      await expect(page.getByText("Willem Wacht")).toHaveCount(0);
      await page.goto("/account/bookings?view=cancelled");
      await expect(page.getByText("Willem Wacht").first()).toBeVisible();

      await page.goto("/account/bookings?status=declined");
      await page.getByText("Save this filter", { exact: true }).click();
      await page.getByLabel("Filter name").fill("Turned down");
      await page.getByRole("button", { name: "Save filter", exact: true }).click();
      const saved = page.getByRole("navigation", { name: "Saved filters" }).getByRole("link");
      await expect(saved).toHaveAttribute("aria-current", "page");
      await page.goto("/account/bookings");
      await saved.click();
      await expect(page).toHaveURL(/\?status=declined$/);
      await page.getByRole("button", { name: "Remove the saved filter Turned down" }).click();
      await expect(saved).toHaveCount(0);
    });
  });
}

test("an organizer gets about by keys, and turns off those that are a single one", async ({
  page,
  request,
}) => {
  const organizer = await signUp(page);
  await book(request, organizer, "Vera Visitor", 0);
  await book(request, organizer, "Willem Wacht", 2);
  await page.goto("/account/bookings");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(keys).toBeVisible({ timeout: 2000 });
  }).toPass();
  await expectNothingFound(page, "the keys");
  await page.keyboard.press("Escape");
  await expect(keys).toHaveCount(0);
  const linkOf = (name: string) => page.getByRole("main").getByRole("listitem").getByRole("link", { name });
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await expect(linkOf("Willem Wacht")).toBeFocused();
  await page.keyboard.press("k");
  await expect(linkOf("Vera Visitor")).toBeFocused();
  await page.keyboard.press("/");
  const search = page.getByRole("searchbox", { name: "Search bookings" });
  await expect(search).toBeFocused();
  await page.keyboard.type("g?e");
  await expect(search).toHaveValue("g?e");
  await page.keyboard.press("Tab");
  await page.keyboard.type("ge");
  await expect(page).toHaveURL(/\/account\/event-types$/);

  await page.keyboard.press("Control+k");
  const palette = page.getByRole("combobox", { name: "Page, event type, or help" });
  await expect(palette).toBeFocused();
  await expectNothingFound(page, "the command palette");
  await palette.fill("online app");
  await expect(page.getByRole("option", { selected: true })).toHaveText("Online appointment");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/account\/event-types\/[0-9a-f-]{36}/);

  await page.goto("/account/profile");
  await page.getByRole("button", { name: "Turn off single keys" }).click();
  await expect(page.getByText("Single keys are off in this browser.")).toBeVisible();
  await page.keyboard.press("?");
  await page.keyboard.press("Control+k");
  await expect(palette).toBeFocused();
  await expect(keys).toHaveCount(0);
});

test("another organizer's booking is not there", async ({ page, browser, request }) => {
  await signUp(page);
  const other = await signUp(await (await browser.newContext()).newPage());
  const { id } = await book(request, other);
  expect((await page.goto(`/account/bookings/${id}`))?.status()).toBe(404);
  expect((await page.goto("/account/bookings/nonsense"))?.status()).toBe(404);
});

test("a stranger is sent to sign in and comes back to the page asked for", async ({ page }) => {
  await page.goto("/account/bookings?view=past");
  await expect(page).toHaveURL(/\/sign-in\?returnTo=%2Faccount%2Fbookings%3Fview%3Dpast$/);
});

test("the page's policy stops nothing that the product does itself", async ({ page, request }) => {
  const trouble = listenForTrouble(page);
  const organizer = await signUp(page);
  const { id, token } = await book(request, organizer);
  const paths = [
    "/account/bookings",
    `/account/bookings/${id}`,
    "/account/event-types",
    "/account/availability",
    "/account/integrations",
    "/account/profile",
    "/account/security",
    "/account/developer",
    `/${organizer.handle}`,
    `/${organizer.handle}/appointment`,
    `/booking/${token}`,
  ];
  for (const path of paths) {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
  }
  await page.goto("/account/bookings");
  await page.getByRole("button", { name: /^More options for Vera Visitor/ }).click();
  await expect(page.getByRole("menuitem", { name: "Cancel booking" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.goto(`/account/bookings/${id}`);
  await page.getByRole("button", { name: "Cancel booking" }).click();
  await expect(page.getByRole("dialog", { name: "Cancel the booking with Vera Visitor?" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Keep booking" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Cancel booking" })).toBeFocused();
  expect(trouble).toEqual([]);
});

test("every page has its security headers, and capabilities stay out of referrers and search engines", async ({
  request,
}) => {
  const nonces = new Set<string>();
  for (const path of [
    "/sign-in",
    "/account/bookings",
    "/booking/nonsense",
    "/j/nonsense",
    "/no/such/page/here",
  ]) {
    const headers = (await request.get(path, { maxRedirects: 0 })).headers();
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? "");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    const isCapability = path.startsWith("/booking/") || path.startsWith("/j/");
    expect(headers["referrer-policy"]).toBe(isCapability ? "no-referrer" : "strict-origin-when-cross-origin");
    if (isCapability) expect(headers["x-robots-tag"]).toContain("noindex");
  }
  expect(nonces.size).toBe(5);
});

test("an organizer's past and one booking are accessible, light and dark, wide and narrow", async ({
  page,
  request,
  browser,
}) => {
  test.slow();
  const organizer = await signUp(page);
  const { id } = await book(request, organizer);
  await examine(browser, [`/account/bookings/${id}`, "/account/bookings?view=past"], page.context());
});

test("an organizer reads today's bookings without a connection, until they sign out", async ({
  page,
  context,
}) => {
  const organizer = await signUp(page);
  const api = await apiOf(page);
  await api.openAlways();
  // A zone in which the day is young, so that what is booked next is today.
  const zone = Array.from(
    { length: 25 },
    (_, hour) => `Etc/GMT${hour > 12 ? "-" : "+"}${hour > 12 ? hour - 12 : hour}`,
  );
  const timeZone = zone.find((one) => hourIn(one) >= 3 && hourIn(one) <= 9);
  const [{ id: schedule }] = (await api.send("GET", "/me/schedules")).items;
  await api.send("PATCH", `/me/schedules/${schedule}`, { timeZone });
  await api.changeEventType({
    location: { kind: "phone", value: "+33 1 23 45 67 89" },
    minimumNoticeMinutes: 0,
  });
  await bookBy(page.request, organizer, { name: "Vera Today", email: "vera-today@example.org" });
  await page.goto("/account/bookings");
  await expect.poll(() => keptDay(page)).toContain("Vera Today");
  // Keeping it loads nothing of its page into this one.
  const linked = await page.evaluate(() =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
      .filter(({ initiatorType }) => initiatorType === "link")
      .map(({ name }) => name),
  );
  expect(linked).toEqual([...new Set(linked)]);
  // Nothing that acts for someone, and no one's address.
  expect(await keptDay(page)).not.toMatch(/vera-today@|<script|<form|\/j\/|\/booking\//);

  await context.setOffline(true);
  await page.goto("/account/event-types");
  await expect(page.getByText("Bellhop can't be reached")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Today", exact: true })).toBeVisible();
  await expect(page.getByText("Vera Today")).toBeVisible();
  await expect(page.getByText("+33 1 23 45 67 89")).toBeVisible();
  await expectNothingFound(page, "the kept day");

  await context.setOffline(false);
  await page.goto("/account/bookings");
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([]);
});

function hourIn(timeZone: string): number {
  return Number(new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" }).format());
}

/** What this device keeps of the day; empty where it keeps nothing. */
function keptDay(page: Page): Promise<string> {
  return page.evaluate(async () => (await (await caches.match("/account/today"))?.text()) ?? "");
}
