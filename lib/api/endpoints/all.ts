import type { Endpoint } from "@/lib/api/endpoint";
import { changeMeEndpoint, getMeEndpoint, listConnectionsEndpoint } from "@/lib/api/endpoints/account";
import { listAuditEndpoint } from "@/lib/api/endpoints/audit";
import * as blocks from "@/lib/api/endpoints/blocks";
import * as bookingLinks from "@/lib/api/endpoints/booking-links";
import * as bookings from "@/lib/api/endpoints/bookings";
import * as calendars from "@/lib/api/endpoints/calendars";
import * as drifts from "@/lib/api/endpoints/drifts";
import * as eventTypes from "@/lib/api/endpoints/event-types";
import { explainEndpoint, explainTeamEndpoint } from "@/lib/api/endpoints/explain";
import { getOpenApiEndpoint } from "@/lib/api/endpoints/openapi";
import * as rooms from "@/lib/api/endpoints/rooms";
import * as schedules from "@/lib/api/endpoints/schedules";
import { listSlotsEndpoint } from "@/lib/api/endpoints/slots";
import * as teams from "@/lib/api/endpoints/teams";
import * as webhooks from "@/lib/api/endpoints/webhooks";

/** Endpoints that belong together: a tag of the OpenAPI document. */
export interface EndpointGroup {
  name: string;
  description: string;
  endpoints: Endpoint[];
}

/** Everything the REST API offers, in the order the document lists it. */
export function listGroups(): EndpointGroup[] {
  return [
    group("Booking pages", "What visitors see and do. Anyone can call these, from any website.", [
      eventTypes.listPublicEventTypesEndpoint,
      listSlotsEndpoint,
      bookings.createBookingEndpoint,
      ...bookingEndpoints.filter(isVisitors),
    ]),
    group("Bookings", "The bookings that you take part in, and what you do with them.", [
      ...bookingEndpoints.filter((one) => !isVisitors(one)),
      ...only(drifts),
    ]),
    group("Event types", "What can be booked with you, with single-use links for it.", [
      ...only(eventTypes).filter((one) => one !== eventTypes.listPublicEventTypesEndpoint),
      explainEndpoint,
      ...only(bookingLinks),
    ]),
    group("Schedules", "When you can be booked.", only(schedules)),
    group("Calendars", "Your connection to Microsoft, and what your calendars are used for.", [
      listConnectionsEndpoint,
      ...only(calendars),
    ]),
    group("Rooms", "Rooms and equipment that your bookings can take.", only(rooms)),
    group("Teams", "Teams, their members, event types, and bookings.", [...only(teams), explainTeamEndpoint]),
    group("Blocked senders", "People whose bookings are held back.", only(blocks)),
    group("Webhooks", "Where Bellhop posts what happens, and what it has posted.", only(webhooks)),
    group("Account", "Whose key it is, and how their pages look.", [getMeEndpoint, changeMeEndpoint]),
    group("Administration", "For admins of this server.", [listAuditEndpoint]),
    group("Description", "The API in the words of OpenAPI.", [getOpenApiEndpoint]),
  ];
}

/** The same without groups. */
export function listEndpoints(): Endpoint[] {
  return listGroups().flatMap(({ endpoints }) => endpoints);
}

/** An endpoint, among schemas and functions that its module shares with its route. */
const isEndpoint = (value: object) => "path" in value && "access" in value;

const only = (module: object): object[] => Object.values(module).filter(isEndpoint);

const bookingEndpoints = only(bookings).filter((one) => one !== bookings.createBookingEndpoint);
const isVisitors = (one: object) => "path" in one && String(one.path).startsWith("/api/v1/bookings/");

function group(name: string, description: string, endpoints: object[]): EndpointGroup {
  // Only the OpenAPI document reads these; what each schema accepts is forgotten on the way.
  return { name, description, endpoints: endpoints as Endpoint[] };
}
