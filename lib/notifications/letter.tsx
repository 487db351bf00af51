import { render, toPlainText } from "@react-email/render";
import { type CSSProperties, Fragment } from "react";
import { colour } from "@/lib/outbox/letter";

export interface BookingLetter {
  /** BCP 47 language of the words. */
  locale: string;
  /** What mail programs show beside the subject. */
  preview: string;
  greeting: string;
  paragraphs: string[];
  facts: { label: string; value: string }[];
  /** The first is the main one. */
  actions: { label: string; url: string }[];
  closing: string[];
}

const paragraph: CSSProperties = { margin: "0 0 16px" };

const sheet: CSSProperties = {
  maxWidth: 560,
  margin: "0 auto",
  padding: 32,
  borderRadius: 10,
  background: colour.sheet,
  color: colour.ink,
  font: "16px/24px 'Hanken Grotesk',system-ui,sans-serif",
};

const button: CSSProperties = {
  display: "inline-block",
  padding: "11px 20px",
  border: `1px solid ${colour.accent}`,
  borderRadius: 6,
  fontWeight: 600,
  textDecoration: "none",
};

const actionLine: CSSProperties = { margin: "0 0 12px" };
const mainButton: CSSProperties = { ...button, background: colour.accent, color: colour.onAccent };
const secondButton: CSSProperties = { ...button, color: colour.accent };

function Letter({ locale, preview, greeting, paragraphs, facts, actions, closing }: BookingLetter) {
  return (
    <html lang={locale}>
      {/* biome-ignore lint/style/noHeadElement: a mail is no page of Next.js */}
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light" />
        <title>{preview}</title>
      </head>
      <body style={{ margin: 0, padding: 24, background: colour.page }}>
        <div data-skip-in-text="true" style={{ display: "none", maxHeight: 0, overflow: "hidden" }}>
          {preview}
        </div>
        <div style={sheet}>
          {[greeting, ...paragraphs].map((words) => (
            <p key={words} style={paragraph}>
              {words}
            </p>
          ))}
          {facts.map(({ label, value }) => (
            <p key={label} style={paragraph}>
              <span style={{ fontSize: 14 }}>{label}</span>
              {value.split("\n").map((line) => (
                <Fragment key={line}>
                  <br />
                  <strong>{line}</strong>
                </Fragment>
              ))}
            </p>
          ))}
          {actions.map(({ label, url }, index) => (
            // A paragraph each: in the text, addresses must not run into one another.
            <p key={url} style={actionLine}>
              <a href={url} style={index === 0 ? mainButton : secondButton}>
                {label}
              </a>
            </p>
          ))}
          {closing.map((words) => (
            <p key={words} style={paragraph}>
              {words}
            </p>
          ))}
        </div>
      </body>
    </html>
  );
}

/** Writes a letter about a booking out twice, as HTML and as text with the same words. */
export async function renderLetter(letter: BookingLetter): Promise<{ text: string; html: string }> {
  const html = await render(<Letter {...letter} />);
  return { html, text: `${toPlainText(html, { wordwrap: false }).trim()}\n` };
}
