import { ArrowSquareOutIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccountFrame } from "@/app/account/account-frame";
import { BookingsTab } from "@/app/account/teams/[id]/bookings-tab";
import { EventTypesTab } from "@/app/account/teams/[id]/event-types-tab";
import { InsightsTab } from "@/app/account/teams/[id]/insights-tab";
import { MembersTab } from "@/app/account/teams/[id]/members-tab";
import { SettingsTab } from "@/app/account/teams/[id]/settings-tab";
import { requireTeam } from "@/app/account/teams/require-team";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { PageHead } from "@/components/ui/page-head";
import { ViewTabs } from "@/components/ui/view-tabs";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getTeam } from "@/lib/teams/teams";

interface TeamPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const tabs = ["event-types", "members", "bookings", "insights", "settings"] as const;

async function load({ params }: TeamPageProps) {
  const { id } = await params;
  const { organizer, team: scope } = await requireTeam(id, `/account/teams/${id}`);
  return { organizer, scope, team: (await getTeam(scope)) ?? notFound() };
}

export async function generateMetadata(props: TeamPageProps): Promise<Metadata> {
  const { team } = await load(props);
  return { title: team.name };
}

export default async function TeamPage(props: TeamPageProps) {
  const words = translator("teams", await getLocale());
  const { organizer, scope, team } = await load(props);
  const query = await props.searchParams;
  const [first] = tabs;
  const current = tabs.find((tab) => tab === query.tab) ?? first;
  const base = `/account/teams/${team.id}`;
  return (
    <AccountFrame teamId={team.id}>
      <PageHead
        title={team.name}
        back={{ href: "/account/teams", label: words("team.back") }}
        actions={
          <ButtonLink href={`/${team.handle}`} icon={<Icon glyph={ArrowSquareOutIcon} />}>
            {words("team.page")}
          </ButtonLink>
        }
      />
      <div className="grid gap-6">
        <div className="border-b border-hairline">
          <ViewTabs
            label={words("team.tabs")}
            views={tabs.map((tab) => ({
              href: tab === first ? base : `${base}?tab=${tab}`,
              label: words(`team.${tab}`),
              current: tab === current,
            }))}
          />
        </div>
        {current === "event-types" && <EventTypesTab {...{ scope, team, query }} />}
        {current === "members" && <MembersTab {...{ organizer, scope, team, query }} />}
        {current === "bookings" && <BookingsTab {...{ organizer, scope, team, query }} />}
        {current === "insights" && <InsightsTab {...{ organizer, scope, query }} />}
        {current === "settings" && <SettingsTab {...{ organizer, scope, team, query }} />}
      </div>
    </AccountFrame>
  );
}
