/** Hosts who take turns: a visitor chooses one of them, and a team hands the booking over to another. */
import { expect, test } from "@playwright/test";
import { sendForm } from "@/tests/e2e/forms";
import { admin, apiOf, fillBookingForm, signUp } from "@/tests/e2e/people";

test("a visitor chooses a person, and sees who meets them before and after a handover", async ({
  browser,
  page,
}) => {
  const owner = await signUp(page);
  const api = await apiOf(page);
  await api.openAlways();
  const guestPage = await (await browser.newContext()).newPage();
  const guest = await signUp(guestPage);
  const guestApi = await apiOf(guestPage);
  await guestApi.openAlways();
  const [me, other] = [await api.send("GET", "/me"), await guestApi.send("GET", "/me")];
  const handle = `turns-${owner.handle}`;
  const team = await api.send("POST", "/me/teams", { name: "Front desk", handle });
  await api.send("POST", `/teams/${team.id}/members`, { email: guest.email, role: "member" });
  const { items } = await guestApi.send("GET", "/me/team-invitations");
  await guestApi.send("POST", `/me/team-invitations/${items[0].id}/accept`, {});
  const eventType = await api.send("POST", `/teams/${team.id}/event-types`, {
    slug: "tour",
    title: "Tour",
    durationsMinutes: [30],
    location: { kind: "none" },
    hostChoice: "visitor",
    hosts: [me.id, other.id].map((userId) => ({ userId, kind: "rotating" })),
  });

  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`/${handle}/tour`);
  const people = visitor.getByRole("list", { name: "Choose a person" });
  await expect(people.getByRole("link").first()).toHaveText("Anyone");
  await expect(people.getByRole("link", { name: "Anyone" })).toHaveAttribute("aria-current", "true");
  await people.getByRole("link", { name: guest.name }).click();
  await expect(visitor).toHaveURL(new RegExp(`host=${guest.handle}`));
  await expect(visitor.getByText(`With ${guest.name}`)).toBeVisible();
  await fillBookingForm(visitor, new URL(visitor.url()).pathname + new URL(visitor.url()).search);
  await visitor.getByRole("button", { name: "Confirm booking" }).click();
  await expect(visitor).toHaveURL(/\/booking\//);
  await expect(visitor.getByRole("heading", { name: `Tour with ${guest.name}`, level: 1 })).toBeVisible();

  const bookings = await api.send("GET", `/teams/${team.id}/bookings`);
  await page.goto(`/account/bookings/${bookings.items[0].id}`);
  await page.getByRole("button", { name: "Hand over" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("To", { exact: true }).selectOption({ label: owner.name });
  await dialog.getByLabel(/^Reason/).fill("Ill today");
  await dialog.getByRole("button", { name: "Hand over" }).click();
  await expect(page.getByText(`Handed over. The host is ${owner.name}.`)).toBeVisible();
  await visitor.reload();
  await expect(visitor.getByRole("heading", { name: `Tour with ${owner.name}`, level: 1 })).toBeVisible();

  await page.goto(`/account/teams/${team.id}/event-types/${eventType.id}/turns`);
  await expect(page.getByRole("heading", { name: "Turns", level: 1 })).toBeVisible();
  const table = page.getByRole("table", { name: "Hosts in the order of their turns" });
  await expect(table.getByRole("row", { name: new RegExp(owner.name) })).toContainText("1 booking");

  const desk = await (await browser.newContext()).newPage();
  await sendForm(desk, await desk.request.get("/sign-in"), admin);
  await desk.goto(`/admin/users/${me.id}`);
  await desk.getByRole("button", { name: /^Hand over: .*Tour with/ }).click();
  const confirm = desk.getByRole("dialog");
  await confirm.getByLabel("To", { exact: true }).selectOption({ label: guest.name });
  await confirm.getByRole("button", { name: "Hand over", exact: true }).click();
  await expect(desk.getByText("Handed over. The visitor and the new host get an email.")).toBeVisible();
  await expect(desk.getByText("There are no upcoming bookings.")).toBeVisible();
  await visitor.reload();
  await expect(visitor.getByRole("heading", { name: `Tour with ${guest.name}`, level: 1 })).toBeVisible();
});
