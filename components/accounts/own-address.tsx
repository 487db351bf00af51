import { use } from "react";
import { AddressNote } from "@/components/accounts/address-note";
import { ownOrigins } from "@/lib/auth/own-address";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** Says where to sign in, should the browser be at another address than `APP_URL`. */
export function OwnAddress({ path }: { path: string }) {
  const words = translator("auth", use(getLocale()));
  const { origin } = new URL(env().APP_URL);
  return (
    <AddressNote origins={ownOrigins()} title={words("address.title", { here: "{here}", own: origin })}>
      {words.rich("address.hint", { link: () => <a href={`${origin}${path}`}>{origin}</a> })}
    </AddressNote>
  );
}
