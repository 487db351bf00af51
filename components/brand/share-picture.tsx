import { grounds, paletteOf } from "@/lib/brand/palette";

/** How large shared pictures are, in pixels: as Open Graph's readers show them. */
export const shareSize = { width: 1200, height: 630 } as const;

interface SharePictureProps {
  /** Texts of which a part can't be drawn are left out. */
  title: string | null;
  name: string | null;
  facts: string | null;
  invitation: string | null;
  accent: string;
  /** As `data:` addresses. */
  logo: { src: string; width: number; height: number } | null;
  face: string | null;
}

const { background, surface, ink, muted } = grounds.light;
const [hairline, brass] = ["#d3d9d4", "#a5761d"];

/** An invitation on a tag. Drawn by Satori, which knows inline styles and flex boxes alone. */
export function SharePicture(props: SharePictureProps) {
  const { title, name, facts, invitation, accent, logo, face } = props;
  const shades = paletteOf(accent).light;
  return (
    <div style={{ display: "flex", width: "100%", height: "100%", padding: 56, background }}>
      <div
        style={{
          display: "flex",
          flexDirection: "column",
          justifyContent: "space-between",
          flexGrow: 1,
          padding: "52px 60px",
          border: `2px solid ${hairline}`,
          borderRadius: 32,
          background: surface,
        }}
      >
        <div style={{ display: "flex", alignItems: "center", justifyContent: "space-between" }}>
          <div style={{ display: "flex", alignItems: "center" }}>
            {logo && <Picture {...sizeIn(logo, 420, 96)} src={logo.src} radius={0} />}
            {!logo && face && <Picture src={face} width={96} height={96} radius={48} />}
            {!logo && title && name && (
              <div style={{ fontSize: 36, color: muted, marginLeft: face ? 24 : 0 }}>{name}</div>
            )}
          </div>
          <div
            style={{ display: "flex", width: 40, height: 40, borderRadius: 20, border: `8px solid ${brass}` }}
          />
        </div>
        <div
          style={{
            display: "block",
            fontSize: (title?.length ?? 0) > 40 ? 56 : 76,
            lineHeight: 1.12,
            color: ink,
            lineClamp: 3,
          }}
        >
          {title ?? name ?? ""}
        </div>
        <div style={{ display: "flex", alignItems: "center", justifyContent: "space-between" }}>
          <div style={{ fontSize: 32, color: muted, maxWidth: 640 }}>{facts ?? ""}</div>
          <div
            style={{
              display: "flex",
              minWidth: 160,
              minHeight: 76,
              alignItems: "center",
              padding: "0 36px",
              borderRadius: 16,
              background: shades.accent,
              color: shades.ink,
              fontSize: 32,
            }}
          >
            {invitation ?? ""}
          </div>
        </div>
      </div>
    </div>
  );
}

interface PictureProps {
  src: string;
  width: number;
  height: number;
  radius: number;
}

function Picture({ src, width, height, radius }: PictureProps) {
  // biome-ignore lint/performance/noImgElement: it's drawn into a picture, not into a page.
  return <img src={src} alt="" width={width} height={height} style={{ borderRadius: radius }} />;
}

/** The size of a picture in a box, in its own shape. */
function sizeIn({ width, height }: { width: number; height: number }, maxWidth: number, maxHeight: number) {
  const scale = Math.min(maxWidth / width, maxHeight / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
