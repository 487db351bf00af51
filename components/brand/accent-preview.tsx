import { grounds, type Palette } from "@/lib/brand/palette";

interface AccentPreviewProps {
  palette: Palette;
  words: { label: string; light: string; dark: string; button: string; link: string };
}

/** A page in small with these colours, in both themes. Drawn, since a page's policy allows no styles that come with markup. */
export function AccentPreview({ palette, words }: AccentPreviewProps) {
  return (
    <div role="img" aria-label={words.label} className="grid gap-3 sm:grid-cols-2">
      {(["light", "dark"] as const).map((theme) => {
        const { background, surface, ink } = grounds[theme];
        const { accent, tint, strong, ink: onAccent } = palette[theme];
        return (
          <svg
            key={theme}
            viewBox="0 0 216 132"
            aria-hidden="true"
            className="w-full max-w-72 rounded-md border border-hairline text-xs"
          >
            <rect width="216" height="132" fill={background} />
            <rect x="10" y="10" width="196" height="112" rx="6" fill={surface} />
            <text x="22" y="32" fill={ink} className="font-semibold">
              {words[theme]}
            </text>
            <rect x="166" y="18" width="28" height="22" rx="4" fill={tint} />
            <text x="180" y="34" textAnchor="middle" fill={strong} className="font-semibold">
              14
            </text>
            <text x="22" y="60" fill={accent} textDecoration="underline">
              {words.link}
            </text>
            <rect x="22" y="76" width="172" height="34" rx="5" fill={accent} />
            <text x="108" y="98" textAnchor="middle" fill={onAccent} className="font-semibold">
              {words.button}
            </text>
          </svg>
        );
      })}
    </div>
  );
}
