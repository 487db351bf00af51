/** Seconds that a Retry-After header asks to wait; Graph sends fractions, others a date (RFC 9110, 10.2.3). */
export function retryAfterSeconds(headers: Headers, now = Date.now()): number | null {
  const text = headers.get("retry-after")?.trim();
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, (at - now) / 1000);
}
