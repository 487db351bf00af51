import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { monoLatin, sansLatin, sansLatinExtended, scriptClassOf } from "@/app/fonts";
import "@/app/globals.css";
import { FaultWordsOf } from "@/components/layout/fault-words";
import { parseTheme, themeCookie } from "@/components/layout/theme";
import { currentPath } from "@/lib/auth/guards";
import { readFrame, readFrameLook } from "@/lib/booking-page/frame";
import { env } from "@/lib/config/env";
import { japaneseFontSheet } from "@/lib/i18n/fonts";
import { languageOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("landing", await getLocale());
  return {
    // Search engines take whole addresses only.
    metadataBase: new URL(env().APP_URL),
    title: { default: words("product"), template: `%s · ${words("product")}` },
    description: words("description"),
    manifest: "/site.webmanifest",
    icons: {
      icon: [
        { url: "/favicon.ico", sizes: "48x48" },
        { url: "/icon.svg", type: "image/svg+xml", sizes: "any" },
      ],
      apple: "/apple-touch-icon.png",
    },
  };
}

export const viewport: Viewport = {
  colorScheme: "light dark",
  viewportFit: "cover",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // In a frame, the website around it says how the page looks.
  const frame = readFrame(await currentPath());
  const theme = parseTheme(
    frame ? readFrameLook(frame.query).theme : (await cookies()).get(themeCookie)?.value,
  );
  const locale = await getLocale();
  return (
    <html
      lang={locale}
      dir={languageOf(locale).direction}
      data-theme={theme === "system" ? undefined : theme}
      className={`${sansLatin.variable} ${sansLatinExtended.variable} ${monoLatin.variable} ${scriptClassOf(locale)}`}
    >
      <body>
        <FaultWordsOf words={languageOf(locale).messages.errors.fault}>{children}</FaultWordsOf>
        {/* Last, so that nothing waits for it. */}
        {locale === "ja" && <link rel="stylesheet" href={japaneseFontSheet} />}
      </body>
    </html>
  );
}
