import type { ReactNode } from "react";
import type { Editor } from "@/components/editor/editor-form";

interface SectionProps {
  editor: Editor;
  /** The id, and so the address, of the section. */
  name: string;
  title: ReactNode;
  /** The id of its heading, where addresses of old name it. */
  headingId?: string;
  children: ReactNode;
}

/** One of the sections that a long form is shown in, one at a time: see `sections` in globals.css. */
export function Section({ editor, name, title, headingId = `${name}-title`, children }: SectionProps) {
  return (
    <section
      id={name}
      data-section={editor.mistaken?.has(name) ? "mistaken" : editor.section === name ? "shown" : ""}
      aria-labelledby={headingId}
      className="scroll-mt-64 content-start gap-4 md:gap-5"
    >
      <h2 id={headingId}>{title}</h2>
      {children}
    </section>
  );
}
