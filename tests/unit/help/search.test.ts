import { describe, expect, test } from "vitest";
import { parseArticle } from "@/lib/help/article";
import { listArticles } from "@/lib/help/library";
import { countSlips } from "@/lib/help/question";
import { findCode, searchHelp } from "@/lib/help/search";
import { setTestEnvironment } from "@/tests/support/env";

setTestEnvironment();

function page(slug: string, title: string, body: string) {
  const head = `---\ntitle: ${title}\nsummary: About ${title}.\naudience: organizer\nupdated: 2026-11-22\nrelated: other\n---\n`;
  return parseArticle(slug, head + body);
}

const articles = [
  page(
    "keys",
    "Keys",
    "## Lost keys\n\nAsk at the desk.\n\n## Spare\n\nThere are lost ones in the drawer, keys too.",
  ),
  page(
    "codes",
    "Codes",
    "## AADSTS50011\n\nThe redirect URI does not match.\n\n## AADSTS500112\n\nIt changed half way.",
  ),
];

const addresses = (question: string) => searchHelp(articles, question).map(({ href }) => href);

describe("searching the help", () => {
  test("headings come before texts in the help's search", () => {
    expect(addresses("lost keys")).toEqual(["/help/keys#lost-keys", "/help/keys#spare"]);
  });

  test("every word has to be there, in whatever case", () => {
    expect(addresses("LOST desk")).toEqual(["/help/keys#lost-keys"]);
    expect(addresses("lost redirect")).toEqual([]);
  });

  test("a page is found by its title", () => {
    expect(addresses("codes")).toEqual(["/help/codes"]);
  });

  test("a message of Microsoft's leads to its code, whatever else is in it", () => {
    const message =
      "AADSTS50011: The redirect URI 'https://a.example' specified in the request does not match.";
    expect(addresses(message)[0]).toBe("/help/codes#aadsts50011");
    expect(addresses("500112")).toEqual(["/help/codes#aadsts500112"]);
  });

  test("one code is not found by the beginning of another", () => {
    expect(addresses("AADSTS50011")).toEqual(["/help/codes#aadsts50011"]);
  });

  test("nothing is asked, nothing is found", () => {
    expect(addresses("")).toEqual([]);
    expect(addresses(" ?! ")).toEqual([]);
  });

  test("a hit names its page and begins with its text", () => {
    expect(searchHelp(articles, "desk")).toEqual([
      { href: "/help/keys#lost-keys", title: "Lost keys", page: "Keys", excerpt: "Ask at the desk." },
    ]);
  });

  test.each([
    ["AADSTS700016: Application…", "700016"],
    ["aadsts 65001", "65001"],
    [" 90094 ", "90094"],
    ["room 50011", null],
    ["1234", null],
    ["AADSTS-90094", "90094"],
    ["error code 50011", "50011"],
    ["Error: 7000215 invalid_client", "7000215"],
  ])("the code in “%s” is %s", (question, code) => {
    expect(findCode(question)).toBe(code);
  });
});

describe("words that mean the same, slips and names of things", async () => {
  const help = await listArticles();
  const found = (question: string) =>
    searchHelp(help, question).map(({ href }) => href.replace("/help/", ""));

  test.each([
    ["Azure Active Directory", "admin-guide#register-the-app-in-microsoft-entra"],
    ["azure ad", "admin-guide#register-the-app-in-microsoft-entra"],
    ["register app in AAD", "admin-guide#register-the-app-in-microsoft-entra"],
    ["lobby", "troubleshooting#a-visitor-cant-get-into-the-meeting"],
    ["Who can bypass the lobby", "organizer-guide#meeting-options"],
    ["waiting room", "troubleshooting#a-visitor-cant-get-into-the-meeting"],
    ["redirect_uri_mismatch", "troubleshooting#aadsts50011"],
    ["redirect uri missmatch", "troubleshooting#aadsts50011"],
    ["reply url", "troubleshooting#aadsts50011"],
    ["Calendars.ReadWrite", "admin-guide#add-the-four-permissions"],
    ["https://graph.microsoft.com/Calendars.ReadWrite", "admin-guide#add-the-four-permissions"],
    ["calendar.readwrite", "admin-guide#add-the-four-permissions"],
    ["OnlineMeetings.ReadWrite", "admin-guide#add-the-four-permissions"],
    ["AADSTS65001", "troubleshooting#aadsts65001"],
    ["AADSTS700016: Application with identifier 'x' was not found", "troubleshooting#aadsts700016"],
    ["the client secret is expired", "troubleshooting#aadsts7000222"],
    ["admin consent", "troubleshooting#need-admin-approval"],
    ["revoke", "organizer-guide#disconnect"],
    ["My Apps", "organizer-guide#disconnect"],
    ["reconect needed", "troubleshooting#reconnect-needed-comes-back-again-and-again"],
    ["throttling", "gotchas#limits"],
    ["MailboxNotEnabledForRESTAPI", "gotchas#limits"],
    ["timezone", "gotchas#an-offset-isnt-a-time-zone"],
    ["TEAMS_CLIENT_SECRET_NEXT", "admin-guide#renew-the-client-secret-without-downtime"],
    ["teams_redirect_uri", "admin-guide#microsoft"],
    ["how do I revoke access", "organizer-guide#disconnect"],
  ])("“%s” leads to %s", (question, address) => {
    expect(found(question)).toContain(address);
  });

  test.each([
    ["OAuth isn't configured on this server yet", "troubleshooting#oauth-isnt-configured-on-this-server-yet"],
    ["OAuth not configured", "organizer-guide#oauth-not-configured"],
    ["redirect_uri_mismatch", "troubleshooting#aadsts50011"],
    [
      "Meetings created but not appearing on calendar",
      "troubleshooting#meetings-are-created-but-arent-in-my-calendar",
    ],
    [
      "Personal accounts complete OAuth but every booking returns 403 from Graph",
      "troubleshooting#personal-microsoft-account-your-calendar-works-teams-meetings-do-not",
    ],
    [
      "Meeting create returns 403",
      "troubleshooting#personal-microsoft-account-your-calendar-works-teams-meetings-do-not",
    ],
    ["403 on a work account", "troubleshooting#this-account-has-no-teams"],
    ["Adding a new permission later", "troubleshooting#some-permissions-are-missing"],
    ["Need admin approval", "troubleshooting#need-admin-approval"],
    [
      "OAuth Flow Stuck on Admin Consent Step",
      "troubleshooting#need-admin-approval-comes-back-after-the-approval",
    ],
    [
      "even after the admin grants permission, users continue to see this pop-up and are unable to give consent",
      "troubleshooting#need-admin-approval-comes-back-after-the-approval",
    ],
    [
      "Missing tokens — make sure offline_access scope is granted",
      "troubleshooting#missing-tokens--make-sure-offline_access-scope-is-granted",
    ],
    ["Token exchange failed", "troubleshooting#token-exchange-failed"],
    [
      ".default scope can't be combined with resource-specific scopes",
      "admin-guide#add-the-four-permissions",
    ],
    [
      "Once a credential gets expired, existing calendar connections will need to be authorised.",
      "troubleshooting#aadsts7000222",
    ],
    ["With an expired secret, the connector will stop connecting", "troubleshooting#aadsts7000222"],
    ["Client secrets expire", "admin-guide#renew-the-client-secret-without-downtime"],
    [
      "Lobby enabled — customers wait until you admit them",
      "troubleshooting#a-visitor-cant-get-into-the-meeting",
    ],
    ["prompt=consent", "gotchas#dont-send-promptconsent"],
  ])("what other products' guides call “%s” leads to %s", (question, address) => {
    expect(found(question)).toContain(address);
  });

  test("what is said in these very words comes before what means the same", () => {
    const doors = [page("doors", "Doors", "## Log in\n\nHere.\n\n## Sign in\n\nThere.")];
    const at = (question: string) => searchHelp(doors, question).map(({ title }) => title);
    expect(at("sign in")).toEqual(["Sign in", "Log in"]);
    expect(at("log in")).toEqual(["Log in", "Sign in"]);
  });

  test("a name made of several words is known by its parts", () => {
    expect(addresses("lost_keys")).toEqual(addresses("lost keys"));
  });

  test.each(["zebra crossing", "xyzzy", "qwertyuiop"])("“%s” is nowhere", (question) => {
    expect(found(question)).toEqual([]);
  });

  test.each([
    ["calendar", "calendar", 0],
    ["calender", "calendar", 1],
    ["claendar", "calendar", 1],
    ["cancelation", "cancellation", 1],
    ["", "abc", 3],
  ])("from “%s” to “%s” it is %d slips", (one, other, slips) => {
    expect(countSlips(one, other)).toBe(slips);
  });
});
