/** The key that means the same where text runs from left to right: there `ArrowRight` goes on, here it may go back. */
export function keyInDirection(key: string, place: Element): string {
  return getComputedStyle(place).direction === "rtl" ? (mirrored[key] ?? key) : key;
}

const mirrored: Record<string, string> = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };
