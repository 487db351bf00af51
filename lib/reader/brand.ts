import type { Metadata } from "next";
import { headers } from "next/headers";
import { cache } from "react";
import { brandOf } from "@/lib/brand/read";

/** How the pages of the organizer or team with this handle look, asked of the database once a page. */
export const brandOfPage = cache((handle: string) => brandOf(handle));

/** What allows a page's own styles, as its policy says (proxy.ts). */
export const getNonce = cache(async (): Promise<string | undefined> => {
  const policy = (await headers()).get("content-security-policy") ?? "";
  return /'nonce-([^']+)'/.exec(policy)?.[1];
});

/** The mark of the organizer or team in the browser's tab; nothing where they have none, and Bellhop's stays. */
export async function brandIcons(handle: string): Promise<Pick<Metadata, "icons">> {
  const { iconPath } = await brandOfPage(handle);
  return iconPath ? { icons: { icon: { url: iconPath, type: "image/png", sizes: "96x96" } } } : {};
}
