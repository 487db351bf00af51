import { classNames } from "@/components/ui/class-names";
import type { ShownPicture } from "@/lib/brand/read";

interface LogoProps {
  logo: ShownPicture;
  /** Whose it is, where nothing beside it says so. */
  name?: string;
  size?: "sm" | "lg";
}

/** A logo in its own shape. Most are drawn for paper: in the dark it lies on a sheet of it. */
export function Logo({ logo: { path, width, height }, name = "", size = "sm" }: LogoProps) {
  return (
    // biome-ignore lint/performance/noImgElement: it has the right size already, at an address that is kept for good.
    <img
      src={path}
      width={width}
      height={height}
      alt={name}
      className={classNames(
        "w-auto rounded-sm bg-[light-dark(transparent,oklch(0.985_0.003_130))] object-contain",
        size === "sm" ? "h-9 max-w-48" : "h-14 max-w-56",
      )}
    />
  );
}
