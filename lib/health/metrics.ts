/** What Prometheus may read: the process itself, and facts of the database that are cheap to count. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { readLastBackup } from "@/lib/backup/last-backup";
import { ownVersion } from "@/lib/backup/version";
import { countKeptAway } from "@/lib/booking/kept-away";
import { countHeldBack, countWithoutLink } from "@/lib/booking-record/queries";
import { listReceived } from "@/lib/calendars/received";
import { counters } from "@/lib/config/counters";
import { db } from "@/lib/database/client";
import { countConnectionStatuses } from "@/lib/grants/connection-status";
import { countFunnel } from "@/lib/insights/funnel";
import { listOldestJobs, listQueueDepths } from "@/lib/jobs/depth";
import { isWorkerAlive } from "@/lib/jobs/runner";
import { countRefused } from "@/lib/jobs/visitors-first";
import { registration } from "@/lib/registration/registration";
import { daysUntil } from "@/lib/registration/setup-facts";
import { listRefused } from "@/lib/shield/refused";

const globals = globalThis as { bellhopMetrics?: Registry };

/** The exposition text and its content type. Throws when the database does not answer. */
export async function readMetrics(): Promise<{ text: string; contentType: string }> {
  globals.bellhopMetrics ??= createRegistry();
  return { text: await globals.bellhopMetrics.metrics(), contentType: globals.bellhopMetrics.contentType };
}

interface Sample {
  labels?: Record<string, string>;
  value: number;
}

/** A gauge that is asked of the database at each reading. Label values are states of our own, never a person's data. */
function asked(registry: Registry, name: string, help: string, ask: () => Promise<Sample[]>): void {
  const labelNames = labelsOf[name] ?? [];
  const gauge: Gauge = new Gauge({
    name,
    help,
    labelNames,
    registers: [registry],
    async collect() {
      const samples = await ask();
      gauge.reset();
      // Without labels, a reset leaves a 0, which would be a statement.
      if (labelNames.length === 0) gauge.remove();
      for (const { labels = {}, value } of samples) gauge.set(labels, value);
    },
  });
}

const labelsOf: Record<string, string[]> = {
  bellhop_attendance: ["verdict"],
  bellhop_blocks: ["scope"],
  bellhop_booking_lead_seconds: ["quantile"],
  bellhop_booking_page_steps: ["step"],
  bellhop_bookings: ["status"],
  bellhop_bookings_refused: ["because"],
  bellhop_meetings: ["kind", "status"],
  bellhop_connections: ["provider", "state"],
  bellhop_mails: ["status"],
  bellhop_outlook_notifications: ["outcome"],
  bellhop_outlook_subscriptions: ["state"],
  bellhop_jobs: ["queue", "state"],
  bellhop_job_oldest_seconds: ["queue"],
  bellhop_link_seconds: ["quantile"],
  bellhop_build_info: ["version", "build", "node"],
};

function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const counter of Object.values(counters())) registry.registerMetric(counter);
  asked(registry, "bellhop_build_info", "The version and build that this process runs.", describeBuild);
  asked(
    registry,
    "bellhop_job_oldest_seconds",
    "How long the oldest job that could be done has waited, by queue.",
    async () =>
      (await listOldestJobs()).map(({ name, seconds }) => ({ labels: { queue: name }, value: seconds })),
  );
  asked(
    registry,
    "bellhop_link_seconds",
    "Seconds from a booking to its verified Teams link, of the meetings whose link was verified in the last hour, by quantile.",
    measureLinks,
  );
  asked(registry, "bellhop_bookings", "Bookings by status, including past ones.", countBookings);
  asked(
    registry,
    "bellhop_bookings_no_show",
    "Confirmed bookings that are marked as no-shows, since the beginning.",
    async () => [
      { value: await db().booking.count({ where: { status: "confirmed", noShowAt: { not: null } } }) },
    ],
  );
  asked(registry, "bellhop_attendance", "Bookings by what attendance reports say of them.", countAttendance);
  asked(
    registry,
    "bellhop_booking_lead_seconds",
    "Seconds from a booking to its start, of the bookings made in the last day, by quantile.",
    measureLead,
  );
  asked(
    registry,
    "bellhop_booking_page_steps",
    "Booking pages that were opened, and how many led on to times, a form, and a booking, in the last 400 days.",
    async () => (await countFunnel()).map(({ step, count }) => ({ labels: { step }, value: count })),
  );
  asked(registry, "bellhop_bookings_held", "Bookings that wait to be confirmed by mail.", async () => [
    { value: await countHeldBack() },
  ]);
  asked(
    registry,
    "bellhop_bookings_kept_away",
    "Bookings that were rejected or given up before they were confirmed, since the beginning.",
    async () => [{ value: (await countKeptAway("everyone", new Date())).inAll }],
  );
  asked(
    registry,
    "bellhop_bookings_refused",
    "Bookings that this process has refused by a limit, by what they were too many for.",
    async () => listRefused().map(({ because, count }) => ({ labels: { because }, value: count })),
  );
  asked(registry, "bellhop_blocks", "Blocked senders, by whom it concerns.", countBlocks);
  asked(registry, "bellhop_meetings", "Meetings that are not over, by kind and status.", countMeetings);
  asked(
    registry,
    "bellhop_confirmed_without_link",
    "Upcoming confirmed bookings whose Teams link isn't verified. The goal is 0.",
    async () => [{ value: await countWithoutLink(new Date()) }],
  );
  asked(registry, "bellhop_connections", "Connections by provider and state.", countConnections);
  asked(
    registry,
    "bellhop_outlook_notifications",
    "Notifications from Microsoft that this process has received, by outcome.",
    async () => listReceived().map(({ outcome, count }) => ({ labels: { outcome }, value: count })),
  );
  asked(
    registry,
    "bellhop_outlook_subscriptions",
    "Connections by whether Microsoft sends notifications (live), or why not.",
    countSubscriptions,
  );
  asked(
    registry,
    "bellhop_outlook_oldest_reading_seconds",
    "Age of the oldest reading among the calendars that close times.",
    measureCalendarAge,
  );
  asked(
    registry,
    "bellhop_client_secret_days",
    "Whole days until the client secret expires, if its expiry date is known.",
    countSecretDays,
  );
  asked(
    registry,
    "bellhop_bookings_to_tell",
    "Bookings whose emails are due but haven't been written yet.",
    async () => [{ value: await db().booking.count({ where: { mailsDueAt: { lte: new Date() } } }) }],
  );
  asked(
    registry,
    "bellhop_last_backup_timestamp_seconds",
    "When the last backup was made, if there is one.",
    async () => {
      const last = await readLastBackup();
      return last ? [{ value: last.takenAt.getTime() / 1000 }] : [];
    },
  );
  asked(registry, "bellhop_mails", "Mails by status.", countMails);
  asked(registry, "bellhop_jobs", "Jobs by queue and state.", countJobs);
  asked(registry, "bellhop_organizers", "Accounts.", async () => [{ value: await db().user.count() }]);
  asked(registry, "bellhop_worker_alive", "1 while a worker gives signs of life.", async () => [
    { value: (await isWorkerAlive()) ? 1 : 0 },
  ]);
  asked(
    registry,
    "bellhop_requests_refused",
    "Requests that this process has refused to networks that asked most, while more came than it could answer.",
    async () => [{ value: countRefused() }],
  );
  return registry;
}

async function countBookings(): Promise<Sample[]> {
  const groups = await db().booking.groupBy({ by: ["status"], _count: true });
  return groups.map(({ status, _count }) => ({ labels: { status }, value: _count }));
}

async function countAttendance(): Promise<Sample[]> {
  const groups = await db().attendance.groupBy({ by: ["verdict"], _count: true });
  return groups.map(({ verdict, _count }) => ({ labels: { verdict }, value: _count }));
}

const byQuantile = (quantiles: readonly number[], values: readonly number[] | null | undefined): Sample[] =>
  (values ?? []).map((value, place) => ({ labels: { quantile: String(quantiles[place]) }, value }));

async function measureLead(): Promise<Sample[]> {
  const quantiles = [0.5, 0.95];
  const [row] = await db().$queryRaw<{ seconds: number[] | null }[]>`
    SELECT percentile_cont(${quantiles}::float[]) WITHIN GROUP
      (ORDER BY extract(epoch FROM "startsAt" - "createdAt")) AS seconds
    FROM "Booking" WHERE status IN ('pending', 'confirmed') AND "createdAt" > now() - interval '1 day'`;
  return byQuantile(quantiles, row?.seconds);
}

async function countBlocks(): Promise<Sample[]> {
  const [organizers, everyone] = await Promise.all([
    db().block.count({ where: { ownerId: { not: null } } }),
    db().block.count({ where: { ownerId: null } }),
  ]);
  return [
    { labels: { scope: "organizer" }, value: organizers },
    { labels: { scope: "everyone" }, value: everyone },
  ];
}

async function countMeetings(): Promise<Sample[]> {
  const groups = await db().meeting.groupBy({
    by: ["kind", "status"],
    where: { endsAt: { gt: new Date() } },
    _count: true,
  });
  return groups.map(({ kind, status, _count }) => ({ labels: { kind, status }, value: _count }));
}

async function countConnections(): Promise<Sample[]> {
  const groups = await countConnectionStatuses();
  return groups.map(({ provider, state, count }) => ({ labels: { provider, state }, value: count }));
}

async function countSubscriptions(): Promise<Sample[]> {
  const [live, groups] = await Promise.all([
    db().calendarSubscription.count({
      where: { subscriptionId: { not: null }, expiresAt: { gt: new Date() } },
    }),
    db().calendarSubscription.groupBy({ by: ["problem"], where: { subscriptionId: null }, _count: true }),
  ]);
  return [
    { labels: { state: "live" }, value: live },
    ...groups.map(({ problem, _count }) => ({ labels: { state: problem ?? "setting_up" }, value: _count })),
  ];
}

/** How long ago the calendars that keep visitors away were read, the oldest. */
async function measureCalendarAge(): Promise<Sample[]> {
  const [oldest] = await db().$queryRaw<{ seconds: number | null }[]>`
    SELECT extract(epoch FROM now() - min(coalesce(k."syncedAt", k."createdAt")))::float AS seconds
    FROM "SyncedCalendar" k JOIN "MeetingProviderConnection" c ON c.id = k."connectionId"
    WHERE k.blocks AND c.state <> 'reconnect_needed'`;
  return oldest?.seconds == null ? [] : [{ value: oldest.seconds }];
}

async function describeBuild(): Promise<Sample[]> {
  const build = await readFile(/* turbopackIgnore: true */ path.resolve(".next", "BUILD_ID"), "utf8").catch(
    () => "",
  );
  const labels = { version: await ownVersion(), build: build.trim(), node: process.versions.node };
  return [{ labels, value: 1 }];
}

/** Only first links: one that is made again has waited for something else. */
async function measureLinks(): Promise<Sample[]> {
  const quantiles = [0.5, 0.95, 1];
  const [row] = await db().$queryRaw<{ seconds: number[] | null }[]>`
    SELECT percentile_cont(${quantiles}::float[]) WITHIN GROUP
      (ORDER BY extract(epoch FROM "verifiedAt" - "createdAt")) AS seconds
    FROM "Meeting" WHERE kind = 'teams' AND generation = 1 AND "endsAt" > now()
      AND "verifiedAt" > now() - interval '1 hour' AND "createdAt" > now() - interval '1 hour'`;
  return byQuantile(quantiles, row?.seconds);
}

async function countSecretDays(): Promise<Sample[]> {
  const { expiresOn } = await registration();
  return expiresOn ? [{ value: daysUntil(expiresOn, Date.now()) }] : [];
}

async function countMails(): Promise<Sample[]> {
  const groups = await db().mail.groupBy({ by: ["status"], _count: true });
  return groups.map(({ status, _count }) => ({ labels: { status }, value: _count }));
}

async function countJobs(): Promise<Sample[]> {
  const depths = await listQueueDepths();
  return depths.flatMap(({ name, ...states }) =>
    Object.entries(states).map(([state, value]) => ({ labels: { queue: name, state }, value })),
  );
}
