"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { buttonAction, formAction } from "@/lib/reader/action";
import { addListedRoom } from "@/lib/rooms/find-rooms";
import { addRoom, removeRoom } from "@/lib/rooms/rooms";
import { roomForm, toRoomInput } from "@/lib/rooms/schema";

const guard = () => requireOrganizer();

export const saveRoom = formAction({
  guard,
  schema: roomForm,
  async run(input, { who, locale }) {
    const words = translator("rooms", locale);
    const added = await addRoom(who.scope, toRoomInput(input));
    if (!added.ok) return { status: "refused", message: words(`add.refused.${added.error.code}`) };
    revalidatePath("/account/event-types", "layout");
    return { status: "done", message: words("add.done", { name: added.value.name }) };
  },
});

export const addFoundRoom = buttonAction({
  guard,
  schema: z.object({ email: z.string().max(320), q: z.string().max(100).default("") }),
  async run({ email, q }, { who }) {
    const added = await addListedRoom(who.scope, email);
    revalidatePath("/account/event-types", "layout");
    const query = new URLSearchParams({ q, ...(added.ok ? {} : { problem: added.error.code }) });
    redirect(`/account/event-types/rooms?${query}`);
  },
});

export const deleteRoom = buttonAction({
  guard,
  schema: z.object({ id: z.uuid() }),
  async run({ id }, { who }) {
    await removeRoom(who.scope, id);
    revalidatePath("/account/event-types", "layout");
  },
});
