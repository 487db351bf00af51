import { readGuests } from "@/lib/booking-record/stored-visitor";
import { distinctAddresses } from "@/lib/input/addresses";

interface Invited {
  id: string;
  visitorEmail: string;
  /** As the row keeps them. */
  guests: unknown;
}

interface Organizer {
  email: string;
  connections: readonly { accountEmail: string }[];
}

/** The guests of a booking who are to be invited: each once, without the visitor and the organizer, who have their own. PURE. */
export function guestsToInvite({ id, visitorEmail, guests }: Invited, organizer: Organizer): string[] {
  const others = [visitorEmail, organizer.email, ...organizer.connections.map((one) => one.accountEmail)];
  return distinctAddresses(readGuests(guests, id), others);
}
