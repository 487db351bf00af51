import { readFile } from "node:fs/promises";
import path from "node:path";
import { methods } from "@/lib/api/methods";
import { describeProblem } from "@/lib/api/problem";
import { japaneseFont } from "@/lib/i18n/fonts";

const caching = { "Cache-Control": "public, max-age=31536000, immutable" };

/** The files of a font that is too large for the bundle, from its package. */
async function read(_: Request, { params }: { params: Promise<{ file: string[] }> }): Promise<Response> {
  const [family, ...rest] = (await params).file;
  const file = rest.join("/");
  if (family === japaneseFont && file === "index.css") {
    const sheet = withoutLatin(await readFile(inPackage(file), "utf8"));
    return new Response(sheet, { headers: { ...caching, "Content-Type": "text/css; charset=utf-8" } });
  }
  if (family === japaneseFont && /^files\/noto-sans-jp-\d{1,3}-wght-normal\.woff2$/.test(file)) {
    const font = await readFile(inPackage(file)).catch(() => null);
    if (font) return new Response(font, { headers: { ...caching, "Content-Type": "font/woff2" } });
  }
  const problem = describeProblem("not_found");
  return Response.json(problem, {
    status: problem.status,
    headers: { "Content-Type": "application/problem+json" },
  });
}

function inPackage(file: string): string {
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), "node_modules/@fontsource-variable");
  return path.join(/* turbopackIgnore: true */ folder, "noto-sans-jp", file);
}

/** Our own font has these letters. */
function withoutLatin(sheet: string): string {
  return sheet
    .split(/(?=\/\* noto-sans-jp-)/)
    .filter((face) => face.startsWith("/* noto-sans-jp-["))
    .join("");
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read, HEAD: read });
