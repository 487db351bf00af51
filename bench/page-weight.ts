import { gzipSync } from "node:zlib";
import { type Figure, rounded } from "@/bench/figures";
import { insideApplication } from "@/bench/inside";
import type { Server, Stage } from "@/bench/stage";
import { makeOrganizer } from "@/tests/support/organizer";

/** JavaScript that a browser loads for the booking page, against an empty page of the same application. */
export async function measurePageWeight(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const url = await stage.createDatabase("bench_page");
  const organizer = await insideApplication(stage, url, () => makeOrganizer());
  const server = await stage.startServer(url);
  say("JavaScript of the booking page");
  const booking = await scriptsOf(server, `/${organizer.handle}/${organizer.slug}`);
  const empty = await scriptsOf(server, "/bench/empty");
  await server.stop();
  if (!booking.html.includes("Confirm"))
    throw new Error("the booking page's first HTML has no times to book");
  return [
    {
      name: "JavaScript of the booking page",
      against: "an empty page of the same application, compressed",
      value: (booking.bytes / empty.bytes - 1) * 100,
      unit: "%",
      goal: { atMost: 15 },
      details: { bookingKb: rounded(booking.bytes / 1024, 1), emptyKb: rounded(empty.bytes / 1024, 1) },
    },
  ];
}

/** Compressed size of the scripts a page names, in its tags and in the data its components start from, and of those inside it. */
export async function scriptsOf(server: Server, path: string): Promise<{ html: string; bytes: number }> {
  const page = await fetch(server.url + path);
  if (!page.ok) throw new Error(`${path} was answered with ${page.status}`);
  const html = await page.text();
  const files = new Set(html.match(/static\/chunks\/[^"'\\]+\.js/g) ?? []);
  for (const [, old] of html.matchAll(/<script[^>]+src="[^"]*(static\/chunks\/[^"]+\.js)"[^>]*nomodule/gi)) {
    if (old) files.delete(old);
  }
  let bytes = 0;
  for (const file of files) {
    const script = await fetch(`${server.url}/_next/${file}`);
    if (!script.ok) throw new Error(`${file} was answered with ${script.status}`);
    bytes += gzipSync(Buffer.from(await script.arrayBuffer())).byteLength;
  }
  return { html, bytes };
}
