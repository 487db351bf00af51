import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { describeProblem, type ProblemCode, problemStatus, toFieldErrors } from "@/lib/api/problem";
import api from "@/messages/en/api.json";
import validation from "@/messages/en/validation.json";

test("every problem has words, and no words are left over", () => {
  expect(Object.keys(api.problems).sort()).toEqual(Object.keys(problemStatus).sort());
});

test.each(Object.entries({ ...api.problems, ...api.fields, ...validation }))(
  "the words of %s can be read",
  (key, text) => {
    const values = { minimum: 1, maximum: 2000, count: 3, entry: "ada@", scope: "read" };
    const words = createTranslator({
      locale: "en",
      messages: { [key]: text },
      onError(error) {
        throw error;
      },
    });
    expect(words(key, values)).toMatch(/^[A-Z“].*\.$/s);
  },
);

test("numbers stand in the words", () => {
  const issues = [{ path: "name", message: "too_long", values: { maximum: 1000 } }];
  expect(toFieldErrors(issues)).toEqual([{ path: "name", message: "Use 1,000 characters or fewer." }]);
});

test("a sentence of a schema's own is shown as it is", () => {
  const issues = [{ path: "", message: "That is {odd}.", values: {} }];
  expect(toFieldErrors(issues)).toEqual([{ path: "", message: "That is {odd}." }]);
});

test.each(Object.keys(problemStatus) as ProblemCode[])("%s has the members of RFC 9457", (code) => {
  expect(describeProblem(code)).toMatchObject({
    type: "about:blank",
    title: expect.any(String),
    status: problemStatus[code],
    detail: expect.stringMatching(/ /),
    code,
  });
});
