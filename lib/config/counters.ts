/**
 * What this process counts as it happens, for /api/metrics. Kept on the global object, since the server's start and its pages are bundled
 * apart. Labels are names of ours and of Microsoft's interface, never a person's data.
 */
import { Histogram } from "prom-client";

const globals = globalThis as { bellhopCounters?: ReturnType<typeof create> };

function create() {
  return {
    requests: new Histogram({
      name: "bellhop_request_seconds",
      help: "Requests that this process has answered, by route, method and class of status, and how long the answers took.",
      labelNames: ["route", "method", "status"],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [],
    }),
    graphCalls: new Histogram({
      name: "bellhop_graph_call_seconds",
      help: "Calls to Microsoft Graph that this process has made, by call and result, and how long the answers took.",
      labelNames: ["call", "result"],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [],
    }),
  };
}

/** The counters of this process. */
export function counters() {
  globals.bellhopCounters ??= create();
  return globals.bellhopCounters;
}
