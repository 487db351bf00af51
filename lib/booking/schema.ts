import { z } from "zod";
import { isValidTimeZone } from "@/lib/scheduling/zone";

/** An instant as people and programs write it: ISO 8601 with `Z` or an offset; kept as epoch milliseconds. */
export const instant = z.iso
  .datetime({ offset: true, error: "Write an instant such as 2027-03-01T09:00:00Z." })
  .meta({ description: "ISO 8601 instant, UTC with Z", examples: ["2027-03-01T09:00:00Z"] });

export const timeZone = z
  .string()
  .refine(isValidTimeZone, "This is not a time zone. Write an IANA name such as Europe/Paris.")
  .meta({ description: "IANA time zone", examples: ["Europe/Paris"] });

const personName = z
  .string()
  .trim()
  .min(1, "Please write a name.")
  .max(200, "This name is too long. 200 characters are the most.")
  .refine((text) => !/[\r\n\0]/.test(text), "A name has no line breaks.");

/** Shared by visitors and guests. Domain names are folded to lower case by the mail servers themselves. */
export const emailAddress = z
  .string()
  .trim()
  .max(254, "This address is too long.")
  .pipe(
    z.email({
      pattern: z.regexes.html5Email,
      error: "This is not an e-mail address. It needs a name, an @ and a domain.",
    }),
  )
  .refine(
    (text) => /\.[^.\s]{2,}$/.test(text),
    "This address has no ending, such as .com. Please add it: the invitation goes there.",
  );

export const visitor = z.strictObject({
  name: personName,
  email: emailAddress,
  timeZone,
  locale: z
    .string()
    .regex(
      /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
      "This is not a language tag. Write one such as en or pt-BR.",
    )
    .optional(),
});

const answer = z.union([
  z.string().max(5000, "This answer is too long. 5000 characters are the most."),
  z.boolean(),
  z.array(z.string().max(500)).max(50),
]);

/** What a visitor sends to book, from the page and from the API alike. */
export const bookingRequest = z.strictObject({
  handle: z.string().min(1).max(63),
  slug: z.string().min(1).max(63),
  start: instant,
  durationMinutes: z.int().min(1).max(1440).optional(),
  visitor,
  answers: z.record(z.string().max(64), answer).optional(),
  guests: z.array(emailAddress).max(20, "At most 20 guests.").optional(),
});

export type BookingRequest = z.output<typeof bookingRequest>;

export const rescheduleRequest = z.strictObject({ start: instant });

export const cancelRequest = z.strictObject({
  reason: z.string().trim().max(1000, "This is too long. 1000 characters are the most.").optional(),
});
