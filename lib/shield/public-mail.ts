/** Domains under which strangers share an address: whoever blocks one of them blocks everyone. PURE. */

/** Mail providers with a domain in many countries: `yahoo.com`, `yahoo.co.jp`. */
const brands = new Set(
  "aol gmx hotmail live msn outlook protonmail rediffmail rocketmail yahoo yandex ymail".split(" "),
);

const domains = new Set(
  `
  126.com 139.com 163.com alice.it arcor.de att.net bellsouth.net bigpond.com bluewin.ch bol.com.br btinternet.com charter.net comcast.net cox.net
  daum.net docomo.ne.jp duck.com earthlink.net email.com ezweb.ne.jp fastmail.com fastmail.fm foxmail.com free.fr freenet.de gmail.com
  googlemail.com hanmail.net hey.com home.nl hushmail.com icloud.com inbox.lv inbox.ru interia.pl kpnmail.nl kolumbus.fi laposte.net libero.it
  list.ru mac.com mail.com mail.ru mailbox.org mailo.com me.com nate.com naver.com neuf.fr numericable.fr o2.pl onet.pl onmicrosoft.com
  optonline.net optusnet.com.au orange.fr passport.com pm.me posteo.de posteo.net privaterelay.appleid.com proton.me qq.com rambler.ru
  relay.firefox.com runbox.com sapo.pt sbcglobal.net seznam.cz sfr.fr shaw.ca sina.com skynet.be sky.com softbank.ne.jp sympatico.ca t-online.de
  telenet.be telia.com terra.com.br tiscali.it tuta.com tuta.io tutanota.com ukr.net uol.com.br verizon.net virgilio.it virginmedia.com wanadoo.fr
  walla.co.il web.de wp.pl ya.ru zoho.com zohomail.com
`
    .trim()
    .split(/\s+/),
);

/** Under which registries of two letters hand out names, as in `example.co.uk`. */
const registryLabels = new Set("ac co com edu gob gov gv mil ne net nom or org sch".split(" "));

/** True for a mail provider that anyone can have an address at, and for what domains are registered under. */
export function isSharedDomain(domain: string): boolean {
  const [first = "", ...rest] = domain.split(".");
  if (rest.length === 1 && registryLabels.has(first) && rest[0]?.length === 2) return true;
  return (
    domains.has(domain) || (brands.has(first) && rest.length <= 2 && rest.every((label) => label.length <= 3))
  );
}
