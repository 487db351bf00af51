/** Someone leaves: their account is disabled, their bookings are looked after, and the audit log says who did what. */
import { expect, type Page, test } from "@playwright/test";
import { examine } from "@/tests/e2e/examine";
import { sendForm } from "@/tests/e2e/forms";
import { admin, apiOf, bookBy, signUp } from "@/tests/e2e/people";

async function signInAsAdmin(page: Page, path: string): Promise<void> {
  await sendForm(page, await page.request.get("/sign-in"), admin);
  await page.goto(path);
}

test("an admin disables someone who leaves, cancels one of their bookings with a message, and finds both in the audit log", async ({
  page,
  browser,
}) => {
  const person = await signUp(page);
  const api = await apiOf(page);
  await api.openAlways();
  await api.changeEventType({ location: { kind: "phone", value: "+33 1 23 45 67 89" } });
  const cancelled = await bookBy(page.request, person, { name: "Vera Visitor", skip: 30 });
  const kept = await bookBy(page.request, person, { name: "Walter Visitor", skip: 40 });

  const desk = await (await browser.newContext()).newPage();
  await signInAsAdmin(desk, `/admin/users?search=${person.handle}`);
  await desk.getByRole("button", { name: `Disable ${person.name}` }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "Disable", exact: true }).click();
  await expect(desk.getByText(`${person.name} is disabled and still has 2 upcoming bookings`)).toBeVisible();
  await desk.getByRole("link", { name: "hand them over or cancel them with a message" }).click();

  await desk.getByRole("checkbox", { name: /with Vera Visitor$/ }).check();
  await desk.getByLabel("Message to the visitors").fill("Ada has left us.");
  await desk.getByRole("button", { name: "Cancel selected bookings" }).click();
  await expect(desk.getByText("1 booking is cancelled. Their visitors are notified")).toBeVisible();
  await expect(desk.getByRole("checkbox", { name: /with Vera Visitor$/ })).toHaveCount(0);
  await expect(desk.getByRole("checkbox", { name: /with Walter Visitor$/ })).toBeVisible();
  await expect(desk.getByText("cancel its upcoming bookings first")).toBeVisible();

  await page.goto(`/booking/${cancelled.token}`);
  await expect(page.getByText("Ada has left us.")).toBeVisible();
  await expect(page.getByText(`${person.name} no longer takes bookings here`)).toBeVisible();
  await page.goto(`/booking/${kept.token}`);
  await expect(page.getByText("Your booking is still valid, and you can cancel it")).toBeVisible();
  await expect(page.getByRole("link", { name: "Reschedule" })).toHaveCount(0);
  await page.goto("/account/bookings");
  await expect(page).toHaveURL(/\/sign-in/);

  await desk.goto("/admin/audit");
  await desk.getByLabel("Who or about whom").fill(person.email);
  await desk.getByRole("button", { name: "Show", exact: true }).click();
  const entries = desk.getByRole("table", { name: "Entries" });
  await expect(entries.getByText("Account disabled")).toBeVisible();
  await expect(entries.getByText("Upcoming bookings cancelled")).toBeVisible();
  await desk.getByLabel("What", { exact: true }).selectOption("account.disabled");
  await desk.getByRole("button", { name: "Show", exact: true }).click();
  await expect(entries.getByText("Upcoming bookings cancelled")).toHaveCount(0);
  await expect(entries.getByText("Account disabled")).toBeVisible();
  const [download] = await Promise.all([
    desk.waitForEvent("download"),
    desk.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("audit.csv");
});

test("the pages about accounts and the audit log are accessible, light and dark, wide and narrow", async ({
  page,
  browser,
}) => {
  await signUp(page);
  const { id } = await (await apiOf(page)).send("GET", "/me");
  const desk = await (await browser.newContext()).newPage();
  await signInAsAdmin(desk, "/admin/audit");
  await examine(browser, ["/admin/audit", `/admin/users/${id}`, "/admin/users/provisioning"], desk.context());
});
