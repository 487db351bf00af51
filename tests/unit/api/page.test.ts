import { expect, test } from "vitest";
import { z } from "zod";
import { cursor, pageQuery, sliceOf, toPage } from "@/lib/api/page";
import { parseInput } from "@/lib/input/parse";

test("a list is walked from the first row to the last, none twice and none missed", () => {
  const rows = Array.from({ length: 7 }, (_, index) => index + 1);
  const key = cursor(z.int()).optional();
  const seen: number[] = [];
  let next: string | null | undefined;
  do {
    const after = key.parse(next ?? undefined) ?? 0;
    const page = toPage(rows.filter((row) => row > after).slice(0, 3), 2, (row) => row);
    seen.push(...page.items);
    next = page.nextCursor;
  } while (next);
  expect(seen).toEqual(rows);
});

test("the last page has no cursor, be it full or empty", () => {
  expect(toPage([1, 2], 2, (row) => row).nextCursor).toBeNull();
  expect(toPage([], 2, (row) => row)).toEqual({ items: [], nextCursor: null });
});

test.each(["", "x", "bnVsbA", "W10", "💥"])("the cursor %j is refused", (text) => {
  expect(cursor(z.uuid()).safeParse(text).success).toBe(false);
});

test("without a limit fifty are read, and one to see whether there are more", () => {
  const query = parseInput(pageQuery, {});
  expect(query.ok && sliceOf(query.value)).toEqual({ after: undefined, take: 51 });
});

test.each(["0", "101", "x", "1.5", ""])("a limit of %j is refused", (limit) => {
  expect(parseInput(pageQuery, { limit }).ok).toBe(false);
});
