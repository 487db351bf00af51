import { expect, type Page, test } from "@playwright/test";
import { openSection, signUp, unfold } from "@/tests/e2e/people";

/** Buttons of the editor send the form before a script has come, and change it in place afterwards. */
for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("a set of meeting options is one press, can be changed by hand, and is kept", async ({ page }) => {
      await openEditor(page, "Location");
      const sets = page.getByRole("group", { name: "Meeting options" });
      await expect(sets.getByRole("button", { name: "Teams defaults" })).toHaveAttribute(
        "aria-pressed",
        "true",
      );
      await sets.getByRole("button", { name: "Private interview" }).click();
      await expect(sets.getByRole("button", { name: "Private interview" })).toHaveAttribute(
        "aria-pressed",
        "true",
      );
      await expect(page.getByLabel("Who can bypass the lobby")).toHaveValue("organizer");
      await expect(page.getByLabel("Who can present")).toHaveValue("organizer");
      await expect(page.getByLabel("Transcript")).toHaveValue("off");
      const all = page.locator("summary", { hasText: "All options" });
      if (javaScriptEnabled) await expect(all).toContainText("Who can present Only you");
      await unfold(page, "All options");

      // Controls side by side stand in one line, however many lines a label takes.
      await page.setViewportSize({ width: 1280, height: 800 });
      const tops = await page
        .locator("select[name^='meetingOptions.']")
        .evaluateAll((selects) => selects.map((one) => Math.round(one.getBoundingClientRect().top)));
      expect(tops.filter((_, at) => at % 2 === 1)).toEqual(tops.filter((_, at) => at % 2 === 0));

      await page.getByLabel("Chat").selectOption({ label: "Off" });
      await page.getByLabel("If Teams can't create the meeting").selectOption({ label: "Phone call" });
      await page.getByRole("textbox", { name: "Number to call" }).last().fill("+33 1 23 45 67 89");
      await save(page);

      await openEditor(page, "Location", "again");
      await expect(page.getByText(/^Custom options/)).toBeVisible();
      await expect(page.getByLabel("Who can bypass the lobby")).toHaveValue("organizer");
      await expect(page.getByLabel("Chat")).toHaveValue("disabled");
      await expect(page.getByLabel("If Teams can't create the meeting")).toHaveValue("phone");
      await expect(page.getByRole("textbox", { name: "Number to call" }).last()).toHaveValue(
        "+33 1 23 45 67 89",
      );

      await sets.getByRole("button", { name: "Teams defaults" }).click();
      await expect(page.getByLabel("Chat")).toHaveValue("");
      await save(page);
      await openEditor(page, "Location", "again");
      await expect(page.getByLabel("Who can bypass the lobby")).toHaveValue("default");
    });

    test("mails, reminders and text messages are switched one by one", async ({ page }) => {
      await openEditor(page, "Notifications");
      const texts = page.getByRole("group", { name: "Text messages to the visitor" });
      await expect(texts.getByText(/aren't set up on this server/)).toBeVisible();
      await texts.getByLabel("With each reminder").check();
      await page.getByLabel("1 day before").uncheck();
      await page.getByLabel("15 minutes before").check();
      await page.getByLabel("Cancellation to the visitor").uncheck();
      await save(page);

      await openEditor(page, "Notifications", "again");
      await expect(texts.getByLabel("With each reminder")).toBeChecked();
      await expect(texts.getByLabel("With the confirmation")).not.toBeChecked();
      await expect(page.getByLabel("1 day before")).not.toBeChecked();
      await expect(page.getByLabel("1 hour before")).toBeChecked();
      await expect(page.getByLabel("15 minutes before")).toBeChecked();
      await expect(page.getByLabel("Cancellation to the visitor")).not.toBeChecked();
    });
  });
}

test("each mistake is named above the form and leads to its field, in whatever section it is", async ({
  page,
}) => {
  await openEditor(page, "Limits");
  await page.getByLabel("Seats").fill("0");
  await openSection(page, "General");
  await page.getByLabel("Title").fill("");
  await openSection(page, "Calendar");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const summary = page.getByRole("alert").filter({ hasText: "your attention" });
  await expect(page.getByLabel("Title")).toBeFocused();
  await summary.getByRole("link", { name: "Seats" }).click();
  await expect(page.getByLabel("Seats")).toBeFocused();
  await summary.getByRole("link", { name: "Title" }).click();
  await expect(page.getByLabel("Title")).toBeFocused();
});

/** A section of the editor of the one event type that a new organizer has. */
async function openEditor(page: Page, section: string, when: "first" | "again" = "first"): Promise<void> {
  if (when === "first") await signUp(page);
  await page.goto("/account/event-types");
  await page.getByRole("link", { name: "Online appointment", exact: true }).click();
  await openSection(page, section);
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. The page is up to date.")).toBeVisible();
}
