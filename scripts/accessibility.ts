/**
 * `DEMO_URL=… tsx scripts/accessibility.ts`: looks at every page of a running demo with axe, in three languages, wide and narrow, light and
 * dark, and prints a table of what it found. Pages are found by following links; those of a route are alike, so one is looked at.
 */
import { writeFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { BrowserContext, Page } from "@playwright/test";
import { connectOutlook, openBrowser, readIn, signIn, visit } from "@/scripts/demo-visit";
import { type Look, listRoutes, lookFile } from "@/scripts/known-gaps";
import { rulesOfColour, standards } from "@/tests/e2e/standards";

const languages = process.argv.length > 2 ? process.argv.slice(2) : ["en", "ar", "de"];

/** Every route of a page, fixed names before places for one: the first that fits an address is its route. */
const routes = listRoutes()
  .sort((a, b) => (a.replaceAll("[", "~") < b.replaceAll("[", "~") ? -1 : 1))
  .map((route) => ({ route, shape: new RegExp(`^${route.replace(/\[\w+\]/g, "[^/]+")}$`) }));

const routeOf = (path: string) => routes.find(({ shape }) => shape.test(path))?.route;

interface Finding {
  language: string;
  route: string;
  rule: string;
  where: string;
}

const findings: Finding[] = [];
/** Of axe-core. */
let version = "";
const seen = new Map<string, Set<string>>();

/** Links lead on from here; what only a link in an email leads to is looked at as it is for a link that has ended. */
const starts = {
  anyone: [
    ...[
      "/",
      "/sign-in",
      "/sign-up",
      "/forgot-password",
      "/help",
      "/ines",
      "/ines/first-consultation",
      "/moreau-partners",
    ],
    ...["/reset-password/unknown", "/sign-in/link/unknown", "/sign-up/confirm/unknown", "/confirm/unknown"],
    ...["/decide/unknown", "/j/unknown", "/booking/unknown", "/teams/approval", "/teams/approval/unknown"],
    ...["/teams/registration", "/embed/ines/first-consultation?preview=1"],
  ],
  ines: [
    ...["/account/bookings", "/account/profile", "/account/security", "/account/developer", "/account/teams"],
    ...[
      "/account/today",
      "/account/integrations/approval",
      "/account/integrations/switch",
      "/account/bookings/drift",
    ],
    ...["/account/email/unknown", "/account/teams/invitations/unknown", "/account/bookings/blocked"],
    ...["/account/bookings?state=suspicious", "/account/availability/new", "/account/event-types/new"],
  ],
  admin: ["/admin", "/admin/users/provisioning", "/admin/abuse", "/admin/brand", "/admin/outbox"],
};

const browser = await openBrowser();
for (const language of languages) {
  const visitor = await visit(browser, { language });
  await walk(language, visitor, [...starts.anyone, ...(await book(visitor))], "/");
  for (const name of ["ines", "admin"] as const) {
    const context = await visit(browser, { language });
    const page = await signIn(context, name);
    await readIn(page, "en");
    if (name === "ines") await connectOutlook(page);
    await readIn(page, language);
    await walk(language, context, starts[name], name === "ines" ? "/account" : "/admin");
    await readIn(page, "en");
    await context.close();
  }
}
await browser.close();

const missed = routes.map(({ route }) => route).filter((route) => !seen.has(route));
say(`Routes looked at: ${seen.size} of ${routes.length}, in ${languages.join(", ")}.`);
if (missed.length > 0) say(`Not reached: ${missed.join(", ")}`);
keepLook();
say("");
if (findings.length === 0) say("axe found nothing.");
else say(["| Page | Language | Rule | Where |", "|---|---|---|---|", ...findings.map(toRow)].join("\n"));

/** For the known gaps in the accessibility report. */
function keepLook(): void {
  const [axe = ""] = /^\d+\.\d+/.exec(version) ?? [];
  const rows = findings.map(({ route, language, rule, where }) => [
    `\`${route}\``,
    language,
    rule,
    where.replaceAll("|", "\\|"),
  ]);
  const date = new Date().toISOString().slice(0, 10);
  const look: Look = { date, axe, languages, findings: rows, looked: [...seen.keys()].sort() };
  writeFileSync(lookFile, `${JSON.stringify(look, null, 2)}\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function toRow({ route, language, rule, where }: Finding): string {
  return `| \`${route}\` | ${language} | ${rule} | ${where.replaceAll("|", "\\|")} |`;
}

/** Looks at one page of each route below an address, and follows its links. */
async function walk(language: string, context: BrowserContext, from: string[], below: string): Promise<void> {
  const page = await context.newPage();
  const open = [...from];
  const done = new Set<string>();
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    const route = routeOf(path.split(/[?#]/)[0] ?? "");
    const name = path.includes("?") ? path : route;
    if (!route || !name || done.has(name)) continue;
    done.add(name);
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(path);
    if (routeOf(new URL(page.url()).pathname) !== route) continue;
    seen.set(route, (seen.get(route) ?? new Set()).add(language));
    process.stderr.write(`${language} ${name}\n`);
    await look(page, language, name);
    for (const href of await page.locator("a[href^='/']").evaluateAll(addresses)) {
      const area = /^\/(?:account|admin)\b/.exec(href)?.[0] ?? "/";
      const next = href.split(/[?#]/)[0] ?? "";
      if (area === below && !/^\/(?:api|booking\/[^/]+\/invite)/.test(href)) open.push(next);
    }
  }
}

/** The addresses of a booking that is made for this look. */
async function book({ request }: BrowserContext): Promise<string[]> {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const eventType = { handle: "ines", slug: "quick-question" };
  const offered = await request.get(
    `/api/v1/organizers/ines/event-types/quick-question/slots?from=${day(3)}&to=${day(20)}&timeZone=UTC`,
  );
  const { slots } = (await offered.json()) as { slots: { start: string }[] };
  const visitor = { name: "Vera Visitor", email: "vera@example.org", timeZone: "Europe/Paris" };
  const made = await request.post("/api/v1/bookings", {
    data: { ...eventType, start: slots[0]?.start, visitor },
  });
  const { token } = (await made.json()) as { token: string };
  const page = `/booking/${token}`;
  return [
    page,
    `${page}/cancel`,
    `${page}/reschedule`,
    `${page}/onward`,
    `/embed/ines/quick-question/booked/${token}`,
  ];
}

function addresses(links: Element[]): string[] {
  return links.map((link) => link.getAttribute("href") ?? "");
}

async function look(page: Page, language: string, route: string): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await judge(page, standards, "tag", { language, route, at: `${width}, light` });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) note({ language, route, rule: "reflow", where: `${width}: ${overflow} px too wide` });
  }
  await page.emulateMedia({ colorScheme: "dark" });
  await judge(page, rulesOfColour, "rule", { language, route, at: "390, dark" });
}

interface Place {
  language: string;
  route: string;
  at: string;
}

async function judge(
  page: Page,
  values: string[],
  type: "tag" | "rule",
  { language, route, at }: Place,
): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({
    runOnly: { type, values },
    resultTypes: ["violations"],
  });
  const { violations, testEngine } = await axe.analyze();
  version = testEngine.version;
  for (const { id, nodes } of violations) {
    // Small only where the bar at the foot of the window lies over half of it, until one scrolls.
    if (id === "target-size" && type === "tag") {
      await page.evaluate(() => scrollBy(0, 120));
      await judge(page, ["target-size"], "rule", { language, route, at });
      await page.evaluate(() => scrollTo(0, 0));
      continue;
    }
    note({
      language,
      route,
      rule: id,
      where: `${at}: \`${nodes.map(({ html }) => html.slice(0, 160)).join(" ")}\``,
    });
  }
}

function note(finding: Finding): void {
  findings.push(finding);
  process.stderr.write(`${toRow(finding)}\n`);
}
