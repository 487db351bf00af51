import { use } from "react";
import { Bell } from "@/components/layout/mark";
import { ButtonLink } from "@/components/ui/button";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** A link that leads to nothing we know. It says the same whether there was ever something behind it or not. */
export function LostLink({ what }: { what: "visit" | "join" | "profile" }) {
  const words = translator("booking", use(getLocale()));
  return (
    <main id="main" className="wide grid min-h-dvh w-full place-items-center py-12">
      <div className="grid justify-items-center gap-3 text-center">
        <Bell size={40} />
        <h1>{words(`lost.${what}.title`)}</h1>
        <p className="max-w-[48ch] text-muted">{words(`lost.${what}.lead`)}</p>
        <ButtonLink href="/" className="mt-3">
          {words("lost.home")}
        </ButtonLink>
      </div>
    </main>
  );
}
