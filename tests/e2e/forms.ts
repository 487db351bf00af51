import { type APIResponse, expect, type Page } from "@playwright/test";

const entities: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#x27;": "'",
  "&#39;": "'",
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
};

const plain = (text: string) => text.replace(/&[#\w]+;/g, (entity) => entities[entity] ?? entity);

/**
 * Sends the first form of a page that has a field of the first name given, the way a browser without scripts does. What
 * lies on a test's way is done in a tenth of the time it takes by hand; what a test is about is done by hand.
 */
export async function sendForm(
  page: Page,
  shown: APIResponse,
  fields: Readonly<Record<string, string>>,
): Promise<APIResponse> {
  const html = await shown.text();
  const [first = ""] = Object.keys(fields);
  const form = html.match(/<form.*?<\/form>/gs)?.find((one) => one.includes(`name="${first}"`));
  expect(form, `${shown.url()} has a form with a field ${first}:\n${html}`).toBeDefined();
  const attribute = (tag: string, name: string) =>
    plain(tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? "");
  const hidden = (form?.match(/<input type="hidden"[^>]*>/g) ?? []).map((tag): [string, string] => [
    attribute(tag, "name"),
    attribute(tag, "value"),
  ]);
  const [opening = ""] = form?.match(/<form[^>]*>/) ?? [];
  const address = new URL(attribute(opening, "action") || shown.url(), shown.url());
  const data = { ...Object.fromEntries(hidden), ...fields };
  const isMultipart = / enctype="multipart/i.test(opening);
  return page.request.post(address.href, {
    headers: { origin: address.origin },
    ...(isMultipart ? { multipart: data } : { form: data }),
  });
}
