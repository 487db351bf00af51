/** PURE: two addresses held against each other character by character, as Microsoft does with redirect URIs. */

export interface Difference {
  /** `case`: the same letters, large and small. */
  kind: "missing" | "extra" | "case" | "other";
  /** Place of the first character that differs, counted from 1 in the address where there is one. */
  at: number;
  ours: string;
  theirs: string;
}

export interface ComparedPart {
  text: string;
  kind: "same" | "right" | "wrong" | "missing";
}

export interface Comparison {
  ours: ComparedPart[];
  theirs: ComparedPart[];
  differences: Difference[];
}

/** More differences than this are no slips: the addresses have little to do with each other. */
const maxDifferences = 8;
const longest = 400;

/** Where `theirs`, as it was pasted, differs from `ours`. */
export function compareAddresses(ours: string, theirs: string): Comparison {
  const fine = align(ours.slice(0, longest), theirs.slice(0, longest));
  const steps = fine.filter(({ isSame }) => !isSame).length > maxDifferences ? whole(ours, theirs) : fine;
  const result: Comparison = { ours: [], theirs: [], differences: [] };
  let ourPlace = 1;
  let theirPlace = 1;
  for (const step of steps) {
    if (step.isSame) {
      result.ours.push({ text: step.ours, kind: "same" });
      result.theirs.push({ text: step.theirs, kind: "same" });
    } else {
      const { ours: right, theirs: wrong } = step;
      if (right) result.ours.push({ text: right, kind: "right" });
      result.theirs.push(
        wrong ? { text: wrong, kind: "wrong" } : { text: "\u00a0".repeat(right.length), kind: "missing" },
      );
      const kind = kindOf(right, wrong);
      result.differences.push({
        kind,
        at: kind === "extra" ? theirPlace : ourPlace,
        ours: right,
        theirs: wrong,
      });
    }
    ourPlace += step.ours.length;
    theirPlace += step.theirs.length;
  }
  return result;
}

function kindOf(ours: string, theirs: string): Difference["kind"] {
  if (!theirs) return "missing";
  if (!ours) return "extra";
  return ours.toLowerCase() === theirs.toLowerCase() ? "case" : "other";
}

interface Step {
  isSame: boolean;
  ours: string;
  theirs: string;
}

const whole = (ours: string, theirs: string): Step[] => [{ isSame: false, ours, theirs }];

/** Runs of equal and of differing characters along their longest common subsequence. */
function align(ours: string, theirs: string): Step[] {
  const common = commonLengths(ours, theirs);
  const lengthAt = (i: number, j: number) => common[i]?.[j] ?? 0;
  const steps: Step[] = [];
  const put = (isSame: boolean, left: string, right: string) => {
    const last = steps.at(-1);
    if (last?.isSame === isSame) {
      last.ours += left;
      last.theirs += right;
    } else steps.push({ isSame, ours: left, theirs: right });
  };
  let i = 0;
  let j = 0;
  while (i < ours.length || j < theirs.length) {
    const left = ours[i] ?? "";
    const right = theirs[j] ?? "";
    if (left && left === right) {
      put(true, left, right);
      i += 1;
      j += 1;
    } else if (left && (!right || lengthAt(i + 1, j) >= lengthAt(i, j + 1))) {
      put(false, left, "");
      i += 1;
    } else {
      put(false, "", right);
      j += 1;
    }
  }
  return steps;
}

/** `[i][j]`: how many characters the rests from `i` and from `j` have in common, in order. */
function commonLengths(ours: string, theirs: string): number[][] {
  const table = Array.from({ length: ours.length + 1 }, () => new Array<number>(theirs.length + 1).fill(0));
  const at = (i: number, j: number) => table[i]?.[j] ?? 0;
  for (let i = ours.length - 1; i >= 0; i -= 1) {
    const row = table[i] ?? [];
    for (let j = theirs.length - 1; j >= 0; j -= 1) {
      row[j] = ours[i] === theirs[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return table;
}
