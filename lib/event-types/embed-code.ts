/** The code that shows a booking page on another website. PURE. */
import { escapeHtml } from "@/lib/format/html";

export const embedModes = ["inline", "popup", "button"] as const;
export const embedThemes = ["auto", "light", "dark"] as const;

export interface EmbedChoice {
  /** Origin of this installation. */
  appUrl: string;
  /** `{handle}/{slug}` */
  page: string;
  mode: (typeof embedModes)[number];
  theme: (typeof embedThemes)[number];
  /** BCP 47; empty: that of the visitor's browser. */
  lang: string;
  /** Words of the link that works without the script. */
  linkText: string;
  /** What is booked, for the frame's name. */
  title: string;
}

/** For each kind of website, what to paste there. */
export function embedCodeOf(
  choice: EmbedChoice,
): Record<"html" | "react" | "wordpress" | "sharepoint", string> {
  const { appUrl, page } = choice;
  const link = `<a href="${appUrl}/${page}">${escapeHtml(choice.linkText)}</a>`;
  const script = `${appUrl}/embed.js`;
  const opening = `<bellhop-booking ${attributesOf(choice)}>`;
  const html = `<script src="${script}" async></script>\n${opening}\n  ${link}\n</bellhop-booking>`;
  const react = [
    "export function Booking() {",
    "  return (",
    "    <>",
    `      <script src="${script}" async />`,
    `      ${opening}`,
    `        <a href="${appUrl}/${page}">{${JSON.stringify(choice.linkText)}}</a>`,
    "      </bellhop-booking>",
    "    </>",
    "  );",
    "}",
  ].join("\n");
  return { html, react, wordpress: html, sharepoint: frameOf(choice) };
}

/** What differs from the usual. */
function attributesOf({ page, mode, theme, lang }: EmbedChoice): string {
  const given = [
    ["page", page],
    ["mode", mode === "inline" ? "" : mode],
    ["theme", theme === "auto" ? "" : theme],
    ["lang", lang],
  ];
  return given.flatMap(([name, value]) => (value ? [`${name}="${value}"`] : [])).join(" ");
}

/** Where no script may run: the frame alone, which scrolls by itself. */
function frameOf({ appUrl, page, theme, lang, title }: EmbedChoice): string {
  const look = new URLSearchParams({
    ...(theme === "auto" ? {} : { theme }),
    ...(lang ? { lang } : {}),
  });
  const address = `${appUrl}/embed/${page}${look.size > 0 ? `?${escapeHtml(String(look))}` : ""}`;
  return `<iframe src="${address}" title="${escapeHtml(title)}" width="100%" height="900" style="border: 0"></iframe>`;
}
