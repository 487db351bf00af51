import { classNames } from "@/components/ui/class-names";

interface SealProps {
  /** Whose seal; its initials are drawn. */
  name: string;
  size?: "sm" | "lg";
  /** Their own picture, in place of the initials. */
  pictureUrl?: string | undefined;
}

/** A person in a double ring. Decoration: the name is beside it in words. */
export function Seal({ name, size = "sm", pictureUrl }: SealProps) {
  const face = classNames(
    "grid place-items-center rounded-full border border-control bg-raised text-accent",
    size === "sm" ? "size-9 text-xs" : "size-13 text-md md:size-16 md:text-lg",
  );
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "inline-grid w-fit shrink-0 rounded-full border border-hairline font-strong select-none",
        size === "sm" ? "p-0.5" : "p-[3px]",
      )}
    >
      {pictureUrl ? (
        // biome-ignore lint/performance/noImgElement: a small picture of the organizer's own, at an address we don't resize.
        <img src={pictureUrl} alt="" className={classNames(face, "object-cover")} />
      ) : (
        <span className={face}>{initials(name)}</span>
      )}
    </span>
  );
}

/** First letters of the first and the last word: "Ines Moreau" gives "IM". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => firstOf(word ?? ""));
  return letters.join("").toLocaleUpperCase();
}

/** A letter with its accents, or an emoji, whole. */
function firstOf(word: string): string {
  const [first] = new Intl.Segmenter().segment(word);
  return first?.segment ?? "";
}
