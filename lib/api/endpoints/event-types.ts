import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery } from "@/lib/api/page";
import { eventType, eventTypeChange, eventTypeInput, publicEventType } from "@/lib/event-types/schema";

const params = z.object({ id: z.uuid() });

export const listEventTypesEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/event-types",
  access: "read",
  summary: "List your event types, hidden ones too",
  query: pageQuery,
  answer: pageOf(eventType),
});

export const createEventTypeEndpoint = endpoint({
  method: "POST",
  path: "/api/v1/me/event-types",
  access: "all",
  repeatable: true,
  summary: "Add an event type",
  body: eventTypeInput,
  status: 201,
  answer: eventType,
  problems: ["slug_taken", "unknown_schedule"],
});

export const getEventTypeEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/event-types/{id}",
  access: "read",
  summary: "Read an event type",
  params,
  answer: eventType,
  problems: ["not_found"],
});

export const changeEventTypeEndpoint = endpoint({
  method: "PATCH",
  path: "/api/v1/me/event-types/{id}",
  access: "all",
  summary:
    "Change an event type. What you leave out stays the same, null removes an optional value. What a team has locked in your copy can't be changed",
  params,
  body: eventTypeChange,
  answer: eventType,
  problems: ["not_found", "slug_taken", "unknown_schedule", "invalid_request"],
});

export const removeEventTypeEndpoint = endpoint({
  method: "DELETE",
  path: "/api/v1/me/event-types/{id}",
  access: "all",
  summary: "Delete an event type. Its bookings stay",
  params,
  status: 204,
  problems: ["not_found"],
});

export const listPublicEventTypesEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/organizers/{handle}/event-types",
  access: "public",
  summary: "List an organizer's event types, without hidden ones",
  params: z.object({
    handle: z
      .string()
      .min(1)
      .max(63)
      .meta({ examples: ["ines"] }),
  }),
  query: pageQuery,
  answer: pageOf(publicEventType),
  problems: ["not_found"],
});
