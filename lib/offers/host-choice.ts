/** Offers of several hosts, narrowed to some of them. PURE. */
import type { Offer, OfferHost } from "@/lib/offers/offer";

/** The hosts that visitors may choose from; none where there is no choice. */
export function choosableHosts({ eventType, hosts, rotatingHosts }: Offer): OfferHost[] {
  const rotating = hosts.filter(({ kind }) => kind === "rotating");
  const isChoice = eventType.hostChoice === "visitor" && rotating.length > rotatingHosts;
  return isChoice ? rotating : [];
}

/** The offer with a host (by handle, in whatever case) in each booking; null: they are none of its hosts. */
export function withHost(offer: Offer, handle: string): Offer | null {
  const chosen = offer.hosts.find((host) => host.handle === handle.toLowerCase());
  return chosen ? withHosts(offer, [chosen.id]) : null;
}

/**
 * The offer with these of its hosts in each booking, in place of as many who would take their turn. The hosts who always take part still
 * do, and come first. Ids of others are left out of account.
 */
export function withHosts(offer: Offer, hostIds: readonly string[]): Offer {
  const chosen = offer.hosts.filter(({ id, kind }) => kind === "rotating" && hostIds.includes(id));
  if (chosen.length === 0) return offer;
  const rotatingHosts = Math.max(0, offer.rotatingHosts - chosen.length);
  const named = chosen.map((host): OfferHost => ({ ...host, kind: "fixed" }));
  const hosts = [
    ...offer.hosts.filter(({ kind }) => kind === "fixed"),
    ...named,
    ...(rotatingHosts > 0
      ? offer.hosts.filter(({ id, kind }) => kind === "rotating" && !hostIds.includes(id))
      : []),
  ];
  const [first, ...others] = hosts;
  return first ? { ...offer, hosts: [first, ...others], rotatingHosts } : offer;
}

/** The offer as it would be with this host alone. */
export function withHostAlone(offer: Offer, host: OfferHost): Offer {
  return { ...offer, hosts: [{ ...host, kind: "fixed" }], rotatingHosts: 0 };
}
