/** Email addresses as people paste them. PURE. */
import addressparser from "nodemailer/lib/addressparser";

/** What two spellings of one address have in common. Dots and plus signs mean something: they stay. */
export function addressKey(address: string): string {
  return address.trim().normalize("NFC").toLowerCase();
}

/** The domain of an address (as `addressKey` writes it) and those above it, but for the top-level one. */
export function domainsOf(address: string): string[] {
  const key = addressKey(address);
  const labels = key.slice(key.lastIndexOf("@") + 1).split(".");
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
}

/**
 * What addresses that one mailbox takes mail for have in common, as far as that can be seen: whatever follows a plus sign, and the dots of
 * Gmail. For counting and blocking alone: mail goes to the address as it was given.
 */
export function mailboxKey(address: string): string {
  const key = addressKey(address);
  const at = key.lastIndexOf("@");
  const name = key.slice(0, at).replace(/(?<=.)\+.*$/, "");
  const domain = key.slice(at + 1).replace(/^googlemail\.com$/, "gmail.com");
  return `${domain === "gmail.com" ? name.replaceAll(".", "") : name}@${domain}`;
}

/** The first of each address, without those of `others`. */
export function distinctAddresses(addresses: readonly string[], others: readonly string[] = []): string[] {
  const seen = new Set(others.map(addressKey));
  return addresses.filter((address) => {
    const key = addressKey(address);
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * The entries of a list such as Outlook puts on the clipboard: `Ada <ada@example.org>; "Hopper, Grace" <grace@example.org>,
 * x@y.example`. An entry comes back as its bare address; one that is unclear as it was written, which is no address.
 */
export function readAddressList(text: string): string[] {
  return splitEntries(text).flatMap((part) =>
    /[<>"]/.test(part) ? readNamed(part) : part.split(/[\s,]+/).filter(Boolean),
  );
}

/** Splits at semicolons and line breaks that are not quoted: unlike a comma, neither is in a name by itself. */
function splitEntries(text: string): string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"|[^;\r\n])+/g) ?? [];
}

function readNamed(part: string): string[] {
  const parted = part.replace(/>\s+(?=[^\s,])/g, ">, ");
  return addressparser(parted, { flatten: true }).map(({ name, address }) => {
    const bare = address.replace(/^mailto:/i, "");
    const isClear = bare !== "" && (!name.includes("@") || addressKey(name) === addressKey(bare));
    return isClear ? bare : `${name} <${address}>`.replace(" <>", "").trim();
  });
}
