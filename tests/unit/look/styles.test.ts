import { expect, it } from "vitest";
import { lint } from "@/tests/support/linter";

const lintClasses = (classes: string) =>
  lint("components/zz-styles-probe.tsx", `export const Probe = () => <p className="${classes}" />;\n`);

it.each(["group-first:top-5", "lg:group-not-last:block", "group-only:hidden"])(
  "the linter refuses the class %s, for which an element that comes has its neighbours styled anew",
  (className) => {
    expect(lintClasses(className)).toContain("Every element that comes or goes");
  },
);

it.each([
  "group-has-[[name=start]:checked]/picker:block",
  "has-[[name='location.kind']_[value=link]:checked]:grid",
])("the linter refuses the class %s, since React takes names off and puts them back", (className) => {
  expect(lintClasses(className)).toContain("React takes names off");
});

it("the linter lets classes pass that ask the element itself, or what stays as it is", () => {
  expect(
    lintClasses(
      "first:before:top-5 last:before:h-5 group-open:rotate-180 group-has-[[value=link]:checked]/place:block",
    ),
  ).toBe("");
});
