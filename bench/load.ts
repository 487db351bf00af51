import autocannon from "autocannon";
import { median } from "@/bench/figures";

/** One address under load. */
export interface Target {
  url: string;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  /** Called for each request. */
  nextBody?: () => string;
  /** The same; they are added to the others. */
  nextHeaders?: () => Record<string, string>;
}

/** Requests a second that one target answers well, measured over some seconds. Throws when an answer is not 2xx. */
export async function requestsPerSecond(target: Target, seconds: number, connections = 10): Promise<number> {
  const { url, method = "GET", headers = {}, nextBody, nextHeaders } = target;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      {
        method,
        headers,
        ...(nextBody || nextHeaders
          ? {
              setupRequest: (request) => ({
                ...request,
                ...(nextBody ? { body: nextBody() } : {}),
                ...(nextHeaders ? { headers: { ...headers, ...nextHeaders() } } : {}),
              }),
            }
          : {}),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${method} ${url}: ${result.non2xx} answers were not 2xx, ${result.errors} requests failed`,
    );
  }
  return result["2xx"] / result.duration;
}

export interface Comparison {
  /** Median of the rounds' ratios, first target over second. */
  ratio: number;
  first: number;
  second: number;
}

/** Loads two targets in turn, each first every other time, so that whatever else the machine does meets both alike. */
export async function compare(first: Target, second: Target, rounds = 7, seconds = 2): Promise<Comparison> {
  for (const target of [first, second]) await requestsPerSecond(target, 2);
  const rates: { first: number; second: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const rate = { first: 0, second: 0 };
    const order = round % 2 === 0 ? (["first", "second"] as const) : (["second", "first"] as const);
    for (const which of order)
      rate[which] = await requestsPerSecond(which === "first" ? first : second, seconds);
    rates.push(rate);
  }
  return {
    ratio: median(rates.map((rate) => rate.first / rate.second)),
    first: median(rates.map((rate) => rate.first)),
    second: median(rates.map((rate) => rate.second)),
  };
}
