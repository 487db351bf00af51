import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { use } from "react";
import { showLink } from "@/app/admin/outbox/[id]/actions";
import { MailBadge } from "@/app/admin/outbox/mail-badge";
import { AccountForm } from "@/components/accounts/account-form";
import { Instant } from "@/components/accounts/instant";
import { copyWords } from "@/components/layout/copy-words";
import { Banner } from "@/components/ui/banner";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { requireAdmin } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { readMail, type Showable } from "@/lib/outbox/outbox";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("account", await getLocale());
  return { title: words("outbox.title"), referrer: "same-origin" };
}

export default async function MailPage({ params }: { params: Promise<{ id: string }> }) {
  const words = translator("account", await getLocale());
  await requireAdmin();
  const mail = await readMail((await params).id);
  if (!mail) notFound();
  const isSending = env().SMTP_URL !== undefined;
  return (
    <>
      <PageHead title={mail.subject} back={{ href: "/admin/outbox", label: words("outbox.mailBack") }} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Panel aria-labelledby="text">
          <h2 id="text" className="mb-3">
            {words("outbox.textTitle")}
          </h2>
          <MailText mail={mail} />
        </Panel>
        <Panel className="self-start">
          <KeyValueList
            items={[
              { term: words("outbox.to"), detail: <span className="break-all">{mail.to}</span> },
              {
                term: words("outbox.state"),
                detail: <MailBadge status={mail.status} isSending={isSending} />,
              },
              { term: words("outbox.written"), detail: <Instant at={mail.createdAt} /> },
              ...(mail.sentAt
                ? [{ term: words("outbox.sentAt"), detail: <Instant at={mail.sentAt} /> }]
                : []),
              { term: words("outbox.attempts"), detail: mail.attempts },
              ...(mail.lastError
                ? [{ term: words("outbox.lastError"), detail: <code>{mail.lastError}</code> }]
                : []),
            ]}
          />
        </Panel>
      </div>
    </>
  );
}

interface MailTextProps {
  mail: NonNullable<Awaited<ReturnType<typeof readMail>>>;
}

const linkWords = {
  yes: "outbox.linksKept",
  sent: "outbox.linksSent",
  account: "outbox.linksAccount",
} as const satisfies Record<Showable, string>;

function MailText({ mail: { id, content } }: MailTextProps) {
  const locale = use(getLocale());
  const words = translator("account", locale);
  if (content.kind === "left") return <p className="max-w-[68ch] text-muted">{words("outbox.left")}</p>;
  if (content.kind === "unreadable") {
    return (
      <Banner tone="danger" title={words("outbox.unreadable")}>
        {words("outbox.unreadableText")}
      </Banner>
    );
  }
  const { text, hiddenLinks, showable } = content;
  return (
    <div className="grid gap-6">
      <p className="max-w-[68ch] wrap-anywhere whitespace-pre-wrap">{text}</p>
      {hiddenLinks > 0 && (
        <section aria-labelledby="links" className="grid gap-4 border-t border-hairline pt-4">
          <h3 id="links">{words("outbox.links", { count: hiddenLinks })}</h3>
          <p className="max-w-[68ch] text-sm text-muted">{words(linkWords[showable])}</p>
          {showable === "yes" &&
            Array.from({ length: hiddenLinks }, (_, place) => (
              <AccountForm
                // biome-ignore lint/suspicious/noArrayIndexKey: a link is known by its place alone
                key={place}
                action={showLink}
                fields={[]}
                hidden={{ id, place: String(place) }}
                submit={{
                  label: words("outbox.showLink", { number: place + 1 }),
                  workingLabel: words("outbox.showing"),
                  kind: "second",
                }}
                secretWords={{ label: words("outbox.link", { number: place + 1 }), copy: copyWords(locale) }}
              />
            ))}
        </section>
      )}
    </div>
  );
}
