/** Easy!Appointments' API v1: the answers of `/services` and `/providers`, and of `/appointments` and `/customers` if they're there. */
import { z } from "zod";
import {
  clock,
  type Draft,
  type DraftBooking,
  instantIn,
  listed,
  placeOf,
  readBookings,
  slugOf,
  weekdayOf,
} from "@/lib/imports/draft";

const span = z.object({ start: z.string(), end: z.string() });
const day = span.extend({ breaks: z.array(span).nullish() }).nullable();

const provider = z.object({
  id: z.number(),
  firstName: z.string(),
  lastName: z.string(),
  services: z.array(z.number()).default([]),
  timezone: z.string().default("UTC"),
  settings: z.object({
    workingPlan: z.record(z.string(), day),
    workingPlanExceptions: z.union([z.record(z.string(), day), z.array(z.never())]).nullish(),
  }),
});

const service = z.object({
  id: z.number(),
  name: z.string(),
  duration: z.int(),
  description: z.string().nullish(),
  location: z.string().nullish(),
});

const appointment = z.object({
  id: z.number(),
  start: z.string(),
  end: z.string(),
  serviceId: z.number(),
  providerId: z.number(),
  customerId: z.number(),
  location: z.string().nullish(),
  status: z.string().nullish(),
});

const customer = z.object({
  id: z.number(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  email: z.string(),
  timezone: z.string().nullish(),
});

export const easyAppointmentsFile = z.object({
  services: listed(service),
  providers: listed(provider).default([]),
  appointments: listed(z.unknown()).default([]),
  customers: listed(customer).default([]),
});

export function readEasyAppointments(file: z.output<typeof easyAppointmentsFile>): Draft {
  const { bookings, remarks } = readBookings(file.appointments, appointment, (one) => toBooking(one, file));
  return {
    source: "easyappointments",
    schedules: file.providers.map(({ id, firstName, lastName, timezone, settings }) => ({
      key: `${id}`,
      input: {
        name: `${firstName} ${lastName}`.trim(),
        timeZone: timezone,
        weekly: Object.entries(settings.workingPlan).flatMap(([name, hours]) =>
          windowsOf(hours).map((window) => ({ days: [weekdayOf(name)], ...window })),
        ),
        overrides: Object.entries(settings.workingPlanExceptions ?? {}).map(([date, hours]) => ({
          date,
          windows: windowsOf(hours),
        })),
      },
      remarks: [],
    })),
    eventTypes: file.services.map(({ id, name, duration, description, location }) => {
      const provider = file.providers.find(({ services }) => services.includes(id));
      return {
        key: `${id}`,
        scheduleKey: provider && `${provider.id}`,
        input: {
          title: name,
          slug: slugOf(name),
          description: description ?? "",
          durationsMinutes: [duration],
          location: location ? { kind: "in_person", value: location } : { kind: "none" },
        },
        remarks: [],
      };
    }),
    bookings,
    remarks,
  };
}

/** Its times are in the zone of its provider. */
function toBooking(
  { id, start, end, serviceId, providerId, customerId, location, status }: z.output<typeof appointment>,
  { providers, customers }: z.output<typeof easyAppointmentsFile>,
): DraftBooking | null {
  const customer = customers.find((one) => one.id === customerId);
  const zone = providers.find((one) => one.id === providerId)?.timezone;
  if (!customer || !zone || !/^(?:Booked|Confirmed)?$/i.test(status ?? "")) return null;
  const { firstName, lastName, email, timezone: timeZone } = customer;
  const name = [firstName, lastName].filter(Boolean).join(" ");
  return {
    key: `${id}`,
    eventTypeKey: `${serviceId}`,
    start: instantIn(zone, start),
    end: instantIn(zone, end),
    visitor: { name: name || email, email, timeZone },
    guests: [],
    answers: {},
    ...placeOf(null, location),
  };
}

/** A day's hours without its breaks. */
function windowsOf(hours: z.output<typeof day>): { start: string; end: string }[] {
  if (!hours) return [];
  const breaks = (hours.breaks ?? []).toSorted((a, b) => a.start.localeCompare(b.start));
  const starts = [hours.start, ...breaks.map(({ end }) => end)];
  const ends = [...breaks.map(({ start }) => start), hours.end];
  return starts
    .map((start, index) => ({ start: clock(start), end: clock(ends[index] ?? hours.end, true) }))
    .filter(({ start, end }) => start < end);
}
