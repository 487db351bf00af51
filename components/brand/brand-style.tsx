import { use } from "react";
import { type Palette, writePalette } from "@/lib/brand/palette";
import { getNonce } from "@/lib/reader/brand";

/** Gives the whole page an accent; null leaves it Bellhop's. */
export function BrandStyle({ palette }: { palette: Palette | null }) {
  const nonce = use(getNonce());
  if (!palette) return null;
  // Browsers hide a nonce from scripts, so what is there never equals what was sent.
  return (
    <style nonce={nonce} suppressHydrationWarning>
      {writePalette(palette)}
    </style>
  );
}
