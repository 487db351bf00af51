import { expect, it } from "vitest";
import { describeError } from "@/lib/config/log";

it("an error is logged by name, message, code and stack, and by nothing it carries besides", () => {
  const error = Object.assign(new TypeError("It broke"), { code: "E_BROKEN", response: "a vendor's body" });
  expect(describeError(error)).toEqual({
    name: "TypeError",
    message: "It broke",
    errorCode: "E_BROKEN",
    stack: error.stack,
  });
});

it("a copy of an error is logged like one", () => {
  const { message, stack } = new Error("The connection was lost");
  expect(describeError({ message, stack, queue: "mail.send", token: "x" })).toEqual({
    name: "Error",
    message,
    stack,
  });
});

it.each([null, undefined, "text with a secret", 7, {}])("of %j only its kind is logged", (thrown) => {
  expect(describeError(thrown)).toEqual({ name: typeof thrown });
});
