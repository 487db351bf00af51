/** A team from its first name to its first booking, as its people do it. */
import { type Browser, expect, type Page, test } from "@playwright/test";
import {
  apiOf,
  fillBookingForm,
  openSection,
  type Person,
  readMail,
  signUp,
  unfold,
} from "@/tests/e2e/people";

/** Someone else, at a browser of their own. */
async function another(browser: Browser): Promise<{ page: Page; person: Person }> {
  const page = await (await browser.newContext()).newPage();
  return { page, person: await signUp(page) };
}

test("a team is made, its people are invited, and visitors book whose turn it is", async ({
  browser,
  page,
}) => {
  const owner = await signUp(page);
  await (await apiOf(page)).openAlways();
  const guest = await another(browser);
  await (await apiOf(guest.page)).openAlways();

  await page.goto("/account/teams");
  await page.getByLabel("Team name").fill("Front desk");
  await page.getByLabel("Team address").fill(owner.handle);
  await page.getByRole("button", { name: "New team" }).click();
  await expect(page.getByText("Someone has this address")).toBeVisible();
  await page.getByLabel("Team address").fill(`desk-${owner.handle}`);
  await page.getByRole("button", { name: "New team" }).click();
  await expect(page.getByRole("heading", { name: "Front desk", level: 1 })).toBeVisible();

  await page.getByLabel("Email").fill(guest.person.email);
  await page.getByLabel("Role").selectOption({ label: "Admin" });
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText(`${guest.person.email} is invited`)).toBeVisible();
  await expect(page.getByRole("table", { name: "Members" }).getByText("Invited")).toBeVisible();

  await guest.page.goto("/account/teams");
  await guest.page.getByRole("button", { name: "Join Front desk" }).click();
  await expect(guest.page.getByRole("heading", { name: "Front desk", level: 1 })).toBeVisible();

  const team = new URL(page.url()).pathname;
  await page.goto(team);
  await page.getByRole("button", { name: "New event type" }).click();
  await page.getByLabel("Title").fill("Tour");
  await openSection(page, "Location");
  await page.getByRole("combobox", { name: "Location" }).selectOption({ label: "Not set" });
  await openSection(page, "Hosts");
  const hosts = page.getByRole("region", { name: "Hosts" });
  await expect(hosts.getByText(/^Each booking goes to one of .+, in turn/)).toBeVisible();
  const other = hosts.getByRole("group", { name: guest.person.name });
  await other.getByLabel("Takes part").selectOption({ label: "Always there" });
  await unfold(other, "Schedule");
  await expect(other.getByLabel("Schedule")).toBeVisible();
  await expect(other.getByLabel("Weight")).toBeHidden();
  await expect(
    hosts.getByText(`Every booking has ${guest.person.name}, and one of ${owner.name}`),
  ).toBeVisible();
  const own = hosts.getByRole("group", { name: owner.name });
  await unfold(own, "Weight");
  await own.getByLabel("Weight").fill("0");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Use 1 or more.")).toBeVisible();
  await own.getByLabel("Weight").fill("200");
  const taking = hosts.getByLabel("How many take turns in each booking");
  await taking.fill("2");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Only one host takes turns.")).toBeVisible();
  await taking.fill("1");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Event type saved")).toBeVisible();
  await expect(page.getByText("1 always there, 1 takes turns")).toBeVisible();
  await page.getByRole("link", { name: "Tour", exact: true }).click();
  await openSection(page, "Hosts");
  await expect(other.getByLabel("Takes part")).toHaveValue("fixed");
  await expect(own.getByLabel("Weight")).toHaveValue("200");

  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`/desk-${owner.handle}`);
  await visitor.getByRole("link", { name: "Tour" }).first().click();
  await expect(visitor).toHaveURL(/\/tour$/);
  await fillBookingForm(visitor, new URL(visitor.url()).pathname);
  await visitor.getByRole("button", { name: "Confirm booking" }).click();
  await expect(visitor).toHaveURL(/\/booking\//);

  await guest.page.goto(`${team}?tab=bookings`);
  await expect(guest.page.getByRole("link", { name: /Vera Visitor/ }).first()).toBeVisible();

  await page.goto(`${team}?tab=settings`);
  await page.getByRole("button", { name: "Leave", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
  await expect(page.getByText("Make someone else an owner first")).toBeVisible();
});

test("who takes part is in words, even if it was chosen before the script had come", async ({ page }) => {
  const owner = await signUp(page);
  const api = await apiOf(page);
  const { id: userId } = await api.send("GET", "/me");
  const team = await api.send("POST", "/me/teams", { name: "Tours", handle: `tours-${owner.handle}` });
  const { id } = await api.send("POST", `/teams/${team.id}/event-types`, {
    slug: "tour",
    title: "Tour",
    durationsMinutes: [30],
    location: { kind: "none" },
    hosts: [{ userId, kind: "fixed" }],
  });
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/_next\/static\/.+\.js/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(`/account/teams/${team.id}/event-types/${id}#hosts`, { waitUntil: "commit" });
  const hosts = page.getByRole("region", { name: "Hosts" });
  await hosts.getByLabel("Takes part").selectOption({ label: "Takes turns" });
  release();
  await expect(hosts.getByText(new RegExp(`^Each booking goes to ${owner.name}`))).toBeVisible();
  await expect(hosts.getByLabel("Takes part")).toHaveValue("rotating");
});

test("someone without an account joins a team with the mailed link", async ({ browser, page }) => {
  const owner = await signUp(page);
  const api = await apiOf(page);
  const name = `Crew of ${owner.name}`;
  const team = await api.send("POST", "/me/teams", { name, handle: `crew-${owner.handle}` });
  const email = `new-${owner.handle}@bellhop.example`;
  await api.send("POST", `/teams/${team.id}/members`, { email, role: "member" });
  const mail = await readMail(browser, `Join ${name}`);
  const [link = ""] = mail.match(/\/sign-up\?invitation=\S+/) ?? [];
  const newcomer = await (await browser.newContext()).newPage();
  await newcomer.goto(link);
  await newcomer.getByLabel("Name", { exact: true }).fill("Nina Newcomer");
  await newcomer.getByLabel("Email").fill(email);
  await newcomer.getByLabel("Password").fill("correct horse battery");
  await newcomer.getByRole("button", { name: "Create account" }).click();
  await expect(newcomer.getByRole("heading", { name: `Join ${name}?` })).toBeVisible();
  await newcomer.getByRole("button", { name: "Join" }).click();
  await expect(newcomer.getByRole("heading", { name, level: 1 })).toBeVisible();
  await newcomer.getByRole("button", { name: /Teams/ }).click();
  await newcomer.getByRole("link", { name: "All teams" }).first().click();
  await expect(newcomer.getByText("Member", { exact: true })).toBeVisible();

  await page.goto(`/account/teams/${team.id}?tab=members`);
  await page.getByRole("button", { name: "Make Nina Newcomer an owner" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make owner" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  await page.goto(`/account/teams/${team.id}?tab=settings`);
  await page.getByRole("button", { name: "Leave" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await expect(page.getByText("You've left the team")).toBeVisible();
});

/** A team of two, both open around the clock, whose first member is at `page`. */
async function pairAt(page: Page, browser: Browser) {
  const ann = await signUp(page);
  const api = await apiOf(page);
  const { page: bobPage, person: bob } = await another(browser);
  const bobApi = await apiOf(bobPage);
  for (const one of [api, bobApi]) await one.openAlways();
  const name = `Pair of ${ann.name}`;
  const team = await api.send("POST", "/me/teams", { name, handle: `pair-${ann.handle}` });
  await api.send("POST", `/teams/${team.id}/members`, { email: bob.email });
  const { items } = await bobApi.send("GET", "/me/team-invitations");
  await bobApi.send("POST", `/me/team-invitations/${items[0].id}/accept`, {});
  const context = page.context();
  const state = { javaScriptEnabled: false, storageState: await context.storageState() };
  const plain = await (await browser.newContext(state)).newPage();
  return { ann, api, bob, bobApi, team: { id: team.id as string, name }, plain };
}

test("visitors find two members together by naming both, once their team allows it", async ({
  browser,
  page,
}) => {
  const { ann, api, bob, bobApi, team, plain } = await pairAt(page, browser);
  for (const one of [api, bobApi]) await one.changeEventType({ durationsMinutes: [30, 60] });
  const together = `/${ann.handle}+${bob.handle}`;
  const visitor = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await visitor.goto(together);
  await expect(visitor.getByRole("heading", { name: "can't be booked together" })).toBeVisible();
  await expect(visitor.getByRole("link", { name: `Book ${bob.name}` })).toBeVisible();

  await plain.goto(`/account/teams/${team.id}?tab=settings`);
  const box = plain.getByLabel("Let visitors book members together");
  const form = plain.locator("form").filter({ has: box });
  await box.check();
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText("Saved")).toBeVisible();

  await visitor.goto(`${together}/45`);
  await expect(visitor.getByRole("heading", { name: "don't offer this length together" })).toBeVisible();
  await visitor.goto(together);
  await visitor.getByRole("link", { name: "60 minutes" }).click();
  expect(new URL(visitor.url()).pathname).toBe(`${together}/60`);
  await expect(visitor.getByText(`With ${ann.name}, ${bob.name}`)).toBeVisible();
});

test("a team's settings, its webhook, the order of its hosts, and members' own copies are set without a script", async ({
  browser,
  page,
}) => {
  const { ann, api, bob, team, plain } = await pairAt(page, browser);
  const settings = `/account/teams/${team.id}?tab=settings`;
  for (const label of ["Show the members", "Send me the summary"]) {
    const box = plain.getByLabel(label);
    const form = plain.locator("form").filter({ has: box });
    for (const isTicked of [true, false]) {
      await plain.goto(settings);
      await box.setChecked(isTicked);
      await form.getByRole("button", { name: "Save" }).click();
      await expect(form.getByText("Saved")).toBeVisible();
      await plain.goto(settings);
      await expect(box).toBeChecked({ checked: isTicked });
    }
  }

  await plain.goto("/account/developer");
  await plain.getByRole("textbox", { name: "Address" }).fill("https://hooks.example.com/team");
  await plain.getByLabel("Bookings of").selectOption({ label: team.name });
  await plain.getByRole("button", { name: "Add webhook" }).click();
  await expect(plain.getByRole("textbox", { name: "Signing secret" })).toHaveValue(/^whsec_/);
  await plain.goto("/account/developer");
  const webhooks = plain.getByRole("table", { name: "Your webhooks" });
  await expect(webhooks.getByRole("row", { name: /hooks\.example\.com/ })).toContainText(team.name);

  const { items } = await api.send("GET", `/teams/${team.id}/members`);
  const { id } = await api.send("POST", `/teams/${team.id}/event-types`, {
    slug: "tour",
    title: "Tour",
    durationsMinutes: [30],
    location: { kind: "none" },
    hosts: items.map(({ userId }: { userId: string }) => ({ userId, kind: "rotating" })),
  });
  const editor = `/account/teams/${team.id}/event-types/${id}#all-settings`;
  await plain.goto(editor);
  const names = plain.getByRole("region", { name: "Hosts" }).locator("legend");
  await expect(names).toHaveText([ann.name, bob.name]);
  await plain.getByRole("button", { name: `Move ${bob.name} up` }).click();
  await expect(names).toHaveText([bob.name, ann.name]);
  await plain.getByRole("button", { name: "Save", exact: true }).click();
  await expect(plain.getByText("Event type saved")).toBeVisible();
  await plain.goto(editor);
  await expect(names).toHaveText([bob.name, ann.name]);

  await plain.getByRole("link", { name: "Members' own copies" }).click();
  const copy = plain.getByLabel(new RegExp(`^${ann.name}`));
  const holders = plain.locator("form").filter({ has: copy });
  await copy.check();
  await holders.getByRole("button", { name: "Save" }).click();
  await expect(holders.getByText(`${ann.name} (/${ann.handle}/tour)`)).toBeVisible();
  const opened = await plain.context().newPage();
  await opened.goto("/account/event-types");
  await opened.getByRole("link", { name: "Tour", exact: true }).click();
  await expect(opened.getByText(`${team.name} manages this event type`)).toBeVisible();
  await opened.getByLabel("Title", { exact: true }).fill("Mine");
  const lock = plain.getByLabel("Title", { exact: true });
  const locks = plain.locator("form").filter({ has: lock });
  for (const name of ["Title", "Location", "Approval", "Questions", "Invitation, emails, and texts"]) {
    await locks.getByLabel(name, { exact: true }).check();
  }
  await locks.getByRole("button", { name: "Save" }).click();
  await expect(locks.getByText("Saved")).toBeVisible();
  await opened.getByRole("button", { name: "Save", exact: true }).click();
  await expect(opened.getByText("Your team sets this field.").first()).toBeVisible();
  const title = opened.getByRole("textbox", { name: `Title (Set by ${team.name})` });
  await expect(title).toHaveValue("Tour");
  await expect(title).not.toBeEditable();
  for (const label of ["Location", "Require approval", "Confirmation to the visitor"]) {
    await expect(opened.getByLabel(`${label} (Set by ${team.name})`)).toBeDisabled();
  }
  await expect(opened.locator("[data-adds=questions]")).toHaveCount(0);
  await opened.getByLabel("Description").fill("As I do it");
  await opened.getByRole("button", { name: "Save", exact: true }).click();
  await expect(opened.getByText("Saved. The page is up to date.")).toBeVisible();
});
