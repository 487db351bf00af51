import type { Metadata } from "next";
import { deleteRoom, saveRoom } from "@/app/account/event-types/rooms/actions";
import { Rooms } from "@/components/rooms/rooms";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { listRooms, organizationOf } from "@/lib/rooms/rooms";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("rooms", await getLocale())("title") };
}

export default async function RoomsPage() {
  const words = translator("rooms", await getLocale());
  const { scope } = await requireOrganizer("/account/event-types/rooms");
  const isOrganization = (await organizationOf(scope)) !== null;
  return (
    <>
      <PageHead
        title={words("title")}
        lead={words("lead")}
        back={{ href: "/account/event-types", label: words("back") }}
      />
      {isOrganization ? (
        <Rooms rooms={await listRooms(scope)} add={saveRoom} remove={deleteRoom} />
      ) : (
        <Note tone="calm" title={words("none.title")}>
          <p>{words("none.text")}</p>
          <p className="mt-2">
            <a href="/account/integrations">{words("none.action")}</a>
          </p>
        </Note>
      )}
    </>
  );
}
