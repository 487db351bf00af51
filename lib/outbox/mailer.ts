import { createTransport } from "nodemailer";
import { env } from "@/lib/config/env";
import type { MailContent } from "@/lib/outbox/outbox";
import { err, ok, type Result } from "@/lib/result";

export interface OutgoingMail extends MailContent {
  id: string;
  to: string;
  subject: string;
}

export type MailRefused = {
  code: "mail_refused";
  /** Stable code for the outbox, such as `smtp_550`. */
  reason: string;
  /** True when trying the same again is of no use. */
  isPermanent: boolean;
};

interface SmtpError {
  code?: string;
  responseCode?: number;
}

const timeoutMs = 20_000;

function openTransport(url: string) {
  return createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
}

/** Hands one mail to the SMTP server at `url`. Its Message-ID comes from its id: one sent twice shows once. */
export async function deliver(url: string, mail: OutgoingMail): Promise<Result<null, MailRefused>> {
  const { id, to, subject, text, html, replyTo, calendar } = mail;
  const domain = new URL(env().APP_URL).hostname;
  try {
    await openTransport(url).sendMail({
      to,
      subject,
      text,
      html,
      ...(replyTo ? { replyTo } : {}),
      ...(calendar
        ? { icalEvent: { method: calendar.method, content: calendar.ics, filename: "invite.ics" } }
        : {}),
      from: env().MAIL_FROM,
      messageId: `<${id}@${domain}>`,
      headers: { "Auto-Submitted": "auto-generated" },
    });
    return ok(null);
  } catch (error) {
    return err("mail_refused", explain(error as SmtpError));
  }
}

/** Null when the SMTP server at `url` answers and accepts our sign-in, else the stable code of what is wrong. */
export async function findSmtpProblem(url: string): Promise<string | null> {
  try {
    await openTransport(url).verify();
    return null;
  } catch (error) {
    return explain(error as SmtpError).reason;
  }
}

/** Only a 5xx about this mail is final (RFC 5321, 4.2.1); a refused sign-in is the operator's to fix, and waits. */
function explain({ code, responseCode }: SmtpError): Omit<MailRefused, "code"> {
  const isAboutMail = code === "EENVELOPE" || code === "EMESSAGE";
  return {
    reason: responseCode ? `smtp_${responseCode}` : `smtp_${(code ?? "unknown").toLowerCase()}`,
    isPermanent: isAboutMail && responseCode !== undefined && responseCode >= 500,
  };
}
