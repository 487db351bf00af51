import { getNoteEndpoint, saveNoteEndpoint } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { getPrivateNote, savePrivateNote } from "@/lib/booking/private-note";
import { getOwnBooking } from "@/lib/booking-record/queries";
import { err, ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getNoteEndpoint, async ({ organizer, params: { id } }) => {
    if (!(await getOwnBooking(organizer.scope, id))) return err("not_found");
    return ok({ note: await getPrivateNote(organizer.scope, id) });
  }),
  serve(saveNoteEndpoint, async ({ organizer, params: { id }, body: { note } }) => {
    const isSaved = await savePrivateNote(organizer.scope, id, note);
    return isSaved ? ok({ note }) : err("not_found");
  }),
);
