import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Figure, rounded } from "@/bench/figures";
import { insideApplication } from "@/bench/inside";
import { compare } from "@/bench/load";
import { scriptsOf } from "@/bench/page-weight";
import type { Stage } from "@/bench/stage";
import { makeOrganizer } from "@/tests/support/organizer";

/** The booking page in another website's frame, against the page itself: what comes on top is its script and one small query. */
export async function measureEmbed(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const url = await stage.createDatabase("bench_embed");
  const embedOrigins = ["https://www.example.com"];
  const organizer = await insideApplication(stage, url, () => makeOrganizer({ embedOrigins }));
  const server = await stage.startServer(url);
  const page = `/${organizer.handle}/${organizer.slug}`;
  say("The booking page in a frame beside the page itself");
  const answered = await compare({ url: `${server.url}/embed${page}` }, { url: `${server.url}${page}` }, 5);
  const framed = await scriptsOf(server, `/embed${page}`);
  const whole = await scriptsOf(server, page);
  await server.stop();
  const script = gzipSync(readFileSync("public/embed.js"), { level: 9 }).byteLength;
  return [
    {
      name: "Framed booking page, answered",
      against: "time for each answer of the page itself",
      value: 1 / answered.ratio,
      unit: "×",
      goal: { atMost: 1.1 },
      details: {
        framedPerSecond: Math.round(answered.first),
        pagePerSecond: Math.round(answered.second),
      },
    },
    {
      name: "Framed booking page, JavaScript with embed.js",
      against: "that of the page itself, compressed",
      value: (framed.bytes + script) / whole.bytes,
      unit: "×",
      goal: { atMost: 1.1 },
      details: {
        framedKb: rounded(framed.bytes / 1024, 1),
        pageKb: rounded(whole.bytes / 1024, 1),
        embedKb: rounded(script / 1024, 1),
      },
    },
  ];
}
