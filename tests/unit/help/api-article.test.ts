import { describe, expect, test } from "vitest";
import { listEndpoints } from "@/lib/api/endpoints/all";
import { openApiDocument } from "@/lib/api/openapi";
import { apiArticle } from "@/lib/help/api-article";
import { searchHelp } from "@/lib/help/search";
import { curlOf, pythonOf, typeScriptOf } from "@/lib/help/snippets";
import { setTestEnvironment } from "@/tests/support/env";

setTestEnvironment();

const article = apiArticle();
const samples = article.tokens.flatMap((token) => (token.type === "code" ? [token] : []));
const titled = (title: string) => samples.filter(({ lang }) => lang?.endsWith(` ${title}`));

describe("the page about the REST API", () => {
  test("has every operation, with how to call it in three ways", () => {
    const addresses = samples.filter(({ lang }) => !lang).map(({ text }) => text);
    const declared = listEndpoints().map(({ method, path }) => `${method} ${path}`);
    expect(addresses.toSorted()).toEqual(declared.toSorted());
    for (const title of ["curl", "TypeScript", "Python"]) expect(titled(title)).toHaveLength(declared.length);
  });

  test("fills in an example for everything that an address needs", () => {
    expect(titled("curl").filter(({ text }) => /[{]\w+[}]/.test(text.split("\n")[0] ?? ""))).toEqual([]);
    const slots = titled("curl").find(({ text }) => text.includes("/slots?"));
    expect(slots?.text).toContain("/slots?from=2027-03-01&to=2027-03-01&timeZone=Europe%2FParis");
  });

  test("its TypeScript can be run", () => {
    for (const { text } of titled("TypeScript")) {
      expect(() => new Function(`return async () => {\n${text}\n}`), text).not.toThrow();
    }
  });

  test("has what webhooks are sent", () => {
    const events = Object.keys(openApiDocument().webhooks as object);
    expect(titled("Message").map(({ text }) => JSON.parse(text).type)).toEqual(events);
  });

  test("says of each field where it goes and whether it may be left out", () => {
    const rows = article.tokens.flatMap((token) => (token.type === "table" ? token.rows : []));
    const told = rows.map((row) => row.map(({ text }) => text));
    expect(told).toContainEqual([
      "`status`",
      "query, optional",
      "`pending`, `confirmed`, `declined`, `cancelled`",
    ]);
    expect(told).toContainEqual(["`slug`", "body", expect.stringContaining("string")]);
    expect(told).toContainEqual(["`id`", "path", "uuid"]);
  });

  test("is found by what people look for", () => {
    const [hit] = searchHelp([article], "reschedule one of your bookings");
    expect(hit).toMatchObject({ href: expect.stringMatching(/^\/help\/api#/), page: "REST API" });
    const addressed = searchHelp([article], "/api/v1/me/bookings/{id}/no-show");
    expect(addressed[0]?.title).toContain("no-show");
    expect(searchHelp([article], "rate_limited"), "every operation would be").toEqual([]);
  });
});

describe("a request in the words of", () => {
  const request = {
    method: "POST",
    address: "https://bellhop.example.com/api/v1/bookings",
    needsKey: true,
    body: { name: "Rosa O'Hara", hidden: false, seats: null, days: [1, 2] },
  };

  test("a shell, where a quote is only itself", () => {
    expect(curlOf(request)).toBe(
      `curl -X POST "https://bellhop.example.com/api/v1/bookings" \\
  -H "Authorization: Bearer $BELLHOP_API_KEY" \\
  -H "Idempotency-Key: $(uuidgen)" \\
  -H "Content-Type: application/json" \\
  -d '{"name":"Rosa O'\\''Hara","hidden":false,"seats":null,"days":[1,2]}'`,
    );
  });

  test("Python, which has names of its own for true, false, and null", () => {
    const written = pythonOf(request);
    expect(written).toContain(`json={"name": "Rosa O'Hara", "hidden": False, "seats": None, "days": [1, 2]}`);
    expect(written).toContain(`"Authorization": f"Bearer {os.environ['BELLHOP_API_KEY']}"`);
    expect(written).toMatch(/^import os\nimport uuid\nimport requests\n/);
  });

  test("TypeScript, without a key where none is needed and a body where there is none", () => {
    const bare = {
      method: "GET",
      address: "https://bellhop.example.com/x",
      needsKey: false,
      body: undefined,
    };
    expect(typeScriptOf(bare)).toBe(
      `const response = await fetch("https://bellhop.example.com/x");
if (!response.ok) throw new Error((await response.json()).code);
console.log(await response.json());`,
    );
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the sample has it
    expect(typeScriptOf(request)).toContain("Bearer ${process.env.BELLHOP_API_KEY}");
  });
});
