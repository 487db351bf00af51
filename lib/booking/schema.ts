import { z } from "zod";
import { distinctAddresses, readAddressList } from "@/lib/input/addresses";
import { cutText } from "@/lib/input/cut";
import { mailAddress } from "@/lib/input/email";
import { languageTag, line, paragraphs } from "@/lib/input/text";
import { instant, timeZone } from "@/lib/input/time";
import { utmMax } from "@/lib/input/utm";

/** Where the invitation goes: checked by the form browsers use, and it must have an ending. */
export const emailAddress = mailAddress.refine((text) => /\.[^.]{2,}$/.test(text), "email_ending");

const visitor = z.strictObject({
  name: line(200),
  email: emailAddress,
  timeZone,
  locale: languageTag.optional(),
});

/** A guest: a bare address, or one with its name as mail programs write it. What is unclear is named, so that it is found in a list. */
const guestAddress = z
  .string()
  .max(500, "too_long")
  .transform((text, ctx) => {
    const [entry = "", ...more] = readAddressList(text);
    const parsed = emailAddress.safeParse(entry);
    if (more.length === 0 && parsed.success) return parsed.data;
    ctx.addIssue({
      code: "custom",
      message: "guest_form",
      params: { entry: cutText(text.trim(), 100) },
    });
    return z.NEVER;
  });

/** The longest first part of a booking page's address: five handles, with plus signs between them. */
export const addressMax = 5 * 63 + 4;

const answer = z.union([paragraphs(5000), z.boolean(), z.array(line(500)).max(50, "too_many")]);

/** More than the questions of any event type: each answer costs a check. */
const maxAnswers = 100;

const answers = z.preprocess(
  (given, ctx) => {
    const isObject = typeof given === "object" && given !== null;
    if (!isObject || Object.keys(given).length <= maxAnswers) return given;
    ctx.addIssue({ code: "too_big", origin: "map", maximum: maxAnswers, message: "too_many", input: null });
    return z.NEVER;
  },
  z.record(z.string().max(64, "too_long"), answer),
);

const utmValue = line(utmMax).optional();

const bookingFields = z.strictObject({
  handle: z.string().min(1, "required").max(addressMax, "too_long").meta({
    description:
      "Of an organizer, or of a team. Of several members of a team that lets visitors book them together: `ann+bob`, with the minutes as `slug`",
  }),
  slug: z.string().min(1, "required").max(63, "too_long"),
  start: instant,
  host: z.string().min(1, "required").max(63, "too_long").optional().meta({
    description: "The handle of the host to book, where visitors choose. If left out, whoever's turn it is",
  }),
  durationMinutes: z.int("whole_number").min(1, "number_min").max(1440, "number_max").optional(),
  visitor,
  answers: answers.optional(),
  // Counted before repetitions are dropped; the limit that people meet comes after (lib/booking-record/guest-limit.ts).
  guests: z
    .array(guestAddress)
    .max(100, "too_many")
    .optional()
    .meta({
      description:
        "Addresses of whom the visitor brings along, 20 at most; each is invited once, and neither the visitor nor the organizer is a guest",
      examples: [["grace@example.org"]],
    }),
  utm: z
    .strictObject({
      source: utmValue,
      medium: utmValue,
      campaign: utmValue,
      term: utmValue,
      content: utmValue,
    })
    .optional()
    .meta({
      description: "Where the visitor came from, for the organizer: the UTM parameters of the page",
      examples: [{ source: "newsletter", medium: "email" }],
    }),
  link: z
    .string()
    .min(1, "required")
    .max(100, "too_long")
    .optional()
    .meta({ description: "The `link` from a single-use address, which this booking uses up" }),
});

/** What a visitor sends to book, from the page and from the API alike. Guests are named once each, and never the visitor. */
export const bookingRequest = bookingFields.overwrite((request) =>
  request.guests
    ? { ...request, guests: distinctAddresses(request.guests, [request.visitor.email]) }
    : request,
);

export type BookingRequest = z.output<typeof bookingRequest>;

const reason = paragraphs(1000)
  .optional()
  .meta({ description: "Sent to the other person. What a visitor writes is for the organizer alone" });

export const rescheduleRequest = z.strictObject({ start: instant, reason });

export const cancelRequest = z.strictObject({ reason });
