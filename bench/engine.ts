import { type Figure, rounded } from "@/bench/figures";
import { measureHosts, measureSlots } from "@/bench/slots.bench";

const goals: Record<string, number> = {
  "30 days, around the clock": 0.5,
  "90 days, around the clock": 1,
};

/** The slot engine alone, on one core. */
export async function measureEngine(say: (line: string) => void): Promise<Figure[]> {
  say("The slot engine");
  const measured = await measureSlots();
  const together = await measureHosts();
  const alone = measured.map(({ name, slots, milliseconds, plainMilliseconds }) => {
    const goal = goals[name];
    return {
      name: `Engine, ${name}`,
      against: `1,000 busy intervals; plainly written, ${Math.round(plainMilliseconds / milliseconds)} times as long`,
      value: milliseconds,
      unit: "ms" as const,
      ...(goal === undefined ? {} : { goal: { atMost: goal } }),
      details: {
        slots,
        milliseconds: rounded(milliseconds, 4),
        plainMilliseconds: rounded(plainMilliseconds),
      },
    };
  });
  return [
    ...alone,
    ...together.map(({ name, slots, milliseconds }) => ({
      name: `Engine, ${name}`,
      against: "1,000 busy intervals each, around the clock",
      value: milliseconds,
      unit: "ms" as const,
      goal: { atMost: 5 },
      details: { slots, milliseconds: rounded(milliseconds, 4) },
    })),
  ];
}
