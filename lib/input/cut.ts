/** Text that has to fit somewhere. PURE, for server and browser. */

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * The start of a text, at most `max` UTF-16 units long, which is how JavaScript, Exchange and databases count: it ends between two
 * characters as people see them, so no emoji, accent or flag is torn apart. Half a surrogate pair becomes U+FFFD, whatever the length.
 */
export function cutText(text: string, max: number): string {
  const whole = text.toWellFormed();
  if (whole.length <= max) return whole;
  let end = 0;
  // What may follow a cut changes nothing before it, and nothing longer is looked at.
  for (const { index, segment } of graphemes.segment(whole.slice(0, max + lookAhead))) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return whole.slice(0, end || startOfHeap(whole, max));
}

/** Longer than any character that means something, such as a family of four with skin tones. */
const lookAhead = 64;

/** One "character" of marks heaped on each other can be longer than all the room there is. */
function startOfHeap(text: string, max: number): number {
  const first = text.codePointAt(max - 1) ?? 0;
  return max - (first > 0xffff ? 1 : 0);
}

/** How many characters a text has: code points, as JSON Schema counts them. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const unseen = /[\p{White_Space}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** True when nothing of a text can be seen: it is empty, or made of blanks and invisible characters alone. */
export function isBlank(text: string): boolean {
  return text.replace(unseen, "") === "";
}
