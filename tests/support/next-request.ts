/** Stands in for what Next.js knows of the request at hand: `vi.mock("next/headers", () => nextRequest)`. */
export const request = { headers: new Headers(), cookies: new Map<string, string>() };

export interface SetCookie {
  name: string;
  value: string;
  options: Record<string, unknown>;
}

/** Cookies that the answer sets. */
export const setCookies: SetCookie[] = [];

export async function headers(): Promise<Headers> {
  return request.headers;
}

export async function cookies() {
  return {
    get(name: string) {
      const value = request.cookies.get(name);
      return value === undefined ? undefined : { name, value };
    },
    getAll() {
      return [...request.cookies].map(([name, value]) => ({ name, value }));
    },
    set(name: string, value: string, options: Record<string, unknown>) {
      setCookies.push({ name, value, options });
      request.cookies.set(name, value);
    },
    delete(name: string) {
      request.cookies.delete(name);
    },
  };
}
