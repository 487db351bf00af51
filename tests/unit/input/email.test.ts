import { describe, expect, it } from "vitest";
import { email } from "@/lib/accounts/schema";
import { emailAddress } from "@/lib/booking/schema";

const messageOf = (text: string) => emailAddress.safeParse(text).error?.issues[0]?.message;

describe("a mail address", () => {
  it.each([
    ["ada@example.org", "ada@example.org"],
    [" Ada+test@Example.org ", "Ada+test@Example.org"],
    ["joerg@müller.example", "joerg@xn--mller-kva.example"],
    ["joerg@MÜLLER.example", "joerg@xn--mller-kva.example"],
    ["joerg@mu\u0308ller.example", "joerg@xn--mller-kva.example"],
    ["info@例え.テスト", "info@xn--r8jz45g.xn--zckzah"],
    ["info@例え。テスト", "info@xn--r8jz45g.xn--zckzah"],
  ])("the mail address %s is written to as %s", (typed, kept) => {
    expect(emailAddress.parse(typed)).toBe(kept);
  });

  it.each([
    ["jörg@example.org", "email_letters"],
    ["ada@", "email_form"],
    ["@müller.example", "email_form"],
    ["ada@mül ler.example", "email_form"],
    ["ada@müller.example/x", "email_form"],
    ["ada@müller.example:25", "email_form"],
    ["Ada Lovelace", "email_form"],
    ["ada@müller", "email_ending"],
    ["", "email_form"],
  ])("the mail address %s is refused: %s", (typed, message) => {
    expect(messageOf(typed)).toBe(message);
  });

  it("a mail address may be too long once it is in ASCII", () => {
    expect(
      messageOf(`joerg@${"ü".repeat(50)}.${"ü".repeat(50)}.${"ä".repeat(60)}.${"ö".repeat(60)}.example`),
    ).toBeDefined();
  });

  it("a mail address of an account is the same in every spelling", () => {
    expect(email.parse(" Joerg@MÜLLER.example")).toBe("joerg@xn--mller-kva.example");
    expect(email.safeParse("").error?.issues).toMatchObject([{ message: "required" }]);
    expect(email.safeParse("jörg@example.org").error?.issues).toMatchObject([{ message: "email_letters" }]);
  });
});
