import { CheckCircleIcon, InfoIcon, WarningCircleIcon, WarningIcon } from "@phosphor-icons/react/ssr";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { type Glyph, Icon } from "@/components/ui/icon";

export type BannerTone = "success" | "warning" | "danger" | "calm";

const tones: Record<BannerTone, { box: string; title: string; glyph: Glyph }> = {
  success: {
    box: "border-success-line bg-success-tint",
    title: "text-success",
    glyph: CheckCircleIcon,
  },
  warning: { box: "border-warning-line bg-warning-tint", title: "text-warning", glyph: WarningIcon },
  danger: { box: "border-danger-line bg-danger-tint", title: "text-danger", glyph: WarningCircleIcon },
  calm: { box: "border-accent-line bg-accent-tint", title: "text-accent-strong", glyph: InfoIcon },
};

interface BannerProps {
  tone: BannerTone;
  /** What is the case, in one line. */
  title: ReactNode;
  /** Why, and what it means. */
  children?: ReactNode;
  /** One button at most. */
  action?: ReactNode;
  glyph?: Glyph;
  /** `alert` for what went wrong just now, `status` for what went well; none for what is on the page. */
  role?: "alert" | "status";
  /** For a banner that takes the focus after a failed save. */
  id?: string;
}

/** Above the content, at most one per page. */
export function Banner({ tone, title, children, action, glyph, role, id }: BannerProps) {
  const look = tones[tone];
  return (
    <section
      id={id}
      role={role}
      tabIndex={id ? -1 : undefined}
      className={classNames(
        "grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-3 rounded-lg border px-4 py-3.5 md:flex",
        look.box,
      )}
    >
      <Icon
        glyph={glyph ?? look.glyph}
        weight="fill"
        size={24}
        className={classNames("self-start", look.title)}
      />
      <div className="grow">
        <h2 className={classNames("text-md tracking-normal", look.title)}>{title}</h2>
        {children && <div className="max-w-[96ch] text-sm text-ink">{children}</div>}
      </div>
      {action && <div className="col-span-2 grid shrink-0 md:ms-3">{action}</div>}
    </section>
  );
}
