/**
 * The numbers that an event type may leave out. Its schema, columns, and form follow from this list. PURE, for server and browser.
 */

const dayMinutes = 24 * 60;

const numbers = {
  slotIntervalMinutes: {
    min: 1,
    max: dayMinutes,
    description: "Start-time interval. If left out, the shortest duration",
  },
  slotOffsetMinutes: {
    min: 0,
    max: dayMinutes,
    description: "From the start of open time to the first slot. If left out, 0",
  },
  dailyLimit: { min: 1, max: 1000, description: "Bookings per day of the organizer" },
  dailyLimitMinutes: { min: 1, max: dayMinutes, description: "Booked minutes per day" },
  weeklyLimit: { min: 1, max: 7000, description: "Bookings per week, from Monday" },
  weeklyLimitMinutes: { min: 1, max: 7 * dayMinutes, description: "Booked minutes per week" },
  monthlyLimit: { min: 1, max: 31_000, description: "Bookings per calendar month" },
  monthlyLimitMinutes: { min: 1, max: 31 * dayMinutes, description: "Booked minutes per month" },
  seats: { min: 1, max: 500, description: "Seats at one time. If left out, one" },
  availableNowMinutes: {
    min: 5,
    max: 240,
    description:
      "Start times within so many minutes from now are offered while the host's presence in Microsoft Teams is available, and only then. It takes the place of `minimumNoticeMinutes` for these. If left out, off",
  },
};

export type OptionalNumber = keyof typeof numbers;

/** What of it are limits, in the order in which they are shown. */
type Limit = Extract<OptionalNumber, `${string}Limit${string}`>;

export const optionalNumbers = Object.keys(numbers) as OptionalNumber[];

export const limits = optionalNumbers.filter((name): name is Limit => name.includes("Limit"));

/** Something for each of these numbers, by its name. */
export function forEachNumber<Value>(
  make: (name: OptionalNumber, rule: { min: number; max: number; description: string }) => Value,
): Record<OptionalNumber, Value> {
  const entries = optionalNumbers.map((name) => [name, make(name, numbers[name])]);
  return Object.fromEntries(entries) as Record<OptionalNumber, Value>;
}

/** A row without those that are not set. */
export function withoutUnset<Row extends Record<OptionalNumber, number | null>>(
  row: Row,
): Omit<Row, OptionalNumber> & Partial<Record<OptionalNumber, number>> {
  const isUnset = (name: string) => name in numbers && row[name as OptionalNumber] === null;
  const set = Object.entries(row).filter(([name]) => !isUnset(name));
  return Object.fromEntries(set) as ReturnType<typeof withoutUnset<Row>>;
}
