import type { Metadata } from "next";
import { BrandSection } from "@/app/account/brand/brand-section";
import { PageHead } from "@/components/ui/page-head";
import { requireAdmin } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("brand", await getLocale())("adminLink") };
}

interface AdminBrandPageProps {
  searchParams: Promise<{ picture?: string; minutes?: string }>;
}

export default async function AdminBrandPage({ searchParams }: AdminBrandPageProps) {
  await requireAdmin();
  const locale = await getLocale();
  const { picture, minutes } = await searchParams;
  return (
    <>
      <PageHead
        title={translator("brand", locale)("adminLink")}
        back={{ href: "/admin", label: translator("admin", locale)("title") }}
      />
      <div className="grid gap-6">
        <BrandSection
          scope="server"
          owner="server"
          kind="server"
          name={translator("common", locale)("product")}
          outcome={picture}
          minutes={minutes}
        />
      </div>
    </>
  );
}
