import { z } from "zod";
import { emailChecks } from "@/lib/booking-record/awaits";
import { defaultChangePolicy, reasonRules } from "@/lib/booking-record/change-policy";
import { questionKinds } from "@/lib/booking-record/questions";
import { forEachNumber } from "@/lib/event-types/numbers";
import { defaultSubjectTemplate, findUnknownPlaceholder } from "@/lib/format/subject";
import { shippedTags } from "@/lib/i18n/languages";
import { atMostEntries } from "@/lib/input/entries";
import { siteOrigin } from "@/lib/input/site-origin";
import { isHttpsAddress, line, paragraphs } from "@/lib/input/text";
import { defaultMeetingOptions } from "@/lib/meetings/option-choices";
import { extraMeetingOptionFields, meetingOptionFields } from "@/lib/meetings/options";
import { defaultNotifications } from "@/lib/notices/defaults";
import { notificationFields } from "@/lib/notices/preferences";
import { roomNeed } from "@/lib/rooms/schema";

const dayMinutes = 24 * 60;
const yearMinutes = 366 * dayMinutes;

const isUnique = (values: readonly unknown[]) => new Set(values).size === values.length;

const whole = (min: number, max: number) =>
  z
    .int({ error: ({ input }) => (input === undefined ? undefined : "whole_number") })
    .min(min, "number_min")
    .max(max, "number_max");

/** Left out and null both mean: not set. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().optional();

// Names that pages below an organizer's address may want one day.
const reservedSlugs = ["apple-icon", "embed", "icon", "opengraph-image", "twitter-image"];

/** The last part of a booking page's address; the database checks the same form. */
const slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "slug_form")
  .refine((text) => !reservedSlugs.includes(text), "slug_reserved")
  .meta({ description: "The end of the booking page's address", examples: ["first-consultation"] });

const https = z.string().trim().max(2000, "too_long").refine(isHttpsAddress, "https_link");

const phone = line(60).refine((text) => (text.match(/\d/g) ?? []).length >= 3, "phone_form");

const linkPlace = z.strictObject({
  kind: z.literal("link"),
  value: https.meta({
    description: "https address of the meeting room",
    examples: ["https://meet.example.com/ines"],
  }),
});
const phonePlace = z.strictObject({
  kind: z.literal("phone"),
  value: phone.meta({ description: "Number the visitor calls", examples: ["+33 1 23 45 67 89"] }),
});
const inPersonPlace = z.strictObject({
  kind: z.literal("in_person"),
  value: line(300).meta({ description: "Address", examples: ["12 Rue des Lilas, Paris"] }),
});
const noPlace = z.strictObject({ kind: z.literal("none") });
const teamsPlace = z.strictObject({ kind: z.literal("teams") });

const location = z
  .discriminatedUnion("kind", [teamsPlace, linkPlace, phonePlace, inPersonPlace, noPlace], {
    error: "location_kind",
  })
  .meta({ description: "Where the appointment takes place", examples: [{ kind: "teams" }] });

const fallbackLocation = optional(
  z.discriminatedUnion("kind", [linkPlace, phonePlace, inPersonPlace, noPlace], {
    error: "fallback_location_kind",
  }),
).meta({
  description: "Alternative location if the Teams meeting can't be created. If left out, there is none",
});

const bookingWindow = z
  .discriminatedUnion(
    "kind",
    [
      z.strictObject({ kind: z.literal("rolling"), days: whole(0, 3650) }),
      z.strictObject({ kind: z.literal("rolling_bookable"), days: whole(0, 1000) }),
      z
        .strictObject({
          kind: z.literal("range"),
          from: z.iso.date("date_form"),
          to: z.iso.date("date_form"),
        })
        .refine((range) => range.from <= range.to, { path: ["to"], error: "range_end_first" }),
      z.strictObject({ kind: z.literal("none") }),
    ],
    { error: "window_kind" },
  )
  .meta({
    description:
      "How far ahead visitors can book. `days: 2` is today, tomorrow, and the day after. `rolling_bookable` counts only days with open hours",
    examples: [{ kind: "rolling", days: 60 }],
  });

const question = z
  .strictObject({
    id: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "question_id_form")
      .refine((id) => !(id in {}), "question_id_form")
      .meta({ description: "The answer's name in `answers`", examples: ["topic"] }),
    label: line(200).meta({ examples: ["What would you like to talk about?"] }),
    hint: line(300)
      .optional()
      .meta({ description: "Help text, shown below the question", examples: ["A few words are enough."] }),
    kind: z.enum(questionKinds, { error: "question_kind" }).meta({
      description:
        "text: one line · multiline · select: one of `options` · checkbox: yes or no, and a required one must be ticked · phone · url",
    }),
    required: z.boolean().default(false),
    options: z
      .array(line(200))
      .max(100, "too_many")
      .refine(isUnique, "option_repeated")
      .optional()
      .meta({ description: "Only for `select`" }),
  })
  .superRefine(({ kind, options }, ctx) => {
    const issue = (message: string) =>
      ctx.addIssue({ code: "custom", path: ["options"], message, input: options });
    if (kind === "select" && !options?.length) issue("options_missing");
    if (kind !== "select" && options) issue("options_unexpected");
  });

const questions = z
  .array(question)
  .max(50, "too_many")
  .superRefine((list, ctx) => {
    const seen = new Set<string>();
    for (const [index, { id }] of list.entries()) {
      if (seen.has(id))
        ctx.addIssue({ code: "custom", path: [index, "id"], message: "question_id_repeated" });
      seen.add(id);
    }
  })
  .meta({ description: "Asked in addition to name and email" });

const isKnown = (template: string) => findUnknownPlaceholder(template) === null;

/** The organizer's own words in mails to visitors. */
const mailWords = {
  mailGreeting: paragraphs(500).refine(isKnown, "placeholder_unknown"),
  mailClosing: paragraphs(1000).refine(isKnown, "placeholder_unknown"),
};

const ownWords = z.strictObject({
  title: line(120).optional(),
  description: paragraphs(5000).optional(),
  mailGreeting: mailWords.mailGreeting.optional(),
  mailClosing: mailWords.mailClosing.optional(),
  questions: z
    .record(
      z.string().max(64, "too_long"),
      z.strictObject({
        label: line(200).optional(),
        hint: line(300).optional(),
        options: z
          .record(z.string().max(1000, "too_long"), line(200))
          .check(atMostEntries(100))
          .optional()
          .meta({
            description: "By the option as the event type names it, which is also what answers contain",
          }),
      }),
    )
    .check(atMostEntries(50))
    .optional()
    .meta({ description: "By the question's `id`" }),
});

const languages = z.enum(shippedTags);

const translationsMeta = {
  description:
    "What visitors read instead in other languages, on pages, in emails, and in calendars. What is left out there is said in the words above",
  examples: [{ de: { title: "Erstgespräch" } }],
};

const translations = z.partialRecord(languages, ownWords).meta(translationsMeta);

/** What a form of own words in one language holds; empty fields are left out of what is stored. */
export const ownWordsForm = z.object({
  eventTypeId: z.string(),
  language: languages,
  title: line(120, 0),
  description: paragraphs(5000),
  ...mailWords,
  questions: z
    .array(
      z.object({
        id: z.string(),
        label: line(200, 0),
        hint: line(300, 0),
        options: z.array(z.object({ value: z.string(), label: line(200, 0) })).max(100),
      }),
    )
    .max(50),
});

const meetingOptions = {
  ...meetingOptionFields,
  transcription: optional(extraMeetingOptionFields.transcription),
  chat: optional(extraMeetingOptionFields.chat),
  entryExitTones: optional(extraMeetingOptionFields.entryExitTones),
  attendeeMic: optional(extraMeetingOptionFields.attendeeMic),
  attendeeCamera: optional(extraMeetingOptionFields.attendeeCamera),
  spokenLanguage: optional(extraMeetingOptionFields.spokenLanguage),
  coOrganizers: optional(extraMeetingOptionFields.coOrganizers),
  presenters: optional(extraMeetingOptionFields.presenters),
};

const subjectTemplate = line(200)
  .refine(isKnown, "placeholder_unknown")
  .meta({
    description: "Subject of the calendar event. Can contain {name} (organizer), {visitor}, and {title}",
    examples: [defaultSubjectTemplate],
  });

const changePolicy = {
  cancelMinutes: whole(0, yearMinutes).nullable().meta({
    description:
      "Visitors can cancel until this many minutes before the start. 0: until it ends, null: never",
  }),
  rescheduleMinutes: whole(0, yearMinutes).nullable().meta({
    description: "Visitors can reschedule until this many minutes before the start. null: never",
  }),
  reason: z.enum(reasonRules).meta({ description: "Whether visitors are asked for a reason" }),
};

const fields = {
  slug,
  title: line(120).meta({ examples: ["First consultation"] }),
  description: paragraphs(5000).meta({ description: "Plain text, can be empty" }),
  durationsMinutes: z
    .array(whole(1, dayMinutes))
    .min(1, "duration_missing")
    .max(20, "too_many")
    .refine(isUnique, "duration_repeated")
    .meta({
      description: "The durations a visitor can choose from. The first is preselected",
      examples: [[30]],
    }),
  ...forEachNumber((_, { min, max, description }) => optional(whole(min, max)).meta({ description })),
  bufferBeforeMinutes: whole(0, dayMinutes),
  bufferAfterMinutes: whole(0, dayMinutes),
  minimumNoticeMinutes: whole(0, yearMinutes),
  window: bookingWindow,
  scheduleId: z.uuid("uuid_form").meta({ description: "If left out, the organizer's default schedule" }),
  location,
  fallbackLocation,
  requiresApproval: z
    .boolean()
    .meta({ description: "Bookings need the organizer's approval, and their time is held" }),
  rescheduleNeedsApproval: z.boolean().meta({
    description:
      "With `requiresApproval`: a visitor who moves an approved booking has to be approved again. The new time is held, the old one is given up",
  }),
  approvalHours: whole(1, 8760)
    .nullable()
    .meta({
      description: "After this time, a booking without approval is declined. null: at its start",
      examples: [48],
    }),
  invitations: z.enum(["outlook", "bellhop"]).meta({
    description:
      "Who sends the one invitation: `outlook` has the visitor in the event; `bellhop` mails it, with the same UID. Without a connected calendar Bellhop does",
  }),
  outlookChanges: z.enum(["apply", "ask", "ignore"]).meta({
    description:
      "What becomes of a booking whose Outlook event was moved or deleted: `apply` follows and notifies the visitor, `ask` puts it before the organizer, `ignore` leaves the booking as it is. A visitor who declines or proposes another time is always put before the organizer, or ignored",
  }),
  questions,
  translations,
  mailGreeting: mailWords.mailGreeting.meta({
    description:
      "What emails to visitors about their bookings begin with. Plain text that can contain {visitor}, {name} (organizer), and {title}. Empty: the usual greeting. The email that asks to confirm an address doesn't have it",
    examples: ["Dear {visitor},"],
  }),
  mailClosing: mailWords.mailClosing.meta({
    description: "What they end with, under the same rules. Guests read it too. Empty: nothing",
    examples: ["Kind regards,\n{name}"],
  }),
  subjectTemplate,
  hidden: z.boolean().meta({ description: "Not listed. Anyone with the address can still book" }),
  emailCheck: z.enum(emailChecks).meta({
    description:
      "Whether visitors confirm their email address before a booking has any effect: `always`, `never`, or only for a `suspicious` booking. Until then the booking is pending, holds its time for 30 minutes, and emails only that address, once. Single-use links and your own API key need no confirmation",
  }),
  rooms: optional(roomNeed).meta({
    description:
      "Rooms and equipment that each booking takes. A time is offered only when they are free. If left out, none",
  }),
  requiresLink: z.boolean().meta({
    description: "Not listed, and only visitors with a single-use link can book",
  }),
  preferAdjacentTimes: z.boolean().meta({
    description:
      "The booking page marks times right before or after bookings and busy time as preferred. All times can still be booked",
  }),
  redirectUrl: optional(https).meta({
    description:
      "Where a visitor is sent once they have booked, with `booking` in its query; left out: to their booking's page",
    examples: ["https://www.example.com/thanks"],
  }),
  embedOrigins: z
    .array(siteOrigin)
    .max(50, "too_many")
    .overwrite((origins) => [...new Set(origins)])
    .meta({
      description:
        "Websites that may show the booking page in a frame, as origins: https, or http for localhost. Empty: none",
      examples: [["https://www.example.com"]],
    }),
};

const notificationsInput = z.strictObject({
  confirmation: notificationFields.confirmation.default(defaultNotifications.confirmation),
  rescheduled: notificationFields.rescheduled.default(defaultNotifications.rescheduled),
  cancelled: notificationFields.cancelled.default(defaultNotifications.cancelled),
  decision: notificationFields.decision.default(defaultNotifications.decision),
  reminderMinutes: notificationFields.reminderMinutes.default(defaultNotifications.reminderMinutes),
  followUpMinutes: notificationFields.followUpMinutes.default(defaultNotifications.followUpMinutes),
  noShow: notificationFields.noShow.default(defaultNotifications.noShow),
  organizerRequest: notificationFields.organizerRequest.default(defaultNotifications.organizerRequest),
  organizerCopies: notificationFields.organizerCopies.default(defaultNotifications.organizerCopies),
  textConfirmation: notificationFields.textConfirmation.default(false),
  textReminders: notificationFields.textReminders.default(false),
});

/** What a new event type needs; everything but slug, title, durations and location has a default. */
export const eventTypeInput = z
  .strictObject({
    ...fields,
    description: fields.description.default(""),
    bufferBeforeMinutes: fields.bufferBeforeMinutes.default(0),
    bufferAfterMinutes: fields.bufferAfterMinutes.default(0),
    minimumNoticeMinutes: fields.minimumNoticeMinutes.default(240),
    window: fields.window.default({ kind: "rolling", days: 60 }),
    scheduleId: fields.scheduleId.optional(),
    requiresApproval: fields.requiresApproval.default(false),
    rescheduleNeedsApproval: fields.rescheduleNeedsApproval.default(true),
    approvalHours: fields.approvalHours.default(48),
    invitations: fields.invitations.default("outlook"),
    outlookChanges: fields.outlookChanges.default("apply"),
    notifications: notificationsInput.default(defaultNotifications),
    questions: fields.questions.default([]),
    translations: fields.translations.default({}),
    mailGreeting: fields.mailGreeting.default(""),
    mailClosing: fields.mailClosing.default(""),
    subjectTemplate: fields.subjectTemplate.default(defaultSubjectTemplate),
    hidden: fields.hidden.default(false),
    emailCheck: fields.emailCheck.default("suspicious"),
    requiresLink: fields.requiresLink.default(false),
    preferAdjacentTimes: fields.preferAdjacentTimes.default(false),
    embedOrigins: fields.embedOrigins.default([]),
    changePolicy: z
      .strictObject({
        cancelMinutes: changePolicy.cancelMinutes.default(defaultChangePolicy.cancelMinutes),
        rescheduleMinutes: changePolicy.rescheduleMinutes.default(defaultChangePolicy.rescheduleMinutes),
        reason: changePolicy.reason.default(defaultChangePolicy.reason),
      })
      .default(defaultChangePolicy),
    meetingOptions: z
      .strictObject({
        ...meetingOptions,
        lobby: meetingOptions.lobby.default(defaultMeetingOptions.lobby),
        recordAutomatically: meetingOptions.recordAutomatically.default(false),
        allowedPresenters: meetingOptions.allowedPresenters.default(defaultMeetingOptions.allowedPresenters),
      })
      .default(defaultMeetingOptions),
  })
  .meta({ id: "EventTypeInput" });

/** What of an event type should change; what is left out stays, null takes an optional value away. */
export const eventTypeChange = z
  .strictObject({
    ...fields,
    meetingOptions: z.strictObject(meetingOptions).partial(),
    notifications: z.strictObject(notificationFields).partial(),
    changePolicy: z.strictObject(changePolicy).partial(),
    translations: z.partialRecord(languages, ownWords.nullable()).meta({
      description: "By language: what is given takes the place of all words there, null takes them away",
    }),
  })
  .partial()
  .meta({ id: "EventTypeChange" });

/** An event type as its organizer reads it; optional values that are not set are left out. */
export const eventType = z
  .object({
    id: z.uuid(),
    ...fields,
    ...forEachNumber(() => z.int().optional()),
    redirectUrl: z.string().optional(),
    rooms: roomNeed.optional(),
    fallbackLocation: fallbackLocation.unwrap().unwrap().optional(),
    meetingOptions: z.object({
      ...meetingOptionFields,
      transcription: extraMeetingOptionFields.transcription.optional(),
      chat: extraMeetingOptionFields.chat.optional(),
      entryExitTones: extraMeetingOptionFields.entryExitTones.optional(),
      attendeeMic: extraMeetingOptionFields.attendeeMic.optional(),
      attendeeCamera: extraMeetingOptionFields.attendeeCamera.optional(),
      spokenLanguage: extraMeetingOptionFields.spokenLanguage.optional(),
      coOrganizers: extraMeetingOptionFields.coOrganizers.optional(),
      presenters: extraMeetingOptionFields.presenters.optional(),
    }),
    notifications: z.object(notificationFields),
    changePolicy: z.object(changePolicy),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "EventType" });

/** What everyone may know of an event type: only people who have booked see the place itself. */
export const publicEventType = eventType
  .pick({
    id: true,
    slug: true,
    title: true,
    description: true,
    durationsMinutes: true,
    requiresApproval: true,
    seats: true,
    questions: true,
    translations: true,
  })
  .extend({
    location: z.object({ kind: z.enum(["teams", "link", "phone", "in_person", "none"]) }),
    translations: z
      .partialRecord(languages, ownWords.omit({ mailGreeting: true, mailClosing: true }))
      .meta(translationsMeta),
  })
  .meta({ id: "PublicEventType" });

export type EventTypeInput = z.output<typeof eventTypeInput>;
export type EventTypeChange = z.output<typeof eventTypeChange>;
export type EventType = z.output<typeof eventType>;
export type PublicEventType = z.output<typeof publicEventType>;
export type Location = EventType["location"];
