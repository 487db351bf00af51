import { expect, test } from "vitest";
import { isOwnersAlone, ofNamedUser } from "@/tests/emulator/graph/app-access";
import { loadGraphDescription } from "@/tests/emulator/graph/openapi";
import { ROUTES } from "@/tests/emulator/graph/routes";
import { graphAs, newAccount, startStage, teamsEvent } from "@/tests/unit/emulator/support";

const description = loadGraphDescription();
const LINK_TOKENS = ["$skiptoken", "$deltatoken"];

test.skipIf(!description).each(ROUTES.map((route) => [`${route.method} ${route.template}`, route] as const))(
  "%s takes only query options that Microsoft describes",
  (_name, route) => {
    const described = description?.queryParameters(route.method, route.twinOf ?? route.template);
    expect(described).not.toBeNull();
    const own = route.options.filter((name) => !LINK_TOKENS.includes(name));
    expect(own.filter((name) => !described?.includes(name))).toEqual([]);
  },
);

/** What an app asks for in its own name. */
const byName = ROUTES.filter(
  ({ service, template }) =>
    service !== "directory" && template.startsWith("/me/") && !isOwnersAlone(template),
);

test.skipIf(!description).each(byName.map((route) => [`${route.method} ${route.template}`, route] as const))(
  "%s is described alike for a mailbox that is named",
  (_name, route) => {
    const template = route.twinOf ?? route.template;
    const described = description?.queryParameters(route.method, ofNamedUser(template));
    expect(described).toEqual(description?.queryParameters(route.method, template));
  },
);

test.skipIf(!description)(
  "requests are held against the description before anything else looks at them",
  () => {
    const problem = (body: unknown) => description?.requestProblem("POST", "/me/events", body);
    expect(problem(teamsEvent())).toBeNull();
    expect(problem(teamsEvent({ onlineMeetingUrl: 1 }))).toContain("onlineMeetingUrl");
    expect(problem(teamsEvent({ uid: "x" }))).toContain("'uid'");
    expect(problem(teamsEvent({ showAs: "away" }))).toContain("showAs");
  },
);

test("without the description the emulator's own rules still refuse unknown properties", async () => {
  const stage = await startStage({ openApiPath: "/nowhere.json" });
  expect(stage.emulator.checksAgainstDescription).toBe(false);
  const graph = await graphAs(stage, await newAccount(stage));
  expect((await graph("POST", "/me/events", teamsEvent({ colour: "red" }))).status).toBe(400);
  expect((await graph("POST", "/me/events", teamsEvent())).status).toBe(201);
  await stage.emulator.close();
});
