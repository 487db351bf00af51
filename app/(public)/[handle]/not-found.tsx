import { Bell } from "@/components/layout/mark";
import { ButtonLink } from "@/components/ui/button";
import { translator } from "@/lib/i18n/translator";

export default function NobodyHere() {
  const words = translator("booking");
  return (
    <main id="main" className="wide grid min-h-dvh w-full place-items-center py-12">
      <div className="grid justify-items-center gap-3 text-center">
        <Bell size={40} />
        <h1>{words("notFound.title")}</h1>
        <p className="max-w-[48ch] text-muted">{words("notFound.lead")}</p>
        <ButtonLink href="/" className="mt-3">
          {words("notFound.home")}
        </ButtonLink>
      </div>
    </main>
  );
}
