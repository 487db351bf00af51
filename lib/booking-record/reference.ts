/** What people call a booking by on the phone: the first eight characters of its id, `7F3A21BC`. PURE. */
export function referenceOf(bookingId: string): string {
  return bookingId.slice(0, 8).toUpperCase();
}

/** The ids (first and last, both included) that a reference may mean; null for a text that is none. */
export function idsOfReference(text: string): { first: string; last: string } | null {
  const reference = text.trim().replace(/^#/, "").toLowerCase();
  if (!/^[0-9a-f]{8}$/.test(reference)) return null;
  return {
    first: `${reference}-0000-0000-0000-000000000000`,
    last: `${reference}-ffff-ffff-ffff-ffffffffffff`,
  };
}
