import { db } from "@/lib/database/client";
import { openMailContent } from "@/lib/outbox/outbox";

/** The mails to this address, newest first, opened; of one that was sent nothing is left to open. */
export async function readMailsTo(to: string) {
  const mails = await db().mail.findMany({ where: { to }, orderBy: { createdAt: "desc" } });
  return mails.map((mail) => ({
    ...mail,
    ...(mail.contentSealed ? openMailContent(mail) : { text: "", html: "" }),
  }));
}

/** The token at the end of a link of ours, such as `/reset-password/…`, in the newest mail to this address. */
export async function readLinkToken(to: string, path: string): Promise<string> {
  const [mail] = await readMailsTo(to);
  const [, token] = mail?.text.split(path) ?? [];
  return token?.match(/^[A-Za-z0-9_-]+/)?.[0] ?? "";
}
