import { z } from "zod";
import { jsonColumn } from "@/lib/database/json-column";
import { mailAddress } from "@/lib/input/email";
import { line } from "@/lib/input/text";
import { splitFeatures } from "@/lib/rooms/features";

export const roomKinds = ["room", "equipment"] as const;

/** How many rooms an event type can name: as many as one call to Outlook may ask for. */
const namedMax = 20;

const capacity = z.int("whole_number").min(1, "number_min").max(100_000, "number_max");
const building = z.string().trim().max(120, "too_long");
const features = z
  .array(line(60))
  .max(30, "too_many")
  .overwrite((list) => [...new Set(list)]);

/** What a room is like, as one of its organizers types it. */
export const roomInput = z
  .strictObject({
    email: mailAddress
      .overwrite((text) => text.toLowerCase())
      .meta({ description: "The address of its mailbox", examples: ["oak@contoso.com"] }),
    name: line(255).meta({
      description: "Its name exactly as Outlook shows it: another one would be a second place",
      examples: ["Oak"],
    }),
    kind: z.enum(roomKinds).default("room").meta({
      description: "`equipment` is booked like a room, and is no place",
    }),
    capacity: capacity.nullable().default(null).meta({ description: "How many people fit in" }),
    building: building.default(""),
    features: features.default([]).meta({ examples: [["whiteboard"]] }),
  })
  .meta({ id: "RoomInput" });

export type RoomInput = z.output<typeof roomInput>;

const needFields = {
  match: z.enum(["all", "any"]).meta({
    description:
      "`all`: each of `roomIds` is booked. `any`: one that fits, among `roomIds` or, if there are none, all of the organization",
  }),
  roomIds: z
    .array(z.uuid("uuid_form"))
    .max(namedMax, "too_many")
    .overwrite((ids) => [...new Set(ids)])
    .default([]),
  capacity: capacity.optional().meta({ description: "With `any`: people who have to fit in" }),
  building: building.min(1).optional().meta({ description: "With `any`: the building it has to be in" }),
  features: features.default([]).meta({ description: "With `any`: all that it has to have" }),
};

/** The rooms that each booking of an event type needs. */
export const roomNeed = z
  .strictObject(needFields)
  .refine(({ match, roomIds }) => match === "any" || roomIds.length > 0, {
    path: ["roomIds"],
    error: "rooms_missing",
  })
  .meta({ id: "RoomNeed" });

export type RoomNeed = z.output<typeof roomNeed>;

/** The rooms that an event type needs; null: none. */
export const readRoomNeed = jsonColumn("EventType.rooms", z.object(needFields).nullable());

/** The same as the fields of a form. */
export const roomForm = z.object({
  email: roomInput.shape.email,
  name: roomInput.shape.name,
  kind: roomInput.shape.kind,
  capacity: z
    .string()
    .trim()
    .default("")
    .transform((text) => (text === "" ? null : Number(text)))
    .pipe(capacity.nullable()),
  building: roomInput.shape.building,
  features: z.string().default("").transform(splitFeatures).pipe(features),
});

/** What a form says of a room. */
export const toRoomInput = (form: z.output<typeof roomForm>): RoomInput => form;
