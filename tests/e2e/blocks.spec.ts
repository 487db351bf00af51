import { expect, type Page, test } from "@playwright/test";
import { apiOf, bookBy, type Person, signUp } from "@/tests/e2e/people";

/** An organizer whose visitors all have to confirm, with bookings of these people that wait. */
async function withHeldBack(page: Page, names: readonly string[]): Promise<Person> {
  const organizer = await signUp(page);
  const api = await apiOf(page);
  await api.openAlways();
  await api.changeEventType({ emailCheck: "always", location: { kind: "none" } });
  for (const [index, name] of names.entries()) {
    await bookBy(page.request, organizer, {
      name,
      email: `${index}@win.example`,
      skip: 4 * index,
      fromDay: 2,
    });
  }
  await page.goto("/account/bookings");
  return organizer;
}

test("a sender is blocked by their domain from the list of what is held back, and let go again", async ({
  page,
}) => {
  await withHeldBack(page, ["Wendy Winner", "Walt Winner"]);
  await page.getByRole("link", { name: "2 held back" }).click();
  await expect(page).toHaveURL(/state=suspicious/);
  await page.getByRole("button", { name: /^Block sender Wendy Winner/ }).click();
  const dialog = page.getByRole("dialog", { name: "Block the sender of Wendy Winner's booking?" });
  await expect(dialog.getByRole("radio", { name: /0@win\.example/ })).toBeChecked();
  await dialog.getByRole("radio", { name: /Everyone at win\.example/ }).check();
  await dialog.getByRole("button", { name: "Block sender" }).click();
  const said = page.getByRole("status").filter({ hasText: "win.example is blocked" });
  await expect(said).toBeFocused();
  await expect(said).toContainText("2 bookings that waited were rejected.");
  await expect(page.getByRole("heading", { name: "Nothing is held back" })).toBeVisible();
  await page.getByRole("button", { name: "Undo: unblock win.example" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Unblocked" })).toBeFocused();
  await expect(page.getByRole("button", { name: /^Let in W/ })).toHaveCount(2);
  await page.getByRole("link", { name: "Blocked senders" }).click();
  await expect(page.getByText("You haven't blocked anyone.")).toBeVisible();
});

test("what came of letting a visitor in, or of rejecting them, is said where they waited", async ({
  page,
}) => {
  await withHeldBack(page, ["Frida Friend", "Walt Winner"]);
  await page.goto("/account/bookings?state=suspicious");
  await page.getByRole("button", { name: /^Let in Frida Friend/ }).click();
  const letIn = page.getByRole("status").filter({ hasText: "You let Frida Friend in" });
  await expect(letIn).toBeFocused();
  await expect(letIn).toContainText("The booking is confirmed, and an email is on its way to 0@win.example.");
  await page.getByRole("button", { name: /^Reject Walt Winner/ }).click();
  const rejected = page.getByRole("status").filter({ hasText: "You rejected Walt Winner's booking" });
  await expect(rejected).toBeFocused();
  await expect(rejected).toContainText("The time becomes available again. Walt Winner isn't notified.");
  await expect(page).toHaveURL(/state=suspicious/);
  await expect(page.getByRole("heading", { name: "Nothing is held back" })).toBeVisible();
});

test("without scripts the list says it too, and says so where someone else was first", async ({
  browser,
  page,
}) => {
  await withHeldBack(page, ["Frida Friend", "Walt Winner"]);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  const list = "/account/bookings?state=suspicious";
  await plain.goto(list);
  await plain.getByRole("button", { name: /^Let in Frida Friend/ }).click();
  await expect(plain.getByRole("status")).toContainText("You let Frida Friend in");
  await page.goto(list);
  await page.getByRole("button", { name: /^Let in Walt Winner/ }).click();
  await expect(page.getByText("You let Walt Winner in")).toBeVisible();
  await plain.getByRole("button", { name: /^Reject Walt Winner/ }).click();
  await expect(plain.getByRole("status")).toContainText("1 booking had changed in the meantime");
  await expect(plain.getByRole("status").getByRole("link", { name: "Walt Winner" })).toBeVisible();
  await context.close();
});

test("senders are blocked by hand and unblocked, and a domain that strangers share is refused", async ({
  page,
}) => {
  const organizer = await withHeldBack(page, []);
  await page.goto("/account/bookings/blocked");
  const sender = page.getByLabel("Email address, domain, or network");
  const block = page.getByRole("button", { name: "Block", exact: true });
  await sender.fill("gmail.com");
  await block.click();
  await expect(page.getByText("Anyone can have an address at this domain.")).toBeVisible();
  await sender.fill("203.0.113.9");
  await block.click();
  await expect(page.getByRole("status").filter({ hasText: "203.0.113.0/24 is blocked" })).toBeVisible();
  await sender.fill("Spam@Win.example");
  await block.click();
  await expect(page.getByRole("row", { name: /spam@win\.example Address/ })).toBeVisible();
  await bookBy(page.request, organizer, { email: "spam+1@win.example", fromDay: 2 });
  await page.goto("/account/bookings?state=suspicious");
  await expect(page.getByText("You blocked this address")).toBeVisible();
  await page.goto("/account/bookings/blocked");
  await page.getByRole("button", { name: "Unblock spam@win.example" }).click();
  await expect(page.getByRole("row", { name: /spam@win\.example/ })).toHaveCount(0);
});

test("a sender is blocked without scripts, from the booking's own page", async ({ browser, page }) => {
  await withHeldBack(page, ["Wendy Winner"]);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  await plain.goto("/account/bookings?state=suspicious");
  await plain.getByRole("link", { name: /^Wendy Winner/ }).click();
  await plain.getByText("Block sender", { exact: true }).first().click();
  await plain.getByRole("button", { name: "Block sender", exact: true }).click();
  await expect(plain.getByText("0@win.example is blocked")).toBeVisible();
  await plain.getByRole("button", { name: /^Undo/ }).click();
  await expect(plain.getByText("Unblocked", { exact: true })).toBeVisible();
  await expect(plain.getByRole("button", { name: /^Reject Wendy Winner/ })).toBeVisible();
  await context.close();
});
