import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isSealedWithOldKey, seal, unseal } from "@/lib/encryption/cipher";

const key = (id: string) => ({ id, key: randomBytes(32) });
const [old, fresh] = [key("old"), key("new")];
const binding = { purpose: "Tests.v1", row: "1" };
const refused = expect.objectContaining({ code: "cipher_refused" });

describe("a sealed value", () => {
  it("a sealed value opens with the key it names, wherever that key is in the ring", () => {
    const value = seal("a secret", binding, [old]);
    expect(unseal(value, binding, [fresh, old])).toBe("a secret");
    expect(isSealedWithOldKey(value, [fresh, old])).toBe(true);
    expect(isSealedWithOldKey(seal("x", binding, [fresh, old]), [fresh, old])).toBe(false);
  });

  it("a sealed value never looks the same twice and hides its content", () => {
    const [one, two] = [seal("a secret", binding, [old]), seal("a secret", binding, [old])];
    expect(one).not.toBe(two);
    expect(one).not.toContain(Buffer.from("a secret").toString("base64url"));
  });

  it.each([
    ["another row", { ...binding, row: "2" }],
    ["another purpose", { ...binding, purpose: "Tests.v2" }],
  ])("a sealed value does not open for %s", (_name, other) => {
    const value = seal("a secret", binding, [old]);
    expect(() => unseal(value, other, [old])).toThrow(refused);
  });

  it("a sealed value does not open without its key, under a renamed key, or when a byte was changed", () => {
    const value = seal("a secret", binding, [old]);
    expect(() => unseal(value, binding, [fresh])).toThrow(refused);
    expect(() => unseal(value.replace(".old.", ".new."), binding, [{ ...old, id: "new" }])).toThrow(refused);
    const other = value.at(-2) === "A" ? "B" : "A";
    expect(() => unseal(value.slice(0, -2) + other + value.slice(-1), binding, [old])).toThrow(refused);
    expect(() => unseal(value.slice(0, 20), binding, [old])).toThrow(refused);
    expect(() => unseal("plain text", binding, [old])).toThrow(refused);
  });
});
