/** The network that a held booking came from, kept so that its organizer can block it: sealed, and no longer than it waits. */
import { seal, unseal } from "@/lib/encryption/cipher";

export const networkPurpose = "AddressCheck.Network.v1";

/** The column of a booking's address check; null where the network says nothing about its sender. */
export function sealNetwork(bookingId: string, network: string | null): string | null {
  return network === null ? null : seal(network, { purpose: networkPurpose, row: bookingId });
}

/** The network of a stored check; null where none is kept. Throws `CipherError` for a row that was tampered with. */
export function openNetwork(check: { bookingId: string; networkSealed: string | null }): string | null {
  const { bookingId, networkSealed } = check;
  return networkSealed === null ? null : unseal(networkSealed, { purpose: networkPurpose, row: bookingId });
}
