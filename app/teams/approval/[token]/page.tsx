import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { PublicShell } from "@/components/layout/public-shell";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { env } from "@/lib/config/env";
import { getApprovalRequest } from "@/lib/connections/approval";
import { permissionKeyOf, permissionWords } from "@/lib/connections/permission-words";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { registration } from "@/lib/registration/registration";
import { listScopes } from "@/lib/registration/scopes";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("connections", await getLocale());
  return { title: words("approval.request.title"), robots: { index: false, follow: false } };
}

interface ApprovalRequestPageProps {
  params: Promise<{ token: string }>;
}

/** What Bellhop asks an organization's administrator for, said before they decide. Needs no sign-in. */
export default async function ApprovalRequestPage({ params }: ApprovalRequestPageProps) {
  const locale = await getLocale();
  const words = translator("connections", locale);
  const request = await getApprovalRequest((await params).token);
  if (!request) notFound();
  const { organizer, consentUrl, answer } = request;
  const site = new URL(env().APP_URL).host;
  const scopes = listScopes((await registration()).scopes);
  return (
    <PublicShell host={translator("common", locale)("product")} bar>
      <div className="wide w-full py-8 md:py-14">
        <div className="mx-auto grid max-w-160 gap-8">
          <div>
            <h1>{words("approval.request.title")}</h1>
            <p className="mt-2 text-muted">{words("approval.request.lead", organizer)}</p>
          </div>
          {answer && (
            <Note tone="calm" title={words("approval.request.answered")}>
              {words("approval.request.answeredText")}
            </Note>
          )}
          <Part title={words("approval.request.whatTitle")}>
            <p>{words("approval.request.what", { site })}</p>
          </Part>
          <Part title={words("approval.request.permissionsTitle")}>
            <dl className="grid gap-3">
              {scopes.map((scope) => (
                <div key={scope}>
                  <dt className="font-semibold">{permissionWords(scope, locale)}</dt>
                  <dd className="text-muted">{words(`approval.request.why.${permissionKeyOf(scope)}`)}</dd>
                </div>
              ))}
            </dl>
            <p>{words("approval.request.delegated")}</p>
          </Part>
          <Part title={words("approval.request.storedTitle")}>
            <ul className="grid list-disc gap-1.5 ps-5">
              <li>{words("approval.request.stored1")}</li>
              <li>{words("approval.request.stored2")}</li>
              <li>{words("approval.request.stored3")}</li>
              <li>{words("approval.request.stored4")}</li>
            </ul>
          </Part>
          <Part title={words("approval.request.endTitle")}>
            <p>{words("approval.request.end")}</p>
          </Part>
          <div className="grid gap-3 border-t border-hairline pt-6">
            <p>{words("approval.request.approveHint")}</p>
            <div>
              <ButtonLink kind="primary" href={consentUrl} rel="noreferrer">
                {words("approval.request.approve")}
              </ButtonLink>
            </div>
            <details className="text-sm text-muted">
              <summary className="w-fit cursor-pointer underline">
                {words("approval.request.addressTitle")}
              </summary>
              <p className="mt-2 font-mono break-all">{consentUrl}</p>
            </details>
          </div>
        </div>
      </div>
    </PublicShell>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-3">
      <h2 className="text-lg">{title}</h2>
      {children}
    </section>
  );
}
