import { expect, type Page, test } from "@playwright/test";
import { dateAhead } from "@/tests/e2e/dates";
import { expectNothingFound } from "@/tests/e2e/examine";
import { openSection, signUp } from "@/tests/e2e/people";

const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("an organizer travels, closes the holidays of a country and keeps one open", async ({ page }) => {
      await signUp(page);
      await page.goto("/account/availability");
      await page.getByRole("button", { name: "Add a trip" }).click();
      await page.getByLabel("First day").fill("2031-02-03");
      await page.getByLabel("Last day").fill("2031-02-01");
      await page.getByLabel("Where you'll be").selectOption("Asia/Tokyo");
      await save(page);
      await expect(page.getByText("The last day can't be before the first day.")).toBeVisible();
      await page.getByLabel("Last day").fill("2031-02-07");
      await save(page);
      await expect(page.getByText("Saved.")).toBeVisible();
      await expect(page.getByLabel("Where you'll be")).toHaveValue("Asia/Tokyo");

      await page.getByRole("link", { name: "Choose holidays" }).click();
      await page.getByLabel("Country").selectOption("DE");
      await page.getByRole("button", { name: "Show holidays" }).click();
      await page.getByLabel("Region").selectOption("BY");
      await page.getByRole("button", { name: "Show holidays" }).click();
      await expect(page.getByLabel("Country")).toHaveValue("DE");
      await page.getByLabel("Epiphany").uncheck();
      await save(page);
      await expect(page.getByText("Saved.")).toBeVisible();
      await expect(page.getByText(/holidays in the coming months/)).toBeVisible();
      await page.getByRole("link", { name: "Choose holidays" }).click();
      await expect(page.getByLabel("Region")).toHaveValue("BY");
      await expect(page.getByLabel("Epiphany")).not.toBeChecked();
      await expect(page.getByLabel("Christmas Day")).toBeChecked();
      await expect(page.getByLabel("Country")).toHaveValue("DE");
      if (javaScriptEnabled) await expectNothingFound(page);
    });

    test("an organizer limits a month and asks why a time is not offered", async ({ page }) => {
      const { handle } = await signUp(page);
      await page.goto("/account/event-types");
      await page.getByRole("link", { name: "Online appointment", exact: true }).click();
      await openSection(page, "Limits");
      await page.getByLabel("Bookings per month").fill("5");
      await page.getByLabel("Booked time per week").fill("90");
      await openSection(page, "Availability");
      await page.getByLabel("Booking window").selectOption({ label: "A number of days with hours" });
      await page.getByLabel("Days from today").fill("30");
      await save(page);
      await expect(page.getByText("Saved.")).toBeVisible();

      await page.getByRole("link", { name: "Troubleshoot availability Online appointment" }).click();
      await expect(
        page.getByRole("heading", { name: "Troubleshoot availability: Online appointment" }),
      ).toBeVisible();
      const saturday = dateAhead(6);
      await page.getByLabel("Day", { exact: true }).fill(saturday);
      await page.getByLabel("Time", { exact: true }).fill("10:00");
      await page.getByRole("button", { name: "Check" }).click();
      await expect(
        page.getByRole("heading", { name: /^10:00 on Saturday .* isn't available\.$/ }),
      ).toBeVisible();
      await expect(page.getByText(/Your schedule has no hours on Saturday/)).toBeVisible();
      await expect(page.getByText("There are no start times on this day.")).toBeVisible();

      await page.getByLabel("Day", { exact: true }).fill(dateAhead(3));
      await page.getByRole("button", { name: "Check" }).click();
      await expect(
        page.getByRole("heading", { name: /^10:00 on Wednesday .* is available\.$/ }),
      ).toBeVisible();
      const starts = page.getByRole("table", { name: /^Start times on Wednesday/ });
      await expect(starts.getByRole("row")).toHaveCount(17);
      await starts.getByRole("link", { name: /^16:30/ }).click();
      await expect(
        page.getByRole("heading", { name: /^16:30 on Wednesday .* is available\.$/ }),
      ).toBeVisible();
      await page.getByRole("link", { name: "Next day" }).click();
      await expect(page.getByRole("heading", { name: /^16:30 on Thursday/ })).toBeVisible();
      expect(handle).not.toBe("");
      if (javaScriptEnabled) await expectNothingFound(page);
    });
  });
}

test("an organizer paints the week with the keyboard and with a pointer", async ({ page }) => {
  await signUp(page);
  await page.goto("/account/availability");
  const grid = page.getByRole("grid", { name: "Weekly hours" });
  await expect(grid.getByRole("gridcell", { name: "Monday, 09:00–09:30" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await expectNothingFound(page);
  const sunday = page.getByRole("group", { name: "Sunday" });
  await expect(sunday.getByText("Closed")).toBeVisible();

  await grid.getByRole("gridcell", { name: "Monday, 09:00–09:30" }).focus();
  for (let step = 0; step < 6; step += 1) await page.keyboard.press("ArrowDown");
  const nine = grid.getByRole("gridcell", { name: "Sunday, 09:00–09:30" });
  await expect(nine).toBeFocused();
  await page.keyboard.press("Space");
  await expect(nine).toHaveAttribute("aria-selected", "true");
  await expect(nine).toBeFocused();
  await page.keyboard.press("Shift+ArrowRight");
  await expect(sunday.getByLabel("Sunday, from")).toHaveValue("09:00");
  await expect(sunday.getByLabel("Sunday, to")).toHaveValue("10:00");

  const from = await grid.getByRole("gridcell", { name: "Monday, 12:00–12:30" }).boundingBox();
  const to = await grid.getByRole("gridcell", { name: "Friday, 12:30–13:00" }).boundingBox();
  if (!from || !to) throw new Error("The grid is not there.");
  await page.mouse.move(from.x + 3, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(to.x + 3, to.y + 5, { steps: 8 });
  await page.mouse.up();
  const friday = page.getByRole("group", { name: "Friday" });
  await expect(friday.getByLabel("Friday, to").first()).toHaveValue("12:00");
  await expect(friday.getByLabel("Friday, from").last()).toHaveValue("13:00");

  await grid.evaluate((cells) => {
    const send = (type: string, cell: string) =>
      cells
        .querySelector(`[data-cell="${cell}"]`)
        ?.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0 }));
    send("pointerdown", "6 540");
    send("pointerover", "6 660");
    send("pointerup", "6 660");
  });
  await expect(page.getByLabel("Saturday, to")).toHaveValue("11:30");

  await save(page);
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByRole("group", { name: "Monday" }).getByLabel("Monday, from").last()).toHaveValue(
    "13:00",
  );
});

test("on a phone, a finger that moves across the week paints, and one that moves down scrolls", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signUp(page);
  await page.goto("/account/availability");
  const grid = page.getByRole("grid", { name: "Weekly hours" });
  const sunday = page.getByRole("group", { name: "Sunday" });
  // Clear of the bar at the foot of the window.
  await grid.evaluate((table) => table.scrollIntoView({ block: "center", behavior: "instant" }));
  const from = await grid.getByRole("gridcell", { name: "Saturday, 10:00–10:30" }).boundingBox();
  const to = await grid.getByRole("gridcell", { name: "Sunday, 15:30–16:00" }).boundingBox();
  if (!from || !to) throw new Error("The grid is not there.");
  const start = { x: from.x + from.width / 2, y: from.y + from.height / 2 };
  const finger = await touch(page);
  await finger(start, [
    { x: start.x + 30, y: start.y },
    { x: to.x + to.width / 2, y: to.y + to.height / 2 },
  ]);
  await expect(page.getByLabel("Saturday, to")).toHaveValue("16:00");
  await expect(sunday.getByLabel("Sunday, from")).toHaveValue("10:00");
  await expect(sunday.getByLabel("Sunday, to")).toHaveValue("16:00");
  await expect(grid.getByRole("gridcell", { name: "Sunday, 15:30–16:00" })).toHaveAttribute(
    "aria-selected",
    "true",
  );

  const { y: before } = await page.evaluate(() => ({ y: scrollY }));
  const up = Array.from({ length: 10 }, (_, step) => ({ x: start.x, y: start.y - 20 * (step + 1) }));
  await finger(start, up);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before);
  await expect(page.getByLabel("Saturday, from")).toHaveCount(1);
  await expect(page.getByLabel("Saturday, from")).toHaveValue("10:00");
  await expectNothingFound(page);
});

/** A finger that is set down, moves, and is lifted. */
async function touch(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: { x: number; y: number }[]) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
  return async (start: { x: number; y: number }, moves: { x: number; y: number }[]) => {
    await send("touchStart", [start]);
    for (const point of moves) await send("touchMove", [point]);
    await send("touchEnd", []);
  };
}

test("an organizer chooses a date on the month and closes it", async ({ page }) => {
  await signUp(page);
  await page.goto("/account/availability");
  await page.getByRole("button", { name: "Next month" }).click();
  const day = page.getByRole("button", { name: /^\w+ 15 \w+, / });
  await day.click();
  const row = page.getByLabel("Date", { exact: true });
  await expect(row).toHaveValue(/-15$/);
  await expect(page.getByRole("button", { name: /^\w+ 15 \w+, closed by you/ })).toBeVisible();
  await day.click();
  await expect(row).toHaveCount(1);
  await save(page);
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByText("Closed all day")).toBeVisible();
});

test("a time is out of others' sight while its visitor types, and back when they leave", async ({
  page,
  browser,
}) => {
  const { handle } = await signUp(page);
  const path = `/${handle}/appointment?date=${dateAhead(2)}&tz=UTC`;
  const [first, second] = [await browser.newContext(), await browser.newContext()];
  const [typing, looking] = [await first.newPage(), await second.newPage()];
  const ten = (visitor: Page) => visitor.getByRole("radio", { name: /^10:00/ });

  await typing.goto(path);
  await ten(typing).check({ force: true });
  await expect(typing.getByText(/^We're holding this time for you until/)).toBeVisible();
  await looking.goto(path);
  await expect(looking.getByRole("radio", { name: /^10:30/ })).toBeVisible();
  await expect(ten(looking)).toHaveCount(0);
  await typing.reload();
  await expect(ten(typing)).toBeVisible();
  await typing.goto("/");
  await expect(async () => {
    await looking.reload();
    await expect(ten(looking)).toBeVisible({ timeout: 1_000 });
  }).toPass();

  await ten(looking).check({ force: true });
  await expect(looking.getByText(/^We're holding this time for you until/)).toBeVisible();
  await looking.getByLabel("Your name").fill("Vera Visitor");
  await looking.getByLabel("Email").fill("vera@example.org");
  await looking.getByRole("button", { name: "Confirm booking" }).click();
  await expect(looking).toHaveURL(/\/booking\//);
  await Promise.all([first.close(), second.close()]);
});

test("a time stays in its visitor's own sight while it is still being held", async ({ page }) => {
  const { handle } = await signUp(page);
  await page.context().clearCookies();
  // The answer to the hold takes its time; the page is asked for again meanwhile.
  await page.route("**/api/holds", async (route) => {
    const sent = route.request();
    const headers = await sent.allHeaders();
    const answer = await fetch(sent.url(), { method: sent.method(), headers, body: sent.postData() });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await route.fulfill({ status: answer.status, body: await answer.text() }).catch(() => undefined);
  });
  await page.goto(`/${handle}/appointment?date=${dateAhead(2)}&tz=UTC`);
  const asked = page.waitForRequest((request) => request.url().endsWith("/api/holds"));
  await page.getByRole("radio", { name: /^10:00/ }).check({ force: true });
  await asked;
  await page.waitForTimeout(500);
  await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await expect(page.getByText("for you, in Tokyo")).toBeVisible();
  await expect(page.locator("[name=start]:checked")).toHaveCount(1);
});
