import type { Metadata } from "next";
import { addBlock, removeBlock } from "@/app/admin/abuse/actions";
import { AbuseFigures } from "@/components/admin/abuse-figures";
import { BlockedSenders } from "@/components/blocks/blocked-senders";
import { PageHead } from "@/components/ui/page-head";
import { requireAdmin } from "@/lib/auth/guards";
import { countKeptAway } from "@/lib/booking/kept-away";
import { countHeldBack } from "@/lib/booking-record/queries";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { isTextSetUp } from "@/lib/outbox/sms";
import { countTexts } from "@/lib/outbox/text-limits";
import { getLocale } from "@/lib/reader/locale";
import { listBlocks } from "@/lib/shield/blocks";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("blocks", await getLocale())("everyone.title") };
}

export default async function AbusePage() {
  const words = translator("blocks", await getLocale());
  await requireAdmin();
  const [blocks, held, keptAway, sent] = await Promise.all([
    listBlocks("everyone"),
    countHeldBack(),
    countKeptAway("everyone", new Date()),
    countTexts(),
  ]);
  const texts = isTextSetUp() ? { sent, limit: env().TEXTS_PER_DAY } : null;
  return (
    <>
      <PageHead
        title={words("everyone.title")}
        lead={words("everyone.lead")}
        back={{ href: "/admin/users", label: words("everyone.back") }}
      />
      <div className="grid gap-6">
        <AbuseFigures {...{ held, keptAway, texts }} />
        <BlockedSenders blocks={blocks} add={addBlock} remove={removeBlock} isEveryones />
      </div>
    </>
  );
}
