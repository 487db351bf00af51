import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface AskedText {
  path: string;
  authorization: string;
  to: string;
  from: string;
  body: string;
}

/** What the carrier does with a text: takes it, answers an error, or breaks the connection. */
export type Answer = "take" | "break" | { status: number; code: number };

/** A local stand-in for Twilio's Messages resource (POST /2010-04-01/Accounts/{sid}/Messages.json). */
export async function startTwilio() {
  const asked: AskedText[] = [];
  const answers: Answer[] = [];
  async function handle(request: IncomingMessage, response: ServerResponse) {
    const form = new URLSearchParams(await text(request));
    asked.push({
      path: request.url ?? "",
      authorization: request.headers.authorization ?? "",
      to: form.get("To") ?? "",
      from: form.get("From") ?? "",
      body: form.get("Body") ?? "",
    });
    const answer = answers.shift() ?? "take";
    if (answer === "break") {
      request.socket.destroy();
      return;
    }
    response.setHeader("content-type", "application/json");
    response.statusCode = answer === "take" ? 201 : answer.status;
    const sid = `SM${String(asked.length).padStart(32, "0")}`;
    const failure = answer === "take" ? {} : { code: answer.code, message: "Refused by the test" };
    response.end(JSON.stringify(answer === "take" ? { sid, status: "queued" } : failure));
  }
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    /** Answers to the next texts, in turn; after them every text is taken. */
    answers,
    variables: {
      TWILIO_ACCOUNT_SID: `AC${"0123456789abcdef".repeat(2)}`,
      TWILIO_AUTH_TOKEN: "the-token-of-the-test",
      TWILIO_FROM: "+15005550006",
      TEXT_COUNTRIES: "33,1868",
      TWILIO_API_URL: `http://127.0.0.1:${port}`,
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
