/**
 * The known gaps in docs/accessibility.md, from what there is: the last look with axe (docs/accessibility.json, which scripts/accessibility.ts
 * writes), the pages of this version, the criteria that the report itself says aren't met, and the rules that our code is exempt from.
 */
import { readdirSync, readFileSync } from "node:fs";

export const reportFile = "docs/accessibility.md";
export const lookFile = "docs/accessibility.json";

/** What a look with axe found. */
export interface Look {
  /** The day it was, as an ISO date. */
  date: string;
  /** The version of axe-core. */
  axe: string;
  languages: string[];
  /** Each as a row of a table: page, language, rule, where. */
  findings: string[][];
  /** The routes of which a page was looked at. */
  looked: string[];
}

/** Every route of a page. */
export function listRoutes(): string[] {
  return readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => /(?:^|\/)page\.tsx$/.test(file))
    .map((file) => `/${file.replace(/(?:^|\/)page\.tsx$/, "").replace(/\([^)]*\)\/?/g, "")}`)
    .sort();
}

const begin = "### What checks know\n";
const end = "### What no program finds\n";

const lead =
  "This part is made from the last look with axe, the pages of this version, the tables above, and the code. A test fails when it's out of date.";

/** The report with its generated part, from one heading to the next, as it should be now. Throws where it has lost its headings. */
export function withKnownGaps(report: string): string {
  const [before, after] = [report.indexOf(begin), report.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`${reportFile} doesn't say where its generated part is.`);
  const look: Look = JSON.parse(readFileSync(lookFile, "utf8"));
  const parts = [lead, ofLook(look), unseen(look), ofReport(report.slice(0, before)), exempt()].filter(
    Boolean,
  );
  return `${report.slice(0, before)}${begin}\n${parts.join("\n\n")}\n\n${report.slice(after)}`;
}

function ofLook({ date, axe, languages, findings, looked }: Look): string {
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(
    Date.parse(date),
  );
  const names = new Intl.DisplayNames(["en-GB"], { type: "language" });
  const list = new Intl.ListFormat("en-GB").format(languages.map((tag) => names.of(tag) ?? tag));
  const said = `axe ${axe} last looked on ${day}, in ${list}, at ${looked.length} of the routes that there were.`;
  if (findings.length === 0)
    return `${said} It found nothing. Pages that only an email leads to were looked at as links that have ended.`;
  return `${said} It found:\n\n${table(["Page", "Language", "Rule", "Where"], findings)}`;
}

function unseen({ looked }: Look): string {
  const routes = listRoutes().filter((route) => !looked.includes(route));
  if (routes.length === 0) return "";
  return `Pages that it hasn't looked at yet:\n\n${routes.map((route) => `- \`${route}\``).join("\n")}`;
}

/** The rows of the report's own tables, which come before what is generated, that aren't wholly met. */
function ofReport(report: string): string {
  const rows = report
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter(([, , conformance]) => /^(?:Partially supports|Does not support)$/.test(conformance ?? ""))
    .map(([, criterion = "", conformance = "", remarks = ""]) => [criterion, conformance, remarks]);
  if (rows.length === 0) return "";
  return `Criteria that aren't wholly met:\n\n${table(["Criterion", "Conformance", "Remarks"], rows)}`;
}

/** Rules for accessibility that our own code is exempt from, each with its reason. */
function exempt(): string {
  const rows = ["app", "components"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".tsx"))
      .sort()
      .flatMap((file) => exemptionsIn(`${folder}/${file}`)),
  );
  if (rows.length === 0) return "";
  return `Rules of the code's own check that are off in a place:\n\n${table(["Rule and file", "Because"], rows)}`;
}

function exemptionsIn(file: string): string[][] {
  const lines = readFileSync(file, "utf8").matchAll(
    /biome-ignore(?:-all|-start)? lint\/a11y(?:\/(\w+))?: (.+)/g,
  );
  let last = "";
  return [...lines].map(([, rule = "all", said = ""]) => {
    const reason = said.replace(/\s*\*\/\}?$/, "").replace(/\.$/, "");
    if (!/^see above/.test(reason)) last = reason;
    return [`${rule}, \`${file}\``, last];
  });
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
