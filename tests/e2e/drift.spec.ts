import { type Browser, expect, type Page, test } from "@playwright/test";
import { expectNothingFound } from "@/tests/e2e/examine";
import { addMicrosoftAccount, apiOf, bookBy, connectTeams, microsoft, signUp } from "@/tests/e2e/people";

/** An organizer who wants to be asked, with one booking whose event they then move a day in Outlook. */
async function movedInOutlook(page: Page) {
  const organizer = await signUp(page);
  const account = await addMicrosoftAccount();
  await connectTeams(page, account);
  const api = await apiOf(page);
  await api.changeEventType({ outlookChanges: "ask" });
  await expect.poll(async () => (await microsoft.subscriptions(account)).length).toBe(1);
  const booked = await bookBy(page.request, organizer, { fromDay: 4 });
  await expect.poll(async () => (await microsoft.mailbox(account)).events.length).toBe(1);
  await expect
    .poll(
      async () => (await (await page.request.get(`/api/v1/bookings/${booked.token}`)).json()).meeting.status,
    )
    .toBe("ready");
  const eventId = (await microsoft.mailbox(account)).events[0]?.id ?? "";
  const to = (minutes: number) => ({
    dateTime: new Date(Date.parse(booked.start) + 86_400_000 + minutes * 60_000).toISOString().slice(0, 19),
    timeZone: "UTC",
  });
  await microsoft.changeEvent(account, eventId, { start: to(0), end: to(30) });
  return { account, booked, movedTo: to(0).dateTime };
}

async function untilAsked(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      await page.goto("/account/bookings");
      return page.getByText("A change in Outlook needs your decision").count();
    })
    .toBe(1);
}

async function withoutScripts(browser: Browser, page: Page): Promise<Page> {
  const storageState = await page.context().storageState();
  return (await browser.newContext({ storageState, javaScriptEnabled: false })).newPage();
}

test("an event moved in Outlook waits in the inbox; one press moves the booking, even with JavaScript off", async ({
  page,
  browser,
}) => {
  const { booked, movedTo } = await movedInOutlook(page);
  await untilAsked(page);
  await page.getByRole("link", { name: "Review the change" }).click();
  await expect(page.getByRole("heading", { name: "Changed in Outlook" })).toBeVisible();
  await expectNothingFound(page);

  const plain = await withoutScripts(browser, page);
  await plain.goto("/account/bookings/drift");
  await plain.getByRole("button", { name: "Move the booking: Vera Visitor" }).click();
  await expect(plain.getByText("Nothing to decide")).toBeVisible();
  const answer = await (await page.request.get(`/api/v1/bookings/${booked.token}`)).json();
  expect(answer.start).toContain(movedTo);
});

test("the organizer has Outlook put back", async ({ page }) => {
  const { account, booked } = await movedInOutlook(page);
  await untilAsked(page);
  await page.goto(`/account/bookings/${booked.id}`);
  await page.getByRole("button", { name: "Restore Outlook: Vera Visitor" }).click();
  await expect(page.getByRole("button", { name: "Restore Outlook: Vera Visitor" })).toHaveCount(0);
  await expect
    .poll(async () => (await microsoft.mailbox(account)).events[0]?.start?.dateTime)
    .toContain(booked.start.slice(0, 16));
});
