import { PageHead } from "@/components/ui/page-head";
import { translator } from "@/lib/i18n/translator";

export default function LandingPage() {
  const words = translator("landing");
  return (
    <main id="main" className="wide py-16">
      <PageHead title={words("title")} lead={words("description")} />
    </main>
  );
}
