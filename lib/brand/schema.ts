import { z } from "zod";
import { line } from "@/lib/input/text";

/** `#rgb` or `#rrggbb`, kept as `#rrggbb` in lower case. */
export const accent = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/, "colour_form")
  .overwrite((hex) =>
    hex.length === 4 ? `#${[...hex.slice(1)].map((digit) => digit + digit).join("")}` : hex,
  );

export const brandName = line(100);

const shades = z.object({
  accent: z.string().meta({ description: "Buttons, links, what is chosen" }),
  ink: z.string().meta({ description: "Text on the accent" }),
});

/** How pages and mails look: what is in force, whether chosen here or by the server's defaults. */
export const brand = z
  .object({
    name: z.string().meta({ description: "Yours or the team's, unless another was chosen" }),
    logoUrl: z.url().nullable().meta({ description: "It changes with the picture" }),
    accent: z
      .string()
      .nullable()
      .meta({ description: "As it was chosen, `#rrggbb`. Null: Bellhop's own", examples: ["#7a1fa2"] }),
    accentShown: z.object({ light: shades, dark: shades }).nullable().meta({
      description:
        "The accent as pages show it, moved until it has 4.5 : 1 on every ground and text on it has too, in light and dark",
    }),
    showsBellhop: z.boolean().meta({ description: "Whether pages say “Bookings kept by Bellhop”" }),
  })
  .meta({ id: "Brand" });

/** What is left out stays; null goes back to the default. */
export const brandChange = z
  .strictObject({
    name: brandName.nullable(),
    logoUrl: z.string().max(250_000, "too_long").nullable().meta({
      description:
        "A `data:` address of a PNG, JPEG or WebP picture (`data:image/png;base64,…`) replaces the logo: Bellhop keeps a copy of at most 512 pixels. Null removes it. The current address changes nothing. Bellhop fetches no pictures from other servers, so any other address is refused",
    }),
    accent: accent.nullable(),
    showsBellhop: z.boolean("yes_or_no").nullable(),
  })
  .partial()
  .meta({ id: "BrandChange" });

export type Brand = z.output<typeof brand>;
export type BrandChange = z.output<typeof brandChange>;
