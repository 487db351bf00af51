import { toBrandAnswer } from "@/lib/brand/answer";
import { encodePicture } from "@/lib/brand/encode-picture";
import { brandOf } from "@/lib/brand/read";
import type { BrandWrite } from "@/lib/brand/save";
import type { BrandChange } from "@/lib/brand/schema";
import type { InputIssue } from "@/lib/input/parse";
import { err, ok, type Result } from "@/lib/result";

/**
 * A change as the API sends it, with its logo encoded: outside of any transaction. `handle` is the owner's. Refused is a logo that is
 * neither a picture in a `data:` address nor the one that is shown now: no server is asked for anything.
 */
export async function prepareChange(
  handle: string,
  { logoUrl, ...change }: BrandChange,
): Promise<Result<BrandWrite, { code: "invalid_request"; issues: InputIssue[] }>> {
  if (logoUrl === undefined) return ok(change);
  if (logoUrl === null) return ok({ ...change, logo: null });
  const refuse = (message: string) =>
    err("invalid_request", { issues: [{ path: "brand.logoUrl", message, values: {} }] });
  const file = readDataAddress(logoUrl);
  if (!file) {
    const current = toBrandAnswer(await brandOf(handle)).logoUrl;
    return logoUrl === current ? ok(change) : refuse("logo_address");
  }
  const encoded = await encodePicture("logo", file);
  return encoded.ok ? ok({ ...change, logo: encoded.value }) : refuse(encoded.error.code);
}

/** The bytes of `data:image/…;base64,…`; null for any other address. What it says about its kind is not believed. */
function readDataAddress(address: string): Uint8Array | null {
  const [, base64] = /^data:image\/[a-z0-9.+-]+;base64,([A-Za-z0-9+/]+={0,2})$/i.exec(address) ?? [];
  return base64 === undefined ? null : Buffer.from(base64, "base64");
}
