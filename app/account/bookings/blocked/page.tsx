import type { Metadata } from "next";
import { addBlock, removeBlock } from "@/app/account/bookings/blocked/actions";
import { BlockedSenders } from "@/components/blocks/blocked-senders";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { listBlocks } from "@/lib/shield/blocks";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("blocks", await getLocale())("title") };
}

export default async function BlockedPage() {
  const words = translator("blocks", await getLocale());
  const { scope } = await requireOrganizer("/account/bookings/blocked");
  return (
    <>
      <PageHead
        title={words("title")}
        lead={words("lead")}
        back={{ href: "/account/bookings", label: words("back") }}
      />
      <BlockedSenders blocks={await listBlocks(scope)} add={addBlock} remove={removeBlock} />
    </>
  );
}
