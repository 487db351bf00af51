import { type ReactNode, use } from "react";
import { copyWords } from "@/components/layout/copy-words";
import { CopyButton } from "@/components/ui/copy-button";
import { getLocale } from "@/lib/reader/locale";

interface RecipeProps {
  title: string;
  lead: ReactNode;
  /** What is copied. */
  text: string;
}

/** A text to copy into another program, shown whole. */
export function Recipe({ title, lead, text }: RecipeProps) {
  const locale = use(getLocale());
  return (
    <section className="grid gap-3">
      <h2 className="text-lg">{title}</h2>
      <p>{lead}</p>
      <pre className="rounded-md border border-hairline bg-sunken px-3 py-2.5 font-mono text-sm wrap-anywhere whitespace-pre-wrap">
        {text}
      </pre>
      <CopyButton kind="second" text={text} className="justify-self-start" {...copyWords(locale)} />
    </section>
  );
}
