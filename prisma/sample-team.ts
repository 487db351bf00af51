/** The demo's team: three people, one of them connected to Outlook, and a week in which turns can be seen. */
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { book } from "@/lib/booking/book";
import { completeConnect, startConnect } from "@/lib/connections/connect";
import { db } from "@/lib/database/client";
import { identify } from "@/lib/input/request-identity";
import { getOffer } from "@/lib/offers/offer";
import { listOfferedSlots } from "@/lib/offers/slots";
import { localDateOf } from "@/lib/slot-engine/zone";
import { createTeamEventType } from "@/lib/teams/event-types";
import { teamEventTypeInput } from "@/lib/teams/schema";
import { findTeamScope } from "@/lib/teams/scope";
import { createTeam } from "@/lib/teams/teams";
import { signInAs } from "@/tests/emulator/person";

const handle = "moreau-partners";
const dayMs = 24 * 3600 * 1000;

/** Makes the team, once. The first of its people owns it. */
export async function makeSampleTeam(people: { ines: string; theo: string; noor: string }): Promise<void> {
  if ((await db().handle.count({ where: { handle } })) > 0) return;
  const owner = scopeWithoutRequest(people.ines);
  const made = await createTeam(owner, { name: "Moreau & Partners", handle });
  if (!made.ok) throw new Error(made.error.code);
  const { id: teamId } = made.value;
  await db().teamMember.createMany({
    data: [
      { teamId, userId: people.theo, role: "admin" },
      { teamId, userId: people.noor, role: "member" },
    ],
  });
  await connect(scopeWithoutRequest(people.theo), "theo.lindqvist@contoso.example");
  const scope = await findTeamScope({ scope: owner, role: "organizer" }, teamId);
  if (!scope) throw new Error("The team is gone.");
  for (const input of eventTypesOf(people)) {
    const saved = await createTeamEventType(scope, teamEventTypeInput.parse(input));
    if (!saved.ok) throw new Error(saved.error.code);
  }
  await bookTurns();
}

function eventTypesOf({ ines, theo, noor }: { ines: string; theo: string; noor: string }) {
  return [
    {
      slug: "phone-advice",
      title: "Advice by phone",
      description:
        "A quarter of an hour with whoever of us is free. Ines and Noor take a turn each, Theo takes two.",
      durationsMinutes: [15],
      minimumNoticeMinutes: 60,
      location: { kind: "phone", value: "+33 4 72 00 00 00" },
      hostChoice: "visitor",
      hosts: [
        { userId: ines, kind: "rotating" },
        { userId: theo, kind: "rotating", weight: 200 },
        { userId: noor, kind: "rotating" },
      ],
    },
    {
      slug: "onboarding",
      title: "Onboarding",
      description: "Theo sets things up with you, and one of us who will look after you from then on joins.",
      durationsMinutes: [45],
      location: { kind: "teams" },
      hosts: [
        { userId: theo, kind: "fixed" },
        { userId: ines, kind: "rotating" },
        { userId: noor, kind: "rotating" },
      ],
    },
  ];
}

/** The whole way from Connect to Microsoft and back, as a browser makes it. */
async function connect(scope: OwnerScope, email: string): Promise<void> {
  const asked = { scope, returnTo: "/account/integrations", popup: false, selectAccount: false };
  const started = await startConnect(asked);
  if (!started.ok) return;
  const back = new URL(await signInAs(started.value.redirectTo, { email }));
  await completeConnect(scope, back.searchParams, [started.value.cookie]);
}

const visitors = [
  { name: "Marta Kowalska", email: "marta@kowalska.example", timeZone: "Europe/Warsaw" },
  { name: "Luca Bianchi", email: "luca@bianchi.example", timeZone: "Europe/Rome" },
  { name: "Hanna Virtanen", email: "hanna@virtanen.example", timeZone: "Europe/Helsinki" },
  { name: "Diego Ramos", email: "diego@ramos.example", timeZone: "Europe/Madrid" },
  { name: "Aiko Tanaka", email: "aiko@tanaka.example", timeZone: "Asia/Tokyo" },
  { name: "Claire Dubois", email: "claire@dubois.example", timeZone: "Europe/Paris" },
  { name: "Owen Price", email: "owen@price.example", timeZone: "Europe/London" },
  { name: "Elena Petrova", email: "elena@petrova.example", timeZone: "Europe/Sofia" },
];

/** Books each of them a while after the one before, through the same door as everyone. */
async function bookTurns(): Promise<void> {
  const slug = "phone-advice";
  const timeZone = "Europe/Paris";
  for (const [nth, visitor] of visitors.entries()) {
    const offer = await getOffer(db(), handle, slug);
    if (!offer) return;
    const date = (days: number) => localDateOf(Date.now() + days * dayMs, timeZone);
    const range = { from: date(1), to: date(9), timeZone, durationMinutes: 15 };
    const { slots } = await listOfferedSlots(offer, range);
    const slot = slots[nth * 18];
    if (!slot) continue;
    const request = { handle, slug, start: new Date(slot.start).toISOString(), visitor };
    await book(request, { identity: identify(["sample", visitor.email], request) });
  }
}
