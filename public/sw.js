/* Where Bellhop can't be reached: the organizer's day as this device keeps it (components/offline/kept-day.ts). Nothing else is touched. */
const cacheName = "bellhop-day";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.mode !== "navigate") return;
  event.respondWith(fetch(request).catch(keptDay));
});

/** Today's bookings until the day is over, then a page that says that there are none here; the browser's own where nothing is kept. */
async function keptDay() {
  const cache = await caches.open(cacheName);
  const day = await cache.match("/account/today");
  if (day && Date.parse(day.headers.get("x-until")) > Date.now()) return day;
  if (day) await cache.delete("/account/today");
  return (await cache.match("/account/today?away")) ?? Response.error();
}
