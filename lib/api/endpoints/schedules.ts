import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery } from "@/lib/api/page";
import { schedule, scheduleChange, scheduleInput } from "@/lib/schedules/schema";

const params = z.object({ id: z.uuid() });

export const listSchedulesEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/schedules",
  access: "key",
  summary: "List your schedules",
  query: pageQuery,
  answer: pageOf(schedule),
});

export const createScheduleEndpoint = endpoint({
  method: "POST",
  path: "/api/v1/me/schedules",
  access: "key",
  summary: "Add a schedule",
  body: scheduleInput,
  status: 201,
  answer: schedule,
  problems: ["unknown_holidays"],
});

export const getScheduleEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/schedules/{id}",
  access: "key",
  summary: "Read a schedule",
  params,
  answer: schedule,
  problems: ["not_found"],
});

export const changeScheduleEndpoint = endpoint({
  method: "PATCH",
  path: "/api/v1/me/schedules/{id}",
  access: "key",
  summary: "Change a schedule; what you leave out stays",
  params,
  body: scheduleChange,
  answer: schedule,
  problems: ["not_found", "unknown_holidays"],
});

export const removeScheduleEndpoint = endpoint({
  method: "DELETE",
  path: "/api/v1/me/schedules/{id}",
  access: "key",
  summary: "Delete a schedule that no event type uses",
  params,
  status: 204,
  problems: ["not_found", "schedule_in_use", "last_schedule"],
});
