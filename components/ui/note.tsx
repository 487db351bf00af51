import { CheckCircleIcon, InfoIcon, WarningCircleIcon, WarningIcon } from "@phosphor-icons/react/ssr";
import type { ReactNode } from "react";
import type { BannerTone } from "@/components/ui/banner";
import { classNames } from "@/components/ui/class-names";
import { type Glyph, Icon } from "@/components/ui/icon";

const tones: Record<BannerTone, { box: string; icon: string; glyph: Glyph }> = {
  success: { box: "bg-success-tint", icon: "text-success", glyph: CheckCircleIcon },
  warning: { box: "bg-warning-tint", icon: "text-warning", glyph: WarningIcon },
  danger: { box: "bg-danger-tint", icon: "text-danger", glyph: WarningCircleIcon },
  calm: { box: "bg-accent-tint", icon: "text-accent-strong", glyph: InfoIcon },
};

interface NoteProps {
  tone: BannerTone;
  title?: ReactNode;
  children?: ReactNode;
  role?: "alert" | "status";
}

/** A banner's little sister, inside a card or a form. */
export function Note({ tone, title, children, role }: NoteProps) {
  const look = tones[tone];
  return (
    <div
      role={role}
      className={classNames(
        "flex gap-2.5 rounded-md border border-transparent px-3.5 py-3 text-sm text-ink",
        look.box,
      )}
    >
      <Icon glyph={look.glyph} weight="fill" className={look.icon} />
      <div className="min-w-0">
        {title && <p className="font-strong">{title}</p>}
        {children}
      </div>
    </div>
  );
}
