import { randomBytes } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { createControl } from "@/tests/emulator/client";
import { PASSWORD } from "@/tests/emulator/seed";

const port = Number(process.env.E2E_PORT ?? 3210);

export const emulatorUrl = `http://127.0.0.1:${port + 1}`;
export const microsoft = createControl(`${emulatorUrl}/__control`);

/** How a time is named in the list of a day: `09:30`, in either clock. */
export const timeOfDay = /^\d{1,2}:\d{2}/;

export interface Person {
  name: string;
  email: string;
  password: string;
  handle: string;
}

/** Opens an account through the page, as a new organizer would, and lands on the bookings. */
export async function signUp(page: Page): Promise<Person> {
  const word = randomBytes(4).toString("hex");
  const person = {
    name: `Ada ${word}`,
    email: `ada-${word}@bellhop.example`,
    password: `correct horse ${word}`,
    handle: `ada-${word}`,
  };
  await page.goto("/sign-up");
  await page.getByLabel("Name", { exact: true }).fill(person.name);
  await page.getByLabel("Email", { exact: true }).fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/account\/bookings/);
  return person;
}

/** A Microsoft account of this test's own; answers with its address. */
export async function addMicrosoftAccount(more: object = {}): Promise<string> {
  const email = `person-${randomBytes(4).toString("hex")}@contoso.example`;
  await microsoft.addAccount({ tenant: "contoso.example", email, name: "A Person", ...more });
  return email;
}

/** Presses `Connect Microsoft Teams` and goes through Microsoft's pages. */
export async function connectTeams(page: Page, email: string): Promise<void> {
  await page.goto("/account/integrations");
  const card = page.getByRole("region", { name: "Microsoft Teams" });
  await card
    .getByRole("link", { name: "Connect Microsoft Teams" })
    .or(card.getByRole("button", { name: "Connect Microsoft Teams" }))
    .click();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(page).toHaveURL(/\/account\/integrations/);
}

/** Chooses the first time that is offered and fills in the form, without sending it. */
export async function fillBookingForm(
  page: Page,
  path: string,
  visitor = { name: "Vera Visitor", email: "vera@example.org" },
): Promise<void> {
  await page.goto(path);
  await page.getByRole("radio", { name: timeOfDay }).first().check({ force: true });
  await page.getByLabel("Your name").fill(visitor.name);
  await page.getByLabel("Email").fill(visitor.email);
}
