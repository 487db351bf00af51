import { describe, expect, it } from "vitest";
import { compareAddresses } from "@/lib/registration/compare-address";

const ours = "https://book.example/api/teams/callback";
const differences = (theirs: string) => compareAddresses(ours, theirs).differences;

describe("two addresses", () => {
  it("two addresses have no difference when they are the same", () => {
    expect(differences(ours)).toEqual([]);
  });

  it.each([
    ["http://book.example/api/teams/callback", [{ kind: "missing", at: 5, ours: "s", theirs: "" }]],
    ["https://book.example/api/teams/callback/", [{ kind: "extra", at: 40, ours: "", theirs: "/" }]],
    ["https://book.example/api/teams/Callback", [{ kind: "case", at: 32, ours: "c", theirs: "C" }]],
    [
      "http://book.example/api/Teams/callback/",
      [
        { kind: "missing", at: 5 },
        { kind: "case", at: 26 },
        { kind: "extra", at: 39 },
      ],
    ],
  ])("two addresses differ where %s does", (theirs, expected) => {
    expect(differences(theirs)).toMatchObject(expected);
  });

  it("two addresses that have little in common differ as a whole", () => {
    expect(differences("somebody pasted quite another text into this field")).toHaveLength(1);
  });

  it("two addresses are shown whole, with a mark where something is missing", () => {
    const { ours: right, theirs } = compareAddresses(ours, "http://book.example/api/teams/callback");
    expect(right.map(({ text }) => text).join("")).toBe(ours);
    expect(theirs).toContainEqual({ text: "\u00a0", kind: "missing" });
  });
});
