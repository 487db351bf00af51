/** Forms as a browser without scripts sends them. */

const entities: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#x27;": "'",
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
};

const attribute = (tag: string, name: string) =>
  (tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? "").replace(
    /&[#\w]+;/g,
    (entity) => entities[entity] ?? entity,
  );

export interface Visit {
  status: number;
  html: string;
  /** Where it leads on. */
  location: string | null;
  cookie: string | null;
}

export async function visit(url: string, cookie = "", init: RequestInit = {}): Promise<Visit> {
  const answer = await fetch(url, { redirect: "manual", ...init, headers: { ...init.headers, cookie } });
  return {
    status: answer.status,
    html: await answer.text(),
    location: answer.headers.get("location"),
    cookie: answer.headers.getSetCookie()[0]?.split(";")[0] ?? null,
  };
}

/** Fills and sends the form of a page that has this text in it. */
export async function sendPlainForm(
  url: string,
  inForm: string,
  fields: Readonly<Record<string, string>> = {},
  cookie = "",
): Promise<Visit> {
  const { html } = await visit(url, cookie);
  const form = html.match(/<form[\s\S]*?<\/form>/g)?.find((one) => one.includes(inForm));
  if (!form) throw new Error(`${url} has no form with ${inForm}`);
  const body = new FormData();
  for (const tag of form.match(/<input type="hidden"[^>]*>/g) ?? []) {
    body.set(attribute(tag, "name"), attribute(tag, "value"));
  }
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const action = attribute(form.match(/<form[^>]*>/)?.[0] ?? "", "action");
  const address = new URL(action || url, url);
  return visit(address.href, cookie, { method: "POST", body, headers: { origin: address.origin } });
}
