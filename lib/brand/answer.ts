import type { ShownBrand } from "@/lib/brand/read";
import { env } from "@/lib/config/env";

/** An address of this site, for those who are somewhere else. */
export const absolute = (path: string) => `${env().APP_URL}${path}`;

/** A brand as the API writes it. */
export function toBrandAnswer({ name, logo, accent, palette, showsBellhop }: ShownBrand) {
  const shadesOf = (theme: "light" | "dark") =>
    palette && { accent: palette[theme].accent, ink: palette[theme].ink };
  const [light, dark] = [shadesOf("light"), shadesOf("dark")];
  return {
    name,
    logoUrl: logo && absolute(logo.path),
    accent,
    accentShown: light && dark && { light, dark },
    showsBellhop,
  };
}
