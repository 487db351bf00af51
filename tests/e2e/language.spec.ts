/** Every page in a language that is recognizable as not English: longer, and with no word that is not from the catalogue. */
import { randomUUID } from "node:crypto";
import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { listRoutes } from "@/scripts/known-gaps";
import { sendForm } from "@/tests/e2e/forms";
import {
  addMicrosoftAccount,
  apiOf,
  bookBy,
  connectTeams,
  foreignAdmin,
  type Person,
  readMail,
  signUp,
} from "@/tests/e2e/people";

const longer = "en-XA";
const mirrored = "ar-XB";

/** A browser that asks for a language, signed in or not. */
async function reader(browser: Browser, language: string, person?: { email: string; password: string }) {
  const context = await browser.newContext({
    locale: language,
    extraHTTPHeaders: { "accept-language": language },
    viewport: { width: 390, height: 844 },
    reducedMotion: "reduce",
  });
  if (!person) return context;
  const page = await context.newPage();
  const { email, password } = person;
  const home = await sendForm(page, await page.request.get("/sign-in"), { email, password });
  expect(home.url()).toMatch(/\/account\/bookings/);
  await page.close();
  return context;
}

/** The months and weekdays of a year, whole and short. */
function dateWords(): string[] {
  const days = Array.from({ length: 366 }, (_, day) => Date.UTC(2028, 0, day + 1));
  const shapes = [{ month: "long" }, { month: "short" }, { weekday: "long" }, { weekday: "short" }] as const;
  const words = shapes.flatMap((shape) => {
    const format = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...shape });
    return days.map((day) => format.format(day));
  });
  return [...new Set(words)];
}

const placeNames = Intl.supportedValuesOf("timeZone").map((zone) =>
  (zone.split("/").at(-1) ?? zone).replaceAll("_", " "),
);
/** What these tests have typed, and what a new account and a new calendar have. */
const typed = ["Ada", "Vera \\w+", "A Person", "The admin", "Test", "[A-Z]{2}"];
const given = ["Online appointment with", "Online appointment", "appointment", "Working hours", "Calendar"];
/** What goes by its own name in every language. */
const products = ["Chrome", "Windows", "Linux", "Deutsch"];
/** Places that go by newer names than the browser's. */
const renamed = ["Kyiv", "Nuuk", "St. John’s", "Ho Chi Minh City", "Kathmandu", "Kolkata", "Yangon"];
const names = [
  // The key that comes with an account made at the command line.
  "Command line",
  ...typed,
  ...given,
  ...products,
  ...renamed,
  ...placeNames,
  ...dateWords(),
  "UTC",
  "AM",
  "PM",
].sort((a, b) => b.length - a.length);

/** What a page shows that is data, not words: people, dates, times, zones, addresses, permissions and placeholders. */
const data = new RegExp(
  `\\b(?:${names.join("|")}|openid|profile)\\b|\\{\\w+\\}|https?:\\S*|\\S+@\\S+|\\b\\w*[\\d_/.:-][\\w/.:-]*`,
  "g",
);

/** The words of a page that are neither from the catalogue nor data. */
async function strayWords(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    // The help is written in English.
    const found: string[] = location.pathname.startsWith("/help/") ? [] : [document.title];
    const skipped =
      "script, style, code, pre, kbd, textarea, .font-mono, a[href^='/admin/outbox/'], .whitespace-pre-wrap, main:has(.whitespace-pre-wrap) h1, [lang]:not(html), select[name=timeZone], select[name=country], select[name=region]";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element || element.closest(skipped)) continue;
      if (node instanceof Element) {
        for (const name of ["aria-label", "placeholder", "title", "alt"]) {
          found.push(node.getAttribute(name) ?? "");
        }
      } else if (element.checkVisibility() || element.closest("option")) found.push(node.textContent ?? "");
    }
    return found;
  });
  return [...new Set(texts.filter((text) => /[a-z]{2}/i.test(text.replace(data, " "))))];
}

interface Visit {
  context: BrowserContext;
  paths: readonly string[];
  direction?: "ltr" | "rtl";
}

/** Looks at pages on a phone. */
async function walk({ context, paths, direction = "ltr" }: Visit): Promise<void> {
  const page = await context.newPage();
  for (const path of paths) {
    await page.goto(path);
    const { lang, dir, overflow } = await page.evaluate(() => {
      const root = document.documentElement;
      const outside = [...document.body.querySelectorAll("*")]
        .filter(
          (one) =>
            one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1,
        )
        .slice(0, 3)
        .map((one) => `${one.tagName} ${one.className}`);
      return {
        lang: root.lang,
        dir: root.dir,
        overflow: root.scrollWidth > innerWidth ? [`${root.scrollWidth}`, ...outside] : [],
      };
    });
    expect.soft(lang, path).toBe(direction === "rtl" ? mirrored : longer);
    expect.soft(dir, path).toBe(direction);
    expect.soft(overflow, `${path} scrolls sideways`).toEqual([]);
    expect.soft(await strayWords(page), `words of ${path} that are not from the catalogue`).toEqual([]);
  }
  await page.close();
}

/** Someone with a connection, bookings of every kind and a webhook. */
async function prepare(page: Page, browser: Browser) {
  const person = await signUp(page);
  const api = await apiOf(page);
  await connectTeams(page, await addMicrosoftAccount());
  await api.openAlways();
  const visitor = {
    // Of this test alone: the newest email that names them is looked for.
    name: `Vera ${randomUUID().slice(0, 8)}`,
    email: "vera@example.org",
    timeZone: "America/New_York",
    locale: longer,
  };
  const book = async (skip: number) => {
    const { token, id, joinPageUrl } = await bookBy(page.request, person, { skip, ...{ visitor } });
    return { token, id, join: new URL(joinPageUrl).pathname };
  };
  const confirmed = await book(4);
  const [{ id: eventType }] = (await api.send("GET", "/me/event-types")).items;
  const [{ id: schedule }] = (await api.send("GET", "/me/schedules")).items;
  const hook = await api.send("POST", "/me/webhooks", {
    url: "http://127.0.0.1:9/hook",
    events: ["booking.confirmed"],
  });
  const team = await api.send("POST", "/me/teams", { name: "Test", handle: `test-${person.handle}` });
  const { id: userId } = await api.send("GET", "/me");
  const teamEventType = await api.send("POST", `/teams/${team.id}/event-types`, {
    slug: "test",
    title: "Test",
    durationsMinutes: [30],
    location: { kind: "teams" },
    hosts: [{ userId, kind: "rotating" }],
  });
  await api.changeEventType({ requiresApproval: true });
  await book(12);
  const mail = await readMail(browser, visitor.name);
  const [decide = ""] = mail.match(/\/decide\/[\w-]+/) ?? [];
  return {
    person,
    confirmed,
    eventType,
    schedule,
    webhook: hook.id as string,
    decide,
    userId,
    team,
    teamEventType,
  };
}

function pathsOf(
  person: Person,
  {
    confirmed,
    eventType,
    schedule,
    webhook,
    decide,
    team,
    teamEventType,
  }: Omit<Awaited<ReturnType<typeof prepare>>, "person">,
) {
  return {
    everybody: {
      "/": "/",
      "/sign-in": "/sign-in",
      "/sign-up": "/sign-up",
      "/embed/[handle]/[slug]": `/embed/${person.handle}/appointment`,
      "/embed/[handle]/[slug]/booked/[token]": `/embed/${person.handle}/appointment/booked/${confirmed.token}`,
      "/forgot-password": "/forgot-password",
      "/reset-password/[token]": "/reset-password/unknown",
      "/sign-in/link/[token]": "/sign-in/link/unknown",
      "/sign-up/confirm/[token]": "/sign-up/confirm/unknown",
      "/[handle]": `/${person.handle}`,
      "/[handle]/[slug]": `/${person.handle}/appointment`,
      "/booking/[token]": `/booking/${confirmed.token}`,
      "/booking/[token]/cancel": `/booking/${confirmed.token}/cancel`,
      "/booking/[token]/onward": `/booking/${confirmed.token}/onward`,
      "/booking/[token]/reschedule": `/booking/${confirmed.token}/reschedule`,
      "/confirm/[token]": "/confirm/unknown",
      "/decide/[token]": decide,
      "/help": "/help",
      "/help/[page]": "/help/organizer-guide",
      "/j/[token]": `${confirmed.join}?stay=1`,
      "/teams/approval": "/teams/approval",
      "/teams/approval/[token]": "/teams/approval/unknown",
      "/teams/registration": "/teams/registration",
    },
    organizer: {
      "/account": "/account",
      "/account/availability": "/account/availability",
      "/account/availability/[id]": `/account/availability/${schedule}`,
      "/account/availability/[id]/holidays": `/account/availability/${schedule}/holidays`,
      "/account/availability/new": "/account/availability/new",
      "/account/bookings": "/account/bookings",
      "/account/bookings/blocked": "/account/bookings/blocked",
      "/account/bookings/[id]": `/account/bookings/${confirmed.id}`,
      "/account/bookings/[id]/reschedule": `/account/bookings/${confirmed.id}/reschedule`,
      "/account/bookings/drift": "/account/bookings/drift",
      "/account/bookings/new": "/account/bookings/new",
      "/account/bookings/new/[eventTypeId]": `/account/bookings/new/${eventType}`,
      "/account/bookings/selected": `/account/bookings/selected?verb=cancel&booking=${confirmed.id}`,
      "/account/bookings/week": "/account/bookings/week",
      "/account/developer": "/account/developer",
      "/account/email/[token]": "/account/email/unknown",
      "/account/developer/webhooks/[id]": `/account/developer/webhooks/${webhook}`,
      "/account/event-types": "/account/event-types",
      "/account/event-types/[id]": `/account/event-types/${eventType}#all-settings`,
      "/account/event-types/[id]/embedding": `/account/event-types/${eventType}/embedding`,
      "/account/event-types/[id]/languages": `/account/event-types/${eventType}/languages`,
      "/account/event-types/[id]/links": `/account/event-types/${eventType}/links`,
      "/account/event-types/[id]/troubleshoot": `/account/event-types/${eventType}/troubleshoot`,
      "/account/event-types/import": "/account/event-types/import",
      "/account/event-types/new": "/account/event-types/new#limits",
      "/account/event-types/rooms": "/account/event-types/rooms",
      "/account/insights": "/account/insights",
      "/account/integrations": "/account/integrations",
      "/account/integrations/approval": "/account/integrations/approval",
      "/account/integrations/switch": "/account/integrations/switch",
      "/account/profile": "/account/profile",
      "/account/security": "/account/security",
      "/account/security/confirm": "/account/security/confirm",
      "/account/teams": "/account/teams",
      "/account/today": "/account/today",
      "/account/teams/[id]": `/account/teams/${team.id}?tab=members`,
      "/account/teams/[id]/event-types/[eventTypeId]": `/account/teams/${team.id}/event-types/${teamEventType.id}#all-settings`,
      "/account/teams/[id]/event-types/[eventTypeId]/copies": `/account/teams/${team.id}/event-types/${teamEventType.id}/copies`,
      "/account/teams/[id]/event-types/[eventTypeId]/embedding": `/account/teams/${team.id}/event-types/${teamEventType.id}/embedding`,
      "/account/teams/[id]/event-types/[eventTypeId]/languages": `/account/teams/${team.id}/event-types/${teamEventType.id}/languages`,
      "/account/teams/[id]/event-types/[eventTypeId]/links": `/account/teams/${team.id}/event-types/${teamEventType.id}/links`,
      "/account/teams/[id]/event-types/[eventTypeId]/troubleshoot": `/account/teams/${team.id}/event-types/${teamEventType.id}/troubleshoot?time=10:00`,
      "/account/teams/[id]/event-types/[eventTypeId]/turns": `/account/teams/${team.id}/event-types/${teamEventType.id}/turns`,
      "/account/teams/[id]/event-types/new": `/account/teams/${team.id}/event-types/new`,
      "/account/teams/invitations/[token]": "/account/teams/invitations/unknown",
    },
  };
}

test("every page is in the language of its reader, and fits a phone", async ({ browser, page }) => {
  const { person, ...made } = await prepare(page, browser);
  const { everybody, organizer } = pathsOf(person, made);
  expect([...Object.keys({ ...everybody, ...organizer }), ...routesOfAdmin].sort()).toEqual(listRoutes());
  await walk({ context: await reader(browser, longer, person), paths: Object.values(organizer) });
  // Links in mails are for anyone who opens them: what is kept of their reader decides.
  await walk({
    context: await reader(browser, longer),
    paths: [...Object.values(everybody), "/nothing/here"],
  });
});

const routesOfAdmin = [
  "/admin",
  "/admin/abuse",
  "/admin/audit",
  "/admin/brand",
  "/admin/connections",
  "/admin/connections/[userId]",
  "/admin/outbox",
  "/admin/outbox/[id]",
  "/admin/users",
  "/admin/users/[id]",
  "/admin/users/provisioning",
];

test("the admin's pages are in the language of their reader, and fit a phone", async ({ browser, page }) => {
  const { person, userId } = await prepare(page, browser);
  const context = await reader(browser, longer, foreignAdmin);
  const outbox = await context.newPage();
  await outbox.goto("/admin/outbox");
  const mail = await outbox.locator("main a[href^='/admin/outbox/']").first().getAttribute("href");
  const paths = routesOfAdmin.map((route) =>
    route
      .replace("/admin/outbox/[id]", mail ?? "")
      .replace(/\[(?:userId|id)\]$/, userId)
      // What others do in the meantime has names of their own in it.
      .replace(/audit$/, `audit?who=${encodeURIComponent(person.name)}`),
  );
  await walk({ context, paths });
});

test("a language that is written from right to left turns the pages round", async ({ browser, page }) => {
  const person = await signUp(page);
  const context = await reader(browser, mirrored, person);
  await walk({
    context,
    direction: "rtl",
    paths: [
      "/",
      `/${person.handle}`,
      `/${person.handle}/appointment`,
      "/account/bookings",
      "/account/bookings/week",
      "/account/availability",
      "/account/event-types",
      "/account/integrations",
      "/account/profile",
    ],
  });
  const visit = await context.newPage();
  await visit.goto(`/${person.handle}/appointment`);
  const stop = visit.locator("[data-date][tabindex='0']");
  await stop.focus();
  const before = (await stop.getAttribute("data-date")) ?? "";
  await visit.keyboard.press("ArrowLeft");
  const after = new Date(Date.parse(before) + 86_400_000).toISOString().slice(0, 10);
  await expect(visit.locator("[data-date]:focus")).toHaveAttribute("data-date", after);
  await visit.goto("/help/visitor-data");
  await expect(visit.locator('article[lang="en"]')).toHaveCSS("direction", "ltr");
});
