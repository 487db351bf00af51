import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery } from "@/lib/api/page";
import { schedule, scheduleChange, scheduleInput } from "@/lib/schedules/schema";

const params = z.object({ id: z.uuid() });

export const listSchedulesEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/schedules",
  access: "read",
  summary: "List your schedules",
  query: pageQuery,
  answer: pageOf(schedule),
});

export const createScheduleEndpoint = endpoint({
  method: "POST",
  path: "/api/v1/me/schedules",
  access: "all",
  repeatable: true,
  summary: "Add a schedule",
  body: scheduleInput,
  status: 201,
  answer: schedule,
  problems: ["unknown_holidays"],
});

export const getScheduleEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/schedules/{id}",
  access: "read",
  summary: "Read a schedule",
  params,
  answer: schedule,
  problems: ["not_found"],
});

export const changeScheduleEndpoint = endpoint({
  method: "PATCH",
  path: "/api/v1/me/schedules/{id}",
  access: "all",
  summary: "Change a schedule. What you leave out stays the same",
  params,
  body: scheduleChange,
  answer: schedule,
  problems: ["not_found", "unknown_holidays"],
});

const holiday = z
  .object({
    date: z.iso.date(),
    id: z.string().meta({ description: "For `keepOpen`", examples: ["whit-monday"] }),
    name: z.string(),
    closed: z.boolean().meta({ description: "Not kept open. A date override may still open it" }),
  })
  .meta({ id: "Holiday" });

export const listHolidaysEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/schedules/{id}/holidays",
  access: "read",
  summary: "List the holidays of a year that a schedule closes or keeps open",
  params,
  query: z.strictObject({
    year: z.coerce
      .number()
      .int("whole_number")
      .min(2000, "number_min")
      .max(2100, "number_max")
      .optional()
      .meta({ description: "If left out, this year" }),
  }),
  answer: z.object({ items: z.array(holiday), nextCursor: z.null() }),
  problems: ["not_found"],
});

export const removeScheduleEndpoint = endpoint({
  method: "DELETE",
  path: "/api/v1/me/schedules/{id}",
  access: "all",
  summary: "Delete a schedule that no event type uses",
  params,
  status: 204,
  problems: ["not_found", "schedule_in_use", "last_schedule"],
});
