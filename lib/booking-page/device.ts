/** What kind of device a browser says it runs on, for hints alone: phones have apps, computers a second way in. PURE. */
export function isPhone(userAgent: string | null): boolean {
  return /\b(iPhone|iPod|Android.+Mobile|Mobile.+Firefox|Windows Phone)\b/.test(userAgent ?? "");
}
