import { randomUUID } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { holdScripts } from "@/tests/e2e/hold-scripts";
import {
  addMicrosoftAccount,
  apiOf,
  connectTeams,
  microsoft,
  openSection,
  signUp,
  unfold,
} from "@/tests/e2e/people";

/** Both editors must do all of this before a script has come, and with it. */
for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
    const mistakes = (page: Page) => page.getByRole("alert").filter({ hasText: "your attention" });

    test("an organizer makes, changes and deletes an event type, and nothing typed is lost", async ({
      page,
      request,
      baseURL,
    }) => {
      const { handle } = await signUp(page);
      await page.goto("/account/event-types");
      await page.getByRole("button", { name: "New event type" }).click();
      await page.getByLabel("Title").fill("Tax review");
      await page.getByLabel("Link").fill("appointment");
      await page.getByLabel("Duration", { exact: true }).fill("30, 60");
      await openSection(page, "Location");
      await page.getByRole("combobox", { name: "Location" }).selectOption({ label: "Custom meeting link" });
      await page.getByRole("textbox", { name: "Meeting address" }).fill("meet.example.com");
      await openSection(page, "Advanced");
      await page.getByLabel("Require approval", { exact: true }).check();
      await save(page);
      await expect(mistakes(page)).toBeVisible();
      await expect(page.getByText("Enter a full address that starts with https://.")).toBeVisible();
      await expect(page.getByLabel("Duration", { exact: true })).toHaveValue("30, 60");
      const sections = page.getByRole("navigation", { name: "Sections" });
      await expect(sections.getByRole("link", { name: "Location needs your attention" })).toBeVisible();
      for (const section of ["General", "Advanced"]) {
        await expect(sections.getByRole("link", { name: `${section} unsaved changes` })).toBeVisible();
      }
      await expect(sections.getByRole("link", { name: "Limits", exact: true })).toBeVisible();

      await page.getByRole("textbox", { name: "Meeting address" }).fill("https://meet.example.com/ada");
      await openSection(page, "Questions");
      await page.getByRole("button", { name: "Add a question" }).click();
      await page.getByRole("textbox", { name: "Question", exact: true }).fill("Topic");
      await page.getByLabel("Answer type", { exact: true }).selectOption({ label: "One choice" });
      await page.getByLabel("Choices").fill("Tax\nLaw");
      await save(page);
      await expect(page.getByText("Another of your event types uses this link.")).toBeVisible();
      await expect(page.locator(`[name="questions.0.label"]`)).toHaveValue("Topic");

      await openSection(page, "General");
      await page.getByLabel("Link").fill("");
      await save(page);
      await expect(page.getByText("Saved.")).toBeVisible();
      await expect(page.getByText(`/${handle}/tax-review`)).toBeVisible();

      await page.getByRole("link", { name: "Tax review", exact: true }).click();
      const preview = page.frameLocator(`iframe[title="The booking page"]:not([aria-hidden=true])`);
      await expect(preview.locator("h1")).toHaveText("Tax review");
      await openSection(page, "Advanced");
      await expect(page.getByLabel("Require approval", { exact: true })).toBeChecked();
      await openSection(page, "Questions");
      await expect(page.getByLabel("Choices")).toHaveValue("Tax\nLaw");
      await unfold(page, "Topic One choice");
      await page.getByRole("button", { name: "Remove Topic" }).click();
      await expect(page.getByRole("textbox", { name: "Question", exact: true })).toHaveCount(0);
      await openSection(page, "General");
      await page.getByLabel("Title").fill("Yearly review");
      await expect(preview.locator("h1")).toHaveText(javaScriptEnabled ? "Yearly review" : "Tax review");
      // What is typed by anyone else is no one's draft.
      const forged = await request.post(`/embed/${handle}/tax-review?preview=1`, {
        form: { draft: "1", title: "Forged" },
        headers: { origin: String(baseURL) },
      });
      const answered = await forged.text();
      expect(answered).toContain("Tax review");
      expect(answered).not.toContain("Forged");
      await page.getByLabel("Title").press("Enter");
      await expect(page.getByRole("link", { name: "Yearly review", exact: true })).toBeVisible();

      await page.getByRole("link", { name: "Yearly review", exact: true }).click();
      await confirm(page, "Delete", "Delete");
      await expect(page.getByText("Deleted.")).toBeVisible();
      await expect(page.getByText("Yearly review")).toHaveCount(0);
    });

    test("an organizer shapes a week, copies a day and closes a date", async ({ page }) => {
      await signUp(page);
      await page.goto("/account/availability");
      await page.getByLabel("Time zone").selectOption("Europe/Paris");
      await page.getByRole("button", { name: "Add hours Monday" }).click();
      const monday = page.getByRole("group", { name: "Monday" });
      await expect(monday.getByLabel("Monday, from")).toHaveCount(2);
      await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Paris");
      await monday.getByLabel("Monday, to").first().fill("12:00");
      await monday.getByLabel("Monday, from").last().fill("13:00");
      await monday.getByLabel("Monday, to").last().fill("00:00");

      await monday.locator("summary").click();
      await monday.getByLabel("Saturday").check();
      await monday.getByRole("button", { name: "Copy", exact: true }).click();
      const saturday = page.getByRole("group", { name: "Saturday" });
      await expect(saturday.getByLabel("Saturday, to")).toHaveCount(2);
      await expect(saturday.getByLabel("Saturday, to").first()).toHaveValue("12:00");

      await page.getByRole("button", { name: /^Remove these hours: Tuesday/ }).click();
      await expect(page.getByRole("group", { name: "Tuesday" }).getByText("Closed")).toBeVisible();
      await page.getByRole("button", { name: "Add a date" }).click();
      await page.getByLabel("Wednesday, to").fill("08:00");
      await save(page);
      await expect(mistakes(page)).toBeVisible();
      await expect(page.getByText("The end must be after the start.")).toBeVisible();

      await page.getByLabel("Wednesday, to").fill("16:00");
      await page.getByLabel("Date", { exact: true }).fill("2030-01-01");
      await save(page);
      await expect(page.getByText("Saved.")).toBeVisible();
      await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Paris");
      await expect(page.getByLabel("Monday, to").last()).toHaveValue("00:00");
      await expect(page.getByLabel("Date", { exact: true })).toHaveValue("2030-01-01");
      await expect(page.getByText("Closed all day")).toBeVisible();
    });

    test("a schedule can be added and deleted, but not the last one in use", async ({ page }) => {
      await signUp(page);
      await page.goto("/account/availability");
      await expect(page.getByRole("button", { name: "Delete schedule" })).toHaveCount(0);
      await page.getByRole("button", { name: "New schedule" }).click();
      await page.getByLabel("Name", { exact: true }).fill("Evenings");
      await save(page);
      await expect(page.getByRole("navigation", { name: "Schedules" }).getByRole("link")).toHaveCount(2);
      await page.getByRole("button", { name: "Make default" }).click();
      await expect(page.getByText("This is your default schedule.")).toBeVisible();
      await expect(page.getByText("Default schedule", { exact: true })).toBeVisible();
      await expect(page.getByRole("button", { name: "Make default" })).toHaveCount(0);
      await page.getByRole("link", { name: "Working hours" }).click();
      await expect(page.getByRole("button", { name: "Make default" })).toBeVisible();
      await confirm(page, "Delete schedule", "Delete schedule");
      await expect(page.getByText("You can't delete a schedule that an event type uses.")).toBeVisible();
      await page.getByRole("link", { name: "Evenings" }).click();
      await confirm(page, "Delete schedule", "Delete schedule");
      await expect(page.getByRole("navigation", { name: "Schedules" }).getByRole("link")).toHaveCount(1);
      await expect(page.getByRole("button", { name: "Make default" })).toHaveCount(0);
    });

    /** With scripts a dialog asks; without, the question unfolds. */
    async function confirm(page: Page, trigger: string, verb: string) {
      if (javaScriptEnabled) {
        await page.getByRole("button", { name: trigger, exact: true }).click();
        await page.getByRole("dialog").getByRole("button", { name: verb, exact: true }).click();
      } else {
        await page.locator("summary", { hasText: trigger }).click();
        await page.getByRole("button", { name: verb, exact: true }).click();
      }
    }
  });
}

test("what is typed and chosen before the script comes is kept when it does, in every kind of field", async ({
  page,
}) => {
  await signUp(page);
  const { id } = await (await apiOf(page)).changeEventType({ description: "As it was stored" });
  let release = await holdScripts(page);
  await page.goto(`/account/event-types/${id}`, { waitUntil: "domcontentloaded" });
  const description = page.getByLabel("Description");
  await expect(description).toHaveValue("As it was stored");
  await page.getByLabel("Title").fill("Typed early");
  await description.fill("Typed before the script came");
  await page.getByLabel("Duration", { exact: true }).fill("15, 45");
  await openSection(page, "Availability");
  await page.getByLabel("Unit").selectOption("days");
  await openSection(page, "Notifications");
  await page.getByLabel("Confirmation to the visitor").uncheck();
  await openSection(page, "Calendar");
  await page.getByRole("radio", { name: /^Bellhop/ }).check();
  await release();
  // Known from what is typed, as soon as a script can.
  await expect(page.getByText("Unsaved changes", { exact: true })).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("Typed early");
  await expect(description).toHaveValue("Typed before the script came");
  await expect(page.getByLabel("Unit")).toHaveValue("days");
  await expect(page.getByLabel("Confirmation to the visitor")).not.toBeChecked();
  await expect(page.getByRole("radio", { name: /^Bellhop/ })).toBeChecked();

  // A search leads to a setting in a section that isn't shown, and the way back loses nothing.
  await page.getByRole("searchbox", { name: "Search settings" }).fill("seats");
  await page.getByRole("link", { name: "Seats Limits" }).click();
  await expect(page.getByLabel("Seats")).toBeFocused();
  await page.getByLabel("Seats").fill("3");
  await page.goBack();
  await expect(page.getByRole("radio", { name: /^Bellhop/ })).toBeVisible();
  await openSection(page, "All settings");
  await expect(page.getByLabel("Seats")).toHaveValue("3");
  await expect(description).toHaveValue("Typed before the script came");

  release = await holdScripts(page);
  await page.goto("/account/profile", { waitUntil: "domcontentloaded" });
  await page.getByRole("textbox", { name: "Accent color" }).fill("#0b5d1e");
  await release();
  await expect(page.getByLabel("Choose a color")).toHaveValue("#0b5d1e");
  await expect(page.getByRole("textbox", { name: "Accent color" })).toHaveValue("#0b5d1e");
});

test("on a phone, the sections don't move under a finger when the script comes, and the one that was followed stays", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await signUp(page);
  const { id } = await (await apiOf(page)).changeEventType({});
  const openEarly = async () => {
    const release = await holdScripts(page);
    await page.goto(`/account/event-types/${id}`, { waitUntil: "domcontentloaded" });
    return release;
  };
  const last = page.getByRole("link", { name: "All settings" });
  const general = page.getByRole("link", { name: "General" });

  let release = await openEarly();
  await last.scrollIntoViewIfNeeded();
  await release();
  await expect(general).toHaveAttribute("aria-current", "true");
  await expect(last).toBeInViewport({ ratio: 1 });

  release = await openEarly();
  await last.click();
  await release();
  await expect(last).toHaveAttribute("aria-current", "true");
  await expect(page.getByLabel("Seats")).toBeVisible();

  await page.goto(`/account/event-types/${id}#advanced`);
  await expect(page.getByRole("link", { name: "Advanced" })).toBeInViewport({ ratio: 1 });
});

test("a mistake in a group of ticks is named above, and leads to the first of them", async ({ page }) => {
  await signUp(page);
  const { api } = await addRooms(page, ["Aula", "Salon"]);
  const { id } = await api.changeEventType({});
  await page.goto(`/account/event-types/${id}#location`);
  await unfold(page, "Rooms and equipment");
  await page.getByLabel("Each booking takes").selectOption("all");
  await openSection(page, "Advanced");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const first = page.getByLabel("Aula");
  await expect(first).toBeFocused();
  await openSection(page, "Advanced");
  await page.getByRole("alert").getByRole("link", { name: "Rooms" }).click();
  await expect(first).toBeFocused();
  await expect(page.getByRole("group", { name: "Rooms" })).toHaveAccessibleDescription(
    /^Choose at least one/,
  );
});

/** Connects an organization of its own, with no other people in it, that has these rooms. */
async function addRooms(page: Page, names: string[]) {
  const tenant = `${randomUUID()}.example`;
  await microsoft.addTenant({ domain: tenant });
  await connectTeams(page, await addMicrosoftAccount({ tenant }));
  const api = await apiOf(page);
  const roomIds: string[] = [];
  for (const name of names) {
    const room = await api.send("POST", "/me/rooms", { email: `${randomUUID()}@${tenant}`, name });
    roomIds.push(room.id);
  }
  return { api, roomIds };
}

/** An event type that uses what there is to set. */
const full = {
  title: "First consultation",
  description: "We look at where you are and what comes next.\n\nThe first half hour is free.",
  durationsMinutes: [15, 30, 60],
  location: { kind: "teams" },
  fallbackLocation: { kind: "phone", value: "+33 1 23 45 67 89" },
  meetingOptions: {
    lobby: "organizer",
    allowedPresenters: "organizer",
    recordAutomatically: true,
    transcription: "allowed",
    chat: "limited",
    entryExitTones: true,
    attendeeMic: true,
    attendeeCamera: false,
    spokenLanguage: "fr-fr",
    coOrganizers: ["theo@contoso.example", "noor@contoso.example"],
    presenters: ["theo@contoso.example"],
  },
  questions: [
    {
      id: "topic",
      label: "What is it about?",
      kind: "multiline",
      required: true,
      hint: "A few words will do.",
    },
    { id: "service", label: "Which service?", kind: "select", options: ["Tax", "Law", "Accounting"] },
    { id: "phone", label: "Where can we call you?", kind: "phone", hint: "With its country code." },
  ],
  embedOrigins: ["https://www.example.com", "https://shop.example.com"],
  availableNowMinutes: 60,
  dailyLimit: 5,
  seats: 3,
  requiresApproval: true,
  approvalHours: 24,
  mailGreeting: "Dear {visitor},\nthank you for your booking.",
  mailClosing: "Kind regards\n{name}",
  redirectUrl: "https://www.example.com/thanks",
};

/** The address of a team's event type with much in it and three hosts. */
async function fullOfTeam(page: Page, browser: Browser): Promise<string> {
  const { handle } = await signUp(page);
  const api = await apiOf(page);
  const team = await api.send("POST", "/me/teams", { name: "Front desk", handle: `desk-${handle}` });
  for (let count = 0; count < 2; count += 1) {
    const colleague = await (await browser.newContext()).newPage();
    const { email } = await signUp(colleague);
    await api.send("POST", `/teams/${team.id}/members`, { email });
    const theirs = await apiOf(colleague);
    const { items } = await theirs.send("GET", "/me/team-invitations");
    await theirs.send("POST", `/me/team-invitations/${items[0].id}/accept`, {});
    await colleague.context().close();
  }
  const { items } = await api.send("GET", `/teams/${team.id}/members`);
  const hosts = items.map(({ userId }: { userId: string }) => ({ userId, kind: "rotating" }));
  const { id } = await api.send("POST", `/teams/${team.id}/event-types`, { ...full, slug: "tour", hosts });
  return `/account/teams/${team.id}/event-types/${id}`;
}

/** How high each section is while it is the one that shows. */
function heightsOfSections(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const sections = [...document.querySelectorAll("[data-section]")];
    return Object.fromEntries(
      sections.map((section) => {
        location.hash = section.id;
        return [section.id, section.getBoundingClientRect().height];
      }),
    );
  });
}

/**
 * Gives the focus to one field after the other and says which of them something lies over then, the save bar by as little as its edge, or is
 * out of sight.
 */
function focusEach(page: Page): Promise<{ fields: number; covered: string[] }> {
  return page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>("[data-section] details"))
      fold.open = true;
    const fields = [
      ...document.querySelectorAll<HTMLInputElement>(
        "main :is(input, select, textarea, button, summary):not([tabindex='-1'], :disabled)",
      ),
    ].filter((field) => field.checkVisibility());
    const bar = document.querySelector("[data-save-bar]");
    if (!bar) throw new Error("there is no save bar");
    const meets = (one: DOMRect, other: DOMRect) =>
      one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
    const covered = fields.flatMap((field) => {
      field.focus();
      const place = field.getBoundingClientRect();
      if (!bar.contains(field) && meets(place, bar.getBoundingClientRect()))
        return [`${field.name}: the save bar`];
      const { left, width, top, height } = place;
      const found = document.elementFromPoint(left + width / 2, top + height / 2);
      const own: Element[] = [field, ...(field.labels ?? [])];
      if (document.activeElement === field && own.some((one) => one.contains(found))) return [];
      return [`${field.name || field.textContent}: ${found?.outerHTML.slice(0, 200) ?? "out of sight"}`];
    });
    return { fields: fields.length, covered };
  });
}

/** An ordinary screen, and a phone's. */
const screens = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];

async function expectLowSections(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 });
  const heights = await heightsOfSections(page);
  expect(Object.keys(heights).length).toBeGreaterThanOrEqual(10);
  expect(Math.min(...Object.values(heights))).toBeGreaterThan(100);
  expect(Object.entries(heights).filter(([, height]) => height > 900)).toEqual([]);
}

async function expectNothingOver(page: Page, leastFields: number): Promise<void> {
  for (const screen of screens) {
    await page.setViewportSize(screen);
    const { fields, covered } = await focusEach(page);
    expect(covered, `at ${screen.width} pixels`).toEqual([]);
    expect(fields).toBeGreaterThan(leastFields);
  }
}

test("each section of an event type is a screen high at most, and nothing lies over a field that has the focus", async ({
  page,
}) => {
  test.slow();
  await signUp(page);
  const { api, roomIds } = await addRooms(page, ["Aula", "Salon", "Library", "Gallery"]);
  const { id } = await api.changeEventType({ ...full, rooms: { match: "all", roomIds } });
  await page.goto(`/account/event-types/${id}`);
  await expectLowSections(page);
  await openSection(page, "All settings");
  await expectNothingOver(page, 80);
  await page.goto("/account/availability");
  await expectNothingOver(page, 20);
});

test("each section of a team's event type is a screen high at most, and nothing lies over a field that has the focus", async ({
  browser,
  page,
}) => {
  test.slow();
  await page.goto(await fullOfTeam(page, browser));
  await expectLowSections(page);
  await openSection(page, "All settings");
  await expectNothingOver(page, 80);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("an organizer imports a file after reading what it comes to, and a bad one says why", async ({
    page,
  }) => {
    await signUp(page);
    await page.goto("/account/event-types");
    await page.getByRole("link", { name: "Import", exact: true }).click();
    const upload = async (name: string, content: unknown) => {
      const buffer = Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
      await page.getByLabel("File").setInputFiles({ name, mimeType: "application/json", buffer });
      await page.getByRole("button", { name: "Check file" }).click();
    };
    await upload("picture.json", "GIF89a");
    await expect(page.getByRole("alert").filter({ hasText: "neither JSON nor a table" })).toBeVisible();
    await upload("half.json", { event_types: [{ name: "Intro" }] });
    await expect(page.getByText("Look at: event_types.0.")).toBeVisible();
    await upload("large.json", " ".repeat(5_100_000));
    await expect(page.getByText("This file is larger than 5 MB.")).toBeVisible();

    const start = new Date(Math.ceil(Date.now() / 86_400_000 + 7) * 86_400_000);
    const uri = "https://api.calendly.com/event_types/B";
    const event = "https://api.calendly.com/scheduled_events/E";
    const hour = 3_600_000;
    await upload("calendly.json", {
      event_types: [
        { uri, name: "Intro chat", slug: "intro", duration: 60, active: true, locations: [{ kind: "zoom" }] },
      ],
      scheduled_events: [
        {
          uri: event,
          event_type: uri,
          status: "active",
          start_time: start.toISOString(),
          end_time: new Date(start.getTime() + hour).toISOString(),
        },
      ],
      invitees: [
        { uri: `${event}/invitees/I`, name: "Rosa", email: "rosa@example.org", status: "active", event },
      ],
    });
    await expect(page.getByText("calendly.json, from Calendly. Nothing has been created yet.")).toBeVisible();
    await expect(page.getByRole("table", { name: "Event types" })).toContainText("Intro chat");
    await expect(page.getByText("Location “zoom” isn't available here.")).toBeVisible();
    await expect(page.getByRole("table", { name: "Upcoming bookings" })).toContainText("New");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect(page.getByRole("status").filter({ hasText: "Import finished" })).toContainText(
      "Event types: 1. Bookings: 1. Left out: 0.",
    );
    await page.goto("/account/bookings");
    await page.getByRole("link", { name: "Rosa" }).first().click();
    await expect(page.getByText("Imported from another product with its time.")).toBeVisible();
  });
});
