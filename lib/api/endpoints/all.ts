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
import * as schedules from "@/lib/api/endpoints/schedules";
import { listSlotsEndpoint } from "@/lib/api/endpoints/slots";
import * as teams from "@/lib/api/endpoints/teams";
import * as webhooks from "@/lib/api/endpoints/webhooks";

/** Everything the REST API offers, in the order the document lists it. */
export function listEndpoints(): Endpoint[] {
  // Only the OpenAPI document reads these; what each schema accepts is forgotten on the way.
  return [
    getOpenApiEndpoint,
    getMeEndpoint,
    changeMeEndpoint,
    ...Object.values(schedules),
    ...Object.values(eventTypes),
    explainEndpoint,
    ...Object.values(bookingLinks).filter(isEndpoint),
    listConnectionsEndpoint,
    ...Object.values(calendars).filter(isEndpoint),
    listSlotsEndpoint,
    ...Object.values(bookings).filter(isEndpoint),
    ...Object.values(drifts).filter(isEndpoint),
    ...Object.values(blocks).filter(isEndpoint),
    ...Object.values(teams).filter(isEndpoint),
    explainTeamEndpoint,
    ...Object.values(webhooks).filter(isEndpoint),
    listAuditEndpoint,
  ] as unknown as Endpoint[];
}

/** An endpoint, among schemas and functions that its module shares with its route. */
const isEndpoint = (value: object) => "path" in value && "access" in value;
