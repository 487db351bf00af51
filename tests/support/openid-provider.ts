import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/* A real OpenID Connect provider (oidc-provider) on this machine, and a person who walks through its pages. */

export const openidClient = { id: "bellhop", secret: "the-client-secret-of-the-tests" };

export interface ProviderPerson {
  email?: string;
  email_verified?: boolean;
  name?: string;
}

export interface TestProvider {
  issuer: string;
  /** What the provider says of its people, by their subject. */
  people: Map<string, ProviderPerson>;
  close(): Promise<void>;
}

/** Starts it; `redirectUri` is the one that is registered. */
export async function startProvider(redirectUri: string): Promise<TestProvider> {
  const people = new Map<string, ProviderPerson>();
  const { server, port } = await listen();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: openidClient.id,
        client_secret: openidClient.secret,
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [new URL("/sign-in", redirectUri).href],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    pkce: { required: () => true },
    cookies: { keys: ["the keys of the tests"] },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, ...people.get(sub) }),
    }),
  });
  server.on("request", provider.callback());
  return {
    issuer,
    people,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** Signs in at the provider as this person and agrees, or turns back; answers the address that the browser is sent back to. */
export async function passProvider(
  authorizeUrl: string,
  subject: string,
  answer: "agree" | "turn back" = "agree",
): Promise<string> {
  const { origin } = new URL(authorizeUrl);
  const jar = new Map<string, string>();
  const visit = async (address: string, form?: Record<string, string>): Promise<string> => {
    const response = await fetch(address, {
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const next = response.headers.get("location");
    if (!next) throw new Error(`the provider leads nowhere: ${response.status} ${await response.text()}`);
    const to = new URL(next, address).href;
    if (!to.startsWith(origin)) return to;
    if (!to.includes("/interaction/")) return visit(to);
    if (answer === "turn back") return visit(`${to}/abort`);
    const page = await (await fetch(to, { headers: { cookie: cookieOf(jar) } })).text();
    const prompt = page.includes('value="login"') ? "login" : "consent";
    return visit(to, { prompt, login: subject, password: "any" });
  };
  return visit(authorizeUrl);
}

const cookieOf = (jar: Map<string, string>) => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
