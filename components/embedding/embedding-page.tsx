import { type ComponentProps, type ReactNode, use } from "react";
import { SampleBooking } from "@/components/embedding/sample-booking";
import { copyWords } from "@/components/layout/copy-words";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { env } from "@/lib/config/env";
import { embedCodeOf, embedModes, embedThemes } from "@/lib/event-types/embed-code";
import { shippedTags } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { isLanguageTag } from "@/lib/input/text";
import { getLocale } from "@/lib/reader/locale";

interface EmbeddingPageProps {
  eventType: { title: string; slug: string; embedOrigins: readonly string[] };
  /** Whose page it is on. */
  owner: { name: string; handle: string };
  /** The event type's form. */
  editorHref: string;
  /** What was chosen to look at. */
  query: Readonly<Record<string, string | string[] | undefined>>;
}

const kinds = ["html", "react", "wordpress", "sharepoint"] as const;

/** The booking page as another website shows it, and the code for that. A plain form chooses the look. */
export function EmbeddingPage({ eventType, owner, editorHref, query }: EmbeddingPageProps) {
  const locale = use(getLocale());
  const words = translator("event-types", locale);
  const mode = embedModes.find((one) => one === query.mode) ?? "inline";
  const theme = embedThemes.find((one) => one === query.theme) ?? "auto";
  const lang = typeof query.lang === "string" && isLanguageTag(query.lang) ? query.lang : "";
  const page = `${owner.handle}/${eventType.slug}`;
  const linkText = words("embed.linkText");
  const { title, embedOrigins } = eventType;
  const appUrl = new URL(env().APP_URL).origin;
  const code = embedCodeOf({ appUrl, page, mode, theme, lang, linkText, title });
  return (
    <>
      <PageHead
        title={words("embed.title")}
        lead={words("embed.lead", { title })}
        back={{ href: editorHref, label: title }}
      />
      <div className="grid gap-6">
        {embedOrigins.length === 0 && (
          <Note tone="warning" title={words("embed.nowhere")}>
            {words.rich("embed.nowhereLead", {
              edit: (text) => <a href={`${editorHref}#embedding`}>{text}</a>,
            })}
          </Note>
        )}
        <form method="get" className="grid items-end gap-4 md:grid-cols-[repeat(3,minmax(0,1fr))_auto]">
          <Field id="mode" label={words("embed.mode")}>
            {(control) => (
              <Select
                {...control}
                name="mode"
                defaultValue={mode}
                options={embedModes.map((value) => ({ value, label: words(`embed.modes.${value}`) }))}
              />
            )}
          </Field>
          <Field id="theme" label={words("embed.theme")}>
            {(control) => (
              <Select
                {...control}
                name="theme"
                defaultValue={theme}
                options={embedThemes.map((value) => ({ value, label: words(`embed.themes.${value}`) }))}
              />
            )}
          </Field>
          <Field id="lang" label={words("embed.language")}>
            {(control) => <LanguageChoice {...control} chosen={lang} />}
          </Field>
          <Button type="submit">{words("embed.show")}</Button>
        </form>
        <section aria-labelledby="sample">
          <h2 id="sample" className="mb-3">
            {words("embed.sample")}
          </h2>
          <SampleSite site={words("embed.site")} text={words("embed.siteText", { name: owner.name })}>
            <SampleBooking page={page} mode={mode} theme={theme} lang={lang} linkText={linkText} />
          </SampleSite>
          <p className="mt-2 text-sm text-muted">{words("embed.sampleHint")}</p>
        </section>
        <section aria-labelledby="code">
          <h2 id="code" className="mb-3">
            {words("embed.code")}
          </h2>
          <div className="grid gap-3">
            {kinds.map((kind) => (
              <details
                key={kind}
                name="code"
                open={kind === "html"}
                className="rounded-lg border border-hairline bg-surface"
              >
                <summary className="min-h-11 px-4 py-2.5 font-semibold">
                  {words(`embed.kinds.${kind}`)}
                </summary>
                <div className="grid justify-items-start gap-3 px-4 pb-4">
                  <p className="max-w-[68ch] text-sm text-muted">
                    {words(`embed.hints.${kind}`, { appUrl })}
                  </p>
                  <pre
                    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys
                    tabIndex={0}
                    className="w-full rounded-md bg-sunken p-3 font-mono text-sm wrap-anywhere whitespace-pre-wrap"
                    dir="ltr"
                  >
                    {code[kind]}
                  </pre>
                  <CopyButton text={code[kind]} size="sm" {...copyWords(locale, words("embed.copy"))} />
                </div>
              </details>
            ))}
          </div>
          <p className="mt-3 max-w-[68ch] text-sm text-muted">{words("embed.policy", { appUrl })}</p>
        </section>
      </div>
    </>
  );
}

/** A website, as far as one has to be seen. */
function SampleSite({ site, text, children }: { site: string; text: string; children: ReactNode }) {
  return (
    <Panel bare>
      <div
        aria-hidden="true"
        className="flex items-center gap-2 border-b border-hairline bg-sunken px-4 py-2.5"
      >
        <span className="size-2.5 rounded-full bg-hairline" />
        <span className="size-2.5 rounded-full bg-hairline" />
        <span className="size-2.5 rounded-full bg-hairline" />
        <span className="ms-2 text-sm text-muted">www.example.com</span>
      </div>
      <div className="grid gap-4 p-4 md:p-6">
        <div>
          <p className="text-lg font-semibold">{site}</p>
          <p className="mt-1 max-w-[60ch] text-muted">{text}</p>
        </div>
        {children}
      </div>
    </Panel>
  );
}

/** The languages that Bellhop is shipped in, each by its own name. */
function LanguageChoice({ chosen, ...control }: ComponentProps<typeof Select> & { chosen: string }) {
  const words = translator("event-types", use(getLocale()));
  return (
    <Select {...control} name="lang" defaultValue={chosen}>
      <option value="">{words("embed.anyLanguage")}</option>
      {shippedTags.map((tag) => (
        <option key={tag} value={tag} lang={tag}>
          {new Intl.DisplayNames([tag], { type: "language" }).of(tag)}
        </option>
      ))}
    </Select>
  );
}
