import type { Metadata } from "next";
import { addFoundRoom, deleteRoom, saveRoom } from "@/app/account/event-types/rooms/actions";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { FindRooms } from "@/components/rooms/find-rooms";
import { Rooms } from "@/components/rooms/rooms";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { getConnection } from "@/lib/connections/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { isAllowed } from "@/lib/registration/optional-scopes";
import { findRooms } from "@/lib/rooms/find-rooms";
import { listRooms, organizationOf } from "@/lib/rooms/rooms";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("rooms", await getLocale())("title") };
}

const problems = ["unavailable", "not_found", "too_many_rooms"] as const;

/** What looking for rooms comes to: nothing is asked of Outlook before someone looks for one. */
async function look(scope: OwnerScope, text: string | null, problem: string | null) {
  const connection = await getConnection(scope, "teams");
  if (!connection || !isAllowed("places", connection.grantedScopes)) return "not_allowed";
  const known = problems.find((one) => one === problem);
  if (known) return known;
  if (text === null) return [];
  const found = await findRooms(scope, text);
  return found.ok ? found.value : found.error.code;
}

export default async function RoomsPage({ searchParams }: { searchParams: SearchParameters }) {
  const words = translator("rooms", await getLocale());
  const { scope } = await requireOrganizer("/account/event-types/rooms");
  const isOrganization = (await organizationOf(scope)) !== null;
  const text = (await readParameter(searchParams, "q"))?.slice(0, 100) ?? null;
  const problem = (await readParameter(searchParams, "problem")) ?? null;
  const rooms = await listRooms(scope);
  return (
    <>
      <PageHead
        title={words("title")}
        lead={words("lead")}
        back={{ href: "/account/event-types", label: words("back") }}
      />
      {isOrganization ? (
        <>
          <FindRooms
            text={text}
            found={await look(scope, text, problem)}
            known={new Set(rooms.map(({ email }) => email))}
            add={addFoundRoom}
          />
          <Rooms rooms={rooms} add={saveRoom} remove={deleteRoom} />
        </>
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
