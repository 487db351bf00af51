import {
  LinkSimpleIcon,
  MapPinIcon,
  MapPinSimpleIcon,
  PhoneIcon,
  VideoCameraIcon,
} from "@phosphor-icons/react/ssr";
import type { Glyph } from "@/components/ui/icon";

/** How each kind of place is drawn. */
export const placeGlyphs: Record<"teams" | "link" | "phone" | "in_person" | "none", Glyph> = {
  teams: VideoCameraIcon,
  link: LinkSimpleIcon,
  phone: PhoneIcon,
  in_person: MapPinIcon,
  none: MapPinSimpleIcon,
};
