import { randomBytes } from "node:crypto";
import { type APIRequestContext, type Browser, expect, type Locator, type Page } from "@playwright/test";
import { sendForm } from "@/tests/e2e/forms";
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

function newPerson(): Person {
  // A digit at its end tells it from words: one in two thousand is of letters alone.
  const word = `${randomBytes(4).toString("hex")}7`;
  return {
    name: `Ada ${word}`,
    email: `ada-${word}@bellhop.example`,
    password: `correct horse ${word}`,
    handle: `ada-${word}`,
  };
}

/** Opens an account and lands on the bookings. */
export async function signUp(page: Page): Promise<Person> {
  const person = newPerson();
  const { name, email, password } = person;
  const answer = await sendForm(page, await page.request.get("/sign-up"), {
    name,
    email,
    password,
    timeZone: "Europe/Paris",
  });
  expect(answer.url()).toMatch(/\/account\/bookings/);
  await page.goto("/account/bookings");
  return person;
}

/** The same as a new organizer does it, by hand. */
export async function signUpByHand(page: Page): Promise<Person> {
  const person = newPerson();
  await page.goto("/sign-up");
  await page.getByLabel("Name", { exact: true }).fill(person.name);
  await page.getByLabel("Email", { exact: true }).fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/account\/bookings/);
  return person;
}

/** The platform admin whom the stack makes before anyone else comes. */
export const admin = { email: "admin@bellhop.example", password: "correct horse battery" };

/** Another one, who reads in another language than English. */
export const foreignAdmin = { email: "foreign-admin@bellhop.example", password: "correct horse battery" };

/** The text of the newest mail with this in its subject, as the admin finds it in the outbox, and the links in it after one press each. */
export async function readMail(browser: Browser, subject: string): Promise<string> {
  const page = await (await browser.newContext()).newPage();
  await sendForm(page, await page.request.get("/sign-in?returnTo=/admin/outbox"), admin);
  await page.goto("/admin/outbox");
  const mail = page.getByRole("link", { name: subject }).first();
  await expect
    .poll(async () => {
      await page.reload();
      return mail.count();
    })
    .toBeGreaterThan(0);
  await mail.click();
  await expect(page).toHaveURL(/\/admin\/outbox\/./);
  const text = await page.getByRole("main").innerText();
  const links: string[] = [];
  for (const press of await page.getByRole("button", { name: /^Show link \d/ }).all()) {
    await press.click();
    links.push(await page.getByRole("textbox", { name: `Link ${links.length + 1}` }).inputValue());
  }
  await page.context().close();
  return [text, ...links].join("\n");
}

/** The REST API as the organizer of this page uses it. */
export async function apiOf(page: Page) {
  await page.goto("/account/developer");
  await page.getByLabel("Name", { exact: true }).fill("Test");
  await page.getByRole("button", { name: "Create key" }).click();
  const apiKey = await page.getByRole("textbox", { name: "API key" }).inputValue();
  const headers = { authorization: `Bearer ${apiKey}` };
  const send = async (method: string, path: string, data?: object) => {
    const answer = await page.request.fetch(`/api/v1${path}`, { method, headers, ...(data ? { data } : {}) });
    expect(answer.ok(), await answer.text()).toBe(true);
    return answer.json();
  };
  const first = async (list: string) => (await send("GET", list)).items[0].id as string;
  return {
    send,
    /** Changes the one event type a new organizer has. */
    changeEventType: async (change: object) =>
      send("PATCH", `/me/event-types/${await first("/me/event-types")}`, change),
    /** Open at all hours. */
    openAlways: async () =>
      send("PATCH", `/me/schedules/${await first("/me/schedules")}`, {
        timeZone: "Europe/Paris",
        weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: "00:00", end: "24:00" }],
      }),
  };
}

/** Opens a section of an event type's editor. */
export async function openSection(page: Page, title: string): Promise<void> {
  const sections = page.getByRole("navigation", { name: "Sections" });
  await sections.getByRole("link", { name: new RegExp(`^${title}`) }).click();
}

/** Unfolds the settings under a line that begins so, in the section that shows. */
export async function unfold(within: Page | Locator, title: string): Promise<void> {
  await within.locator("summary:visible", { hasText: new RegExp(`^${title}`) }).click();
}

export interface Booked {
  id: string;
  token: string;
  start: string;
  joinPageUrl: string;
}

/** Books a slot that is offered from a day on, the way another program would. */
export async function bookBy(
  request: APIRequestContext,
  { handle }: Person,
  {
    name = "Vera Visitor",
    email = "vera@example.org",
    skip = 0,
    fromDay = 0,
    ...more
  }: { name?: string; email?: string; skip?: number; fromDay?: number; link?: string } = {},
): Promise<Booked> {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const slots = await request.get(
    `/api/v1/organizers/${handle}/event-types/appointment/slots?from=${day(fromDay)}&to=${day(fromDay + 20)}&timeZone=UTC`,
  );
  const { slots: offered } = (await slots.json()) as { slots: { start: string }[] };
  const visitor = { name, email, timeZone: "America/New_York" };
  const data = { handle, slug: "appointment", start: offered[skip]?.start, visitor, ...more };
  const answer = await request.post("/api/v1/bookings", { data });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()) as Booked;
}

/** A Microsoft account of this test's own; answers with its address. */
export async function addMicrosoftAccount(more: object = {}): Promise<string> {
  const email = `person-${randomBytes(4).toString("hex")}@contoso.example`;
  await microsoft.addAccount({ tenant: "contoso.example", email, name: "A Person", ...more });
  return email;
}

/** Connects a Microsoft account, and lands on the page that shows it. */
export async function connectTeams(page: Page, email: string): Promise<void> {
  const signIn = await page.request.get("/api/teams/connect");
  const consent = await sendForm(page, signIn, { email, password: PASSWORD, answer: "sign-in" });
  const connected = await sendForm(page, consent, { answer: "accept" });
  expect(connected.url()).toMatch(/\/account\/integrations$/);
  await page.goto("/account/integrations");
}

/** The same as an organizer does it: presses `Connect Microsoft Teams` and goes through Microsoft's pages. */
export async function connectTeamsByHand(page: Page, email: string): Promise<void> {
  await page.goto("/account/integrations");
  const card = page.getByRole("region", { name: "Microsoft Teams" });
  await card
    .getByRole("link", { name: "Connect Microsoft Teams" })
    .or(card.getByRole("button", { name: "Connect Microsoft Teams" }))
    .click();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
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
