import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** A refusal by the server, with its SMTP status. */
export class SmtpRefusal extends Error {
  constructor(readonly responseCode: number) {
    super("Refused by the test");
  }
}

export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and body as they came over the wire. */
  raw: string;
}

/**
 * A mail server on this machine that keeps what it gets. `judge` may refuse a recipient, or keep the sender waiting; so may
 * `answer`, once the mail has been taken.
 */
export async function startSmtpServer(
  judge: (recipient: string) => void | Promise<void> = () => undefined,
  answer: (mail: ReceivedMail) => void | Promise<void> = () => undefined,
) {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    async onRcptTo({ address }, _session, done) {
      try {
        await judge(address);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
    async onData(stream, session, done) {
      // A sender that dies in the middle has sent nothing.
      const raw = await text(stream).catch(() => null);
      if (raw === null) return;
      const { mailFrom, rcptTo } = session.envelope;
      const mail = {
        from: mailFrom ? mailFrom.address : "",
        to: rcptTo.map((recipient) => recipient.address),
        raw,
      };
      received.push(mail);
      await answer(mail);
      done();
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
