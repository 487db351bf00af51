/** One line of the report. */
export interface Figure {
  name: string;
  /** What it was compared with in the same run, or how it was taken. */
  against: string;
  value: number;
  unit: "×" | "ms" | "%" | "MB" | "kB" | "s" | "requests" | "forms";
  /** Left out: printed for the record only. */
  goal?: { atLeast: number } | { atMost: number };
  /** The numbers behind it. */
  details: Record<string, number>;
}

/** True, false, or null where no goal is set. */
export function isMet({ value, goal }: Figure): boolean | null {
  if (!goal) return null;
  return "atLeast" in goal ? value >= goal.atLeast : value <= goal.atMost;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that at least this share of all values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
