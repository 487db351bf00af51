import { expect, it } from "vitest";
import { canBeCalled } from "@/lib/calendars/notification-address";

const graph = "https://graph.microsoft.com";

it.each([
  ["https://book.example.com", graph, true],
  ["https://book.example.com:8443", graph, true],
  ["http://book.example.com", graph, false],
  ["http://localhost:3000", graph, false],
  ["https://localhost", graph, false],
  ["https://bellhop", graph, false],
  ["https://bellhop.local", graph, false],
  ["https://192.168.1.20", graph, false],
  ["https://172.20.0.3", graph, false],
  ["https://172.40.0.3", graph, true],
  ["https://[fd00::1]", graph, false],
  ["http://localhost:3000", "http://127.0.0.1:4400", true],
  ["https://book.example.com", "http://127.0.0.1:4400", true],
  ["http://book.example.com", "http://127.0.0.1:4400", false],
])("%s can be called by %s: %s", (app, by, expected) => {
  expect(canBeCalled(app, by)).toBe(expected);
});
