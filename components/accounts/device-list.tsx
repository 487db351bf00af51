import { CheckCircleIcon } from "@phosphor-icons/react/ssr";
import Bowser from "bowser";
import { use } from "react";
import { formatInstant } from "@/components/accounts/instant";
import { originWords } from "@/components/audit/origin-words";
import { Badge } from "@/components/ui/badge";
import { Confirm } from "@/components/ui/confirm";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Device } from "@/lib/accounts/devices";
import { readClock } from "@/lib/booking-page/visitor";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface DeviceListProps {
  devices: readonly Device[];
  /** The browser that looks at the list. */
  currentId: string;
  signOut: FormAction;
  signOutEverywhere: FormAction;
}

/** The browsers that are signed in, each with a way to sign it out. */
export function DeviceList({ devices, currentId, signOut, signOutEverywhere }: DeviceListProps) {
  const words = translator("account", use(getLocale()));
  return (
    <div className="grid gap-5">
      <ul className="grid divide-y divide-hairline">
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} isCurrent={device.id === currentId} signOut={signOut} />
        ))}
      </ul>
      <div>
        <Confirm
          trigger={words("security.signOutEverywhere")}
          title={words("security.signOutEverywhereTitle")}
          keepLabel={words("security.signOutEverywhereKeep")}
          confirmLabel={words("security.signOutEverywhere")}
          workingLabel={words("security.signingOut")}
          action={signOutEverywhere}
        >
          <p>{words("security.signOutEverywhereText")}</p>
        </Confirm>
      </div>
    </div>
  );
}

interface DeviceRowProps {
  device: Device;
  isCurrent: boolean;
  signOut: FormAction;
}

function DeviceRow({ device, isCurrent, signOut }: DeviceRowProps) {
  const locale = use(getLocale());
  const words = translator("account", locale);
  const moment = formatInstant(device.lastSeenAt, use(readClock()), locale);
  const name = nameOf(device, words);
  return (
    <li className="flex items-start justify-between gap-4 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-semibold">
          {name}
          {isCurrent && (
            <Badge tone="success" glyph={CheckCircleIcon}>
              {words("security.thisDevice")}
            </Badge>
          )}
        </p>
        <p className="text-sm text-muted">
          {device.network
            ? words("security.seenFrom", { moment, network: originWords(device.network, locale) })
            : words("security.seen", { moment })}
        </p>
      </div>
      <PostForm action={signOut} fields={{ id: device.id }}>
        <SubmitButton
          kind="quiet"
          size="sm"
          aria-label={words("security.signOutLabel", { device: name })}
          workingLabel={words("security.signingOut")}
        >
          {words("security.signOut")}
        </SubmitButton>
      </PostForm>
    </li>
  );
}

function nameOf({ userAgent }: Device, words: ReturnType<typeof translator<"account">>): string {
  if (!userAgent) return words("security.deviceUnknown");
  const { browser, os } = Bowser.parse(userAgent);
  return browser.name && os.name
    ? words("security.device", { browser: browser.name, system: os.name })
    : words("security.deviceUnknown");
}
