import { type ReactNode, use } from "react";
import { copyWords } from "@/components/layout/copy-words";
import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const permissions = ["Calendars.ReadWrite", "OnlineMeetings.ReadWrite", "User.Read", "offline_access"];

interface EntraStepsProps {
  redirectUri: string;
  /** Those of this server's further addresses. */
  furtherUris: readonly string[];
  /** The same for someone without an account here. */
  shareUrl: string;
  /** Accounts of several organizations may connect. */
  hasMany: boolean;
  isDone: boolean;
}

/** What is to be done at Microsoft, with the one address that has to be copied exactly. Folded once the values are there. */
export function EntraSteps({ redirectUri, furtherUris, shareUrl, hasMany, isDone }: EntraStepsProps) {
  const locale = use(getLocale());
  const words = translator("admin", locale);
  return (
    <Panel aria-labelledby="register" className="grid gap-5 scroll-mt-6">
      <div>
        <h2 id="register" className="text-lg">
          {words("setup.entra.title")}
        </h2>
        <p className="text-sm text-muted">{words("setup.entra.lead")}</p>
      </div>
      <div className="grid gap-1.5">
        <p className="text-sm font-semibold">{words("setup.entra.redirectLabel")}</p>
        <div className="flex flex-wrap items-center gap-3">
          <code className="min-w-0 grow rounded-md border border-hairline bg-sunken px-3 py-2.5 font-mono text-sm break-all">
            {redirectUri}
          </code>
          <CopyButton
            kind={isDone ? "second" : "primary"}
            text={redirectUri}
            {...copyWords(locale, words("setup.entra.copy"))}
          />
        </div>
        <p className="text-sm text-muted">{words("setup.entra.redirectNote")}</p>
        {furtherUris.length > 0 && (
          <>
            <p className="text-sm">{words("setup.entra.furtherUris")}</p>
            <ul className="grid gap-1 ps-5 text-sm">
              {furtherUris.map((uri) => (
                <li key={uri}>
                  <code className="font-mono break-all">{uri}</code>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-sm">
          {words.rich("setup.entra.share", { link: (text) => <a href={shareUrl}>{text}</a> })}
        </p>
        <CopyButton
          kind="quiet"
          size="sm"
          text={shareUrl}
          {...copyWords(locale, words("setup.entra.copyLink"))}
        />
      </div>
      <details open={!isDone} className="group">
        <summary className="w-fit cursor-pointer text-sm font-semibold text-accent">
          {words("setup.entra.again")}
        </summary>
        <ol className="mt-3 grid list-decimal gap-2.5 ps-5 text-sm marker:font-semibold">
          <li>{words.rich("setup.entra.register", { portal, b: strong })}</li>
          <li>{words.rich("setup.entra.audience", { b: strong })}</li>
          <li>
            {words.rich("setup.entra.redirect", { b: strong })}{" "}
            <code className="font-mono break-all">{redirectUri}</code>
          </li>
          <li>{words.rich("setup.entra.ids", { b: strong })}</li>
          <li>{words.rich("setup.entra.secret", { b: strong })}</li>
          <li id="permissions">
            {words.rich("setup.entra.permissions", { b: strong })}
            <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
              {permissions.map((name) => (
                <li key={name}>
                  <code className="font-mono">{name}</code>
                </li>
              ))}
            </ul>
          </li>
          <li>{words.rich("setup.entra.branding", { b: strong })}</li>
          {hasMany && <li>{words.rich("setup.entra.publisher", { b: strong, link: verification })}</li>}
        </ol>
        <p className="mt-3 text-sm text-muted">
          {words.rich("setup.entra.guide", {
            link: (text) => <a href="/help/admin-guide#register-the-app-in-microsoft-entra">{text}</a>,
          })}
        </p>
      </details>
    </Panel>
  );
}

const strong = (text: ReactNode) => <strong className="font-semibold">{text}</strong>;
const portal = (text: ReactNode) => (
  <a href="https://entra.microsoft.com" rel="noreferrer">
    {text}
  </a>
);
const verification = (text: ReactNode) => (
  <a
    href="https://learn.microsoft.com/entra/identity-platform/publisher-verification-overview"
    rel="noreferrer"
  >
    {text}
  </a>
);
