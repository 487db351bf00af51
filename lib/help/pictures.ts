/** PURE: the pictures of public/images, as pages show them. */

interface Shown {
  /** CSS pixels, where there is room: half of what was taken, since that is for fine screens, and no taller than a screen. */
  width: number;
  height: number;
  /** How wide its smaller copies are: for usual screens and phones, and for fine screens. A drawing needs none. */
  copies: readonly number[];
}

/** A column of text is some 610 pixels wide, and a phone shows 360 with two dots each. */
const page: Shown = { width: 900, height: 600, copies: [768, 1280] };
const phone: Shown = { width: 320, height: 640, copies: [320, 640] };

/** By their files' names. */
export const pictures: Readonly<Record<string, Shown>> = {
  "activity-dark.webp": page,
  "booking-ar.webp": phone,
  "booking-dark.webp": page,
  "booking-light.webp": page,
  "bookings.webp": page,
  "oauth-flow.svg": { width: 900, height: 470, copies: [] },
  "team.webp": page,
};

/** The smaller copies of a picture, with their files' names. */
export function copiesOf(name: string): { name: string; width: number }[] {
  const widths = pictures[name]?.copies ?? [];
  return widths.map((width) => ({ name: name.replace(".webp", `-${width}.webp`), width }));
}
