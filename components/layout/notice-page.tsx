import type { ReactNode } from "react";
import { Bell } from "@/components/layout/mark";

interface NoticePageProps {
  /** What is the case. */
  title: string;
  /** What it means, and what can be done. */
  lead: ReactNode;
  /** The ways on. */
  children?: ReactNode;
}

/** A page that says one thing, with the desk bell: nothing here, something broke, a link that has served its time. */
export function NoticePage({ title, lead, children }: NoticePageProps) {
  return (
    <main id="main" className="wide grid min-h-dvh place-items-center py-16">
      <div className="grid justify-items-center gap-3 text-center">
        <Bell size={44} />
        <h1 className="mt-2">{title}</h1>
        <div className="max-w-[48ch] text-muted">{lead}</div>
        {children && <div className="mt-3 flex flex-wrap justify-center gap-3">{children}</div>}
      </div>
    </main>
  );
}
