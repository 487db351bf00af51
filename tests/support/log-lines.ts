import type { Readable } from "node:stream";

export type LogLine = Record<string, unknown>;

/** What a process logs on its standard output, one object a line, so far. */
export function collectLog(output: Readable): () => LogLine[] {
  let text = "";
  output.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return () =>
    text
      .split("\n")
      .filter((line) => line.startsWith("{") && line.endsWith("}"))
      .map((line): LogLine => JSON.parse(line));
}
