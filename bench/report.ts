import { writeFileSync } from "node:fs";
import { arch, cpus, platform, release, totalmem } from "node:os";
import { type Figure, isMet, rounded } from "@/bench/figures";

/** Prints the figures as a table and writes them to a file; without one, prints the numbers behind them too. */
export function report(figures: Figure[], file: string | null): void {
  process.stdout.write(`\n${tableOf(figures)}\n\n`);
  if (file === null) {
    for (const { name, details } of figures) process.stdout.write(`${name} ${JSON.stringify(details)}\n`);
    return;
  }
  const machine = {
    node: process.version,
    system: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGb: rounded(totalmem() / 2 ** 30, 1),
  };
  const results = figures.map((figure) => ({ ...figure, met: isMet(figure) }));
  const document = { measuredAt: new Date().toISOString(), machine, figures: results };
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
}

function tableOf(figures: Figure[]): string {
  const head = ["figure", "measured", "goal", "", "against"];
  const rows = figures.map((figure) => {
    const met = isMet(figure);
    const mark = met === null ? "" : met ? "met" : "MISSED";
    return [figure.name, `${rounded(figure.value)} ${figure.unit}`, goalOf(figure), mark, figure.against];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

function goalOf({ goal, unit }: Figure): string {
  if (!goal) return "";
  return "atLeast" in goal ? `≥ ${goal.atLeast} ${unit}` : `≤ ${goal.atMost} ${unit}`;
}
