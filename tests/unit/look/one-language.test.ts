import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lint as lintFile } from "@/tests/support/linter";

const lint = (content: string) => lintFile("components/zz-language-probe.tsx", content);

const use =
  'import { translator } from "@/lib/i18n/translator";\nimport type { Locale } from "@/lib/i18n/languages";\n';
const show = (className: string) => `export const Probe = () => <p className="${className}" />;\n`;

describe("the linter", () => {
  it("the linter refuses words that are chosen before there is a request", () => {
    const early = `${use}declare const locale: Locale;\nexport const words = translator("common", locale);\n`;
    expect(lint(early)).toContain("Words belong to a request");
    const label = `${use}declare const locale: Locale;\nexport const label = translator("common", locale)("product");\n`;
    expect(lint(label)).toContain("Words belong to a request");
  });

  it("the linter lets words that are chosen in a function pass", () => {
    expect(
      lint(
        `${use}export const say = (locale: Locale) => translator("common", locale)("product");
export function tell(locale: Locale) {
  const words = translator("common", locale);
  return words("product");
}
`,
      ),
    ).toBe("");
  });

  it("the linter refuses dates in a language by name", () => {
    expect(lint('export const format = new Intl.DateTimeFormat("en-GB");\n')).toContain("A language by name");
  });

  it.each([
    "pl-4",
    "grid md:pr-2",
    "-ml-2",
    "hover:mr-auto",
    "absolute left-1/2",
    "-right-2",
    "border-l",
    "border-r-2",
    "rounded-l",
    "rounded-tr-md",
    "text-left",
    "lg:text-right",
    "scroll-ml-4",
  ])("the linter refuses the class %s", (className) => {
    expect(lint(show(className))).toContain("Right and left depend on the language");
  });

  it("the linter lets classes pass that follow the direction of writing, or have none", () => {
    expect(
      lint(
        show(
          "ms-2 me-auto ps-4 -pe-1 start-1/2 end-0 border-s rounded-e-md text-start px-2 mx-auto inset-x-0 divide-x border-transparent rounded-lg",
        ),
      ),
    ).toBe("");
  });

  it("the linter refuses a caret that would point the wrong way", () => {
    const icon = (more: string) =>
      `import { CaretLeftIcon } from "@phosphor-icons/react/ssr";\nimport { Icon } from "@/components/ui/icon";\nexport const Probe = () => <Icon glyph={CaretLeftIcon}${more} />;\n`;
    expect(lint(icon(""))).toContain("points forwards or back");
    expect(lint(icon(" turns"))).toBe("");
  });
});

it("no plain style names left or right, but for the punches of a tag, which are alike", () => {
  const css = readFileSync("app/globals.css", "utf8");
  const named =
    css.match(
      /(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right)|left|right)\s*:|text-align:\s*(?:left|right)/g,
    ) ?? [];
  const [, punches = ""] = /@utility perforation \{(.*?)\n\}/s.exec(css) ?? [];
  const ofPunches = punches.match(/\s(?:left|right):/g) ?? [];
  expect(ofPunches).toHaveLength(2);
  expect(named).toHaveLength(ofPunches.length);
});
