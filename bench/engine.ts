import { type Figure, rounded } from "@/bench/figures";
import { measureSlots } from "@/bench/slots.bench";

const goals: Record<string, number> = {
  "30 days, around the clock": 0.5,
  "90 days, around the clock": 1,
};

/** The slot engine alone, on one core. */
export async function measureEngine(say: (line: string) => void): Promise<Figure[]> {
  say("The slot engine");
  const measured = await measureSlots();
  return measured.map(({ name, slots, milliseconds, plainMilliseconds }) => {
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
}
