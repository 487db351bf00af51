/** Mail providers that hand out an address to anyone for some minutes. PURE. Someone who reads their mail there can confirm a booking all the same. */

const domains = new Set(
  `
  0-mail.com 10minutemail.com 10minutemail.net 1secmail.com 1secmail.net 1secmail.org 20minutemail.com 33mail.com anonbox.net
  burnermail.io byom.de crazymailing.com discard.email discardmail.com discardmail.de dispostable.com dropmail.me einrot.com
  emailfake.com emailondeck.com fakeinbox.com fakemail.net fakemailgenerator.com generator.email getairmail.com getnada.com grr.la
  guerrillamail.biz guerrillamail.com guerrillamail.de guerrillamail.info guerrillamail.net guerrillamail.org
  guerrillamailblock.com harakirimail.com inboxkitten.com incognitomail.org jetable.org linshiyouxiang.net luxusmail.org
  mail-temp.com mailcatch.com maildrop.cc mailexpire.com mailinator.com mailinator.net mailnesia.com mailpoof.com mailtemp.net
  minuteinbox.com mintemail.com moakt.cc moakt.com mohmal.com mytemp.email mytrashmail.com nada.email pokemail.net
  sharklasers.com spam4.me spambox.us spamgourmet.com temp-mail.io temp-mail.org tempail.com tempinbox.com tempmail.com
  tempmail.net tempmailo.com tempr.email throwawaymail.com tmail.ws tmpmail.net tmpmail.org trashmail.com trashmail.de
  trashmail.net trbvm.com wegwerfmail.de wegwerfmail.net yopmail.com yopmail.fr yopmail.net
`
    .trim()
    .split(/\s+/),
);

/** True for an address at one of these providers, or at a domain below one of theirs. */
export function isDisposable(email: string): boolean {
  const labels = email
    .slice(email.lastIndexOf("@") + 1)
    .toLowerCase()
    .split(".");
  return labels.some((_, index) => domains.has(labels.slice(index).join(".")));
}
